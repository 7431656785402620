"""Coverage by site and period, and what counts as a fall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from crawler.jobs.coverage import DAY, Coverage, cover, falls, site_name
from crawler.model import Article, Extractor, Outcome

FULL = Article(
    url="https://www.ledger.example/pier",
    captured_at="2024-03-05T08:00:00Z",
    outcome=Outcome.ARTICLE,
    headline="Pier reopens",
    authors=("Dana Whitlock",),
    date_published="2024-03-05",
    text="The harbour board voted to reopen the pier.",
)


def many(number: int, article: Article = FULL, **changes: object) -> Iterator[Article]:
    return (replace(article, **changes) for _ in range(number))  # type: ignore[arg-type]


def only(articles: Iterator[Article]) -> Coverage:
    (found,) = cover(articles)
    return found


def test_shares_are_of_articles_alone() -> None:
    found = only(iter([*many(3), *many(1, authors=()), *many(4, outcome=Outcome.BLOCKED, headline=None)]))
    assert (found.pages, found.articles, dict(found.outcomes)) == (8, 4, {"article": 4, "blocked": 4})
    assert (found.share("headline"), found.share("authors"), found.share("images")) == (1.0, 0.75, 0.0)


def test_a_site_without_articles_has_no_shares() -> None:
    assert only(many(2, outcome=Outcome.BLOCKED)).share("headline") is None


def test_periods_are_months_or_days() -> None:
    articles = [*many(1), *many(1, captured_at="2024-03-06T08:00:00Z"), *many(1, captured_at=None)]
    assert [each.period for each in cover(articles)] == ["2024-03", "unknown"]
    assert [each.period for each in cover(articles, by=DAY)] == ["2024-03-05", "2024-03-06", "unknown"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.harbour.co.uk/a", "harbour.co.uk"),
        ("https://m.news.ledger.example/a", "ledger.example"),
        ("http://127.0.0.1:8000/a", "127.0.0.1"),
        ("http://[::1]/a", "::1"),
        ("http://localhost/a", "localhost"),
        ("http://[", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_site_is_the_domain_that_was_registered(url: str | None, name: str) -> None:
    assert site_name(replace(FULL, url=url)) == name


def test_the_pages_of_a_site_module_are_one_site() -> None:
    by_module = replace(FULL, extractor=Extractor("wirecopy", "0.1", "bignewsnetwork"))
    assert site_name(by_module) == "bignewsnetwork"


def test_drift_is_counted_by_its_reason() -> None:
    found = only(many(3, notes=("drift: ledger: no title", "story 12")))
    assert dict(found.drift) == {"ledger: no title": 3}


def test_a_refusal_is_no_redesign() -> None:
    assert not only(many(3, outcome=Outcome.BLOCKED, notes=("drift: ledger: no title",))).drift


def test_reasons_without_number_stay_bounded() -> None:
    found = only(replace(FULL, notes=(f"drift: rule {number}",)) for number in range(500))
    assert len(found.drift) <= 51
    assert found.drift["other reasons"] == 450


def test_a_field_that_vanishes_has_fallen() -> None:
    (fall,) = falls(cover([*many(60), *many(20, captured_at="2024-04-02T08:00:00Z", authors=())]))
    assert (fall.site, fall.period, fall.field, fall.before, fall.now) == ("ledger.example", "2024-04", "authors", 1, 0)


def test_a_text_that_halves_has_fallen() -> None:
    (fall,) = falls(cover([*many(60), *many(20, captured_at="2024-04-02T08:00:00Z", text="The board.")]))
    assert (fall.field, fall.before, fall.now) == ("words", 8, 2)


def test_chance_is_no_fall() -> None:
    mixed = [*many(6), *many(4, authors=())]
    later = [*many(3, captured_at="2024-04-02T08:00:00Z"), *many(3, captured_at="2024-04-02T08:00:00Z", authors=())]
    assert falls(cover([*mixed, *later])) == []


def test_few_pages_are_no_fall() -> None:
    assert falls(cover([*many(60), *many(4, captured_at="2024-04-02T08:00:00Z", authors=())])) == []


def test_a_fall_is_found_on_its_day() -> None:
    days = [*many(30), *many(30, captured_at="2024-03-06T08:00:00Z", date_published=None)]
    (fall,) = falls(cover(days, by=DAY))
    assert (fall.period, fall.field) == ("2024-03-06", "date_published")


def test_coverages_merge() -> None:
    one, other = only(many(2, notes=("drift: x",))), only(many(3, authors=()))
    one.merge(other)
    assert (one.pages, one.articles, one.fields["authors"], one.drift["x"], one.words) == (5, 5, 2, 2, 40)
