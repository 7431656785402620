from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import Article, Count, Memento, Outcome
from crawler.stories import align, find_stories
from crawler.stories.outlets import address_of, name_of, site_of
from crawler.stories.series import count_series
from crawler.stories.timing import date_line, published
from crawler.stories.versions import versions_of

PAGE = "https://courier.velm.example/quay"
ARCHIVED = Memento(PAGE, "2031-03-20T00:00:00Z", "archive.example")


def archived(article: Article) -> Article:
    """The article as a public archive keeps it, captured from there long after."""
    url = f"https://archive.example/web/20310320000000id_/{PAGE}"
    return replace(article, url=url, captured_at="2031-06-01T00:00:00Z", memento=ARCHIVED)


def test_an_archives_copy_of_a_page_is_an_earlier_version_of_it(original: Article) -> None:
    live = replace(original, captured_at="2031-05-01T00:00:00Z")
    (story,) = find_stories([live, archived(original)])
    first, then = story.tree
    assert (first.article.memento, then.article.memento) == (ARCHIVED, None)
    assert then.is_version


def test_the_history_of_a_page_goes_by_the_time_its_archive_captured_it(original: Article) -> None:
    live = replace(original, captured_at="2031-05-01T00:00:00Z", headline="Long Quay to close in May")
    (first, then) = versions_of([live, archived(original)])
    assert (first.article.memento, then.change) == (ARCHIVED, "edited")


def test_a_count_in_an_archives_copy_is_a_point_of_the_pages_series() -> None:
    live = Article(PAGE, "2031-03-22T00:00:00Z", Outcome.ARTICLE, counts=(Count("views", "90 views", 90, precision=1),))
    (series,) = count_series([live, archived(replace(live, counts=(Count("views", "50 views", 50, precision=1),)))])
    assert series.site == "velm.example"
    assert [(point.change, point.days) for point in series.points] == [(None, None), (40, 2.0)]


def test_an_archives_copy_is_of_its_pages_outlet_and_not_of_the_archive(original: Article, rewrite: Article) -> None:
    nameless = archived(replace(original, publisher=None))
    assert name_of(nameless, "a text") == "velm.example"
    copy = replace(rewrite, original_urls=(PAGE,))
    assert any("names the other's address as the original" in reason.text for reason in align(nameless, copy).reasons)


def test_an_article_was_published_before_its_archive_captured_it(original: Article) -> None:
    span = published(archived(replace(original, date_published="2031-03")))
    assert span and span.latest.isoformat() == "2031-03-20T00:00:00+00:00"


@pytest.mark.parametrize(
    "spelled", ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "xn--bcher-kva.example."]
)
def test_an_international_host_is_one_site_however_it_is_spelled(spelled: str) -> None:
    assert site_of(f"https://www.{spelled}/a") == "xn--bcher-kva.example"
    assert address_of(f"https://www.{spelled}/a/") == address_of("http://bücher.example/a")


@pytest.mark.parametrize(
    "broken", ["http://[velm/quay", "https://a\u2100b.example/", "http://" + "ü" * 80 + ".example/"]
)
def test_an_address_that_cannot_be_read_stops_nothing(broken: str, original: Article, rewrite: Article) -> None:
    copy = replace(rewrite, canonical_url=broken, original_urls=(broken,))
    (story,) = find_stories([original, copy])
    assert story.original is original
    assert address_of(broken) == address_of(broken)


def test_a_host_that_is_a_number_is_its_own_site() -> None:
    assert site_of("http://127.0.0.1:8080/a") == "127.0.0.1"
    assert site_of("http://10.9.0.1/a") != site_of("http://10.8.0.1/a")
    assert site_of("http://[2001:db8::1]/a") == "2001:db8::1"
    assert site_of("http://localhost/a") is None


@pytest.mark.parametrize(("stated", "printed"), [
    ("2031-03-14T09:00:00+01:00", "2031-03-14 09:00 +01:00"), ("2031-03-14T08:00:00Z", "2031-03-14 08:00 UTC"),
    ("2031-03-14T08:00:12.5", "2031-03-14 08:00"), ("2031-03-14", "2031-03-14"), ("2031-03", "2031-03"), (None, ""),
])  # fmt: skip
def test_a_date_is_printed_with_its_zone(stated: str | None, printed: str, original: Article) -> None:
    assert date_line(replace(original, date_published=stated)) == printed
