"""What an explanation says of each field: the winner and its place, the losers, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article, extract_text_dump
from crawler.extract.explain import FIELDS, Explanation, explain

URL = "https://www.harbour-times.example/news/2024/03/05/lighthouse-lamp-returns"


@pytest.fixture
def explained(story: Callable[..., bytes], json_ld: Callable[..., str]) -> Callable[..., dict[str, Explanation]]:
    def build(**parts: str) -> dict[str, Explanation]:
        linked = json_ld(headline="Lighthouse lamp returns to Grindholm after forty years", author="Ada Winter")
        head = f"<title>Lighthouse lamp returns | Harbour Times</title>{linked}"
        article = extract_article(story(head=head, **parts), url=URL, captured_at="2024-03-06T08:00:00Z")
        return {each.field: each for each in explain(article)}

    return build


def test_every_field_is_explained_in_order(explained: Callable[..., dict[str, Explanation]]) -> None:
    assert tuple(explained()) == FIELDS


def test_the_winner_has_a_place_a_confidence_and_a_reason(explained: Callable[..., dict[str, Explanation]]) -> None:
    headline = explained()["headline"]
    assert headline.value == "Lighthouse lamp returns to Grindholm after forty years"
    assert headline.source and headline.place and headline.reason
    assert headline.confidence is not None and 0 < headline.confidence <= 1


def test_the_losers_are_kept_best_first(explained: Callable[..., dict[str, Explanation]]) -> None:
    losers = explained()["headline"].losers
    assert "Lighthouse lamp returns | Harbour Times" in [loser.value for loser in losers]
    assert [loser.confidence for loser in losers] == sorted((loser.confidence for loser in losers), reverse=True)


def test_a_winner_without_rivals_is_called_the_only_witness(explained: Callable[..., dict[str, Explanation]]) -> None:
    assert explained()["language"].reason == "the only witness"


def test_what_nobody_says_is_unknown(explained: Callable[..., dict[str, Explanation]]) -> None:
    section = explained()["section"]
    assert (section.value, section.source, section.reason) == (None, None, "no witness says anything")


def test_candidates_that_were_all_turned_down_are_shown(explained: Callable[..., dict[str, Explanation]]) -> None:
    wrong = '<meta property="article:modified_time" content="soon">'
    modified = explained(after=wrong)["date_modified"]
    assert modified.value is None
    assert [loser.value for loser in modified.losers] == ["soon"]
    assert modified.reason == "no candidate could be believed"


def test_panels_have_grounds_too(explained: Callable[..., dict[str, Explanation]]) -> None:
    panels = explained()["panels"]
    assert panels.value and panels.source == "dom" and panels.reason


def test_a_refusal_says_why_there_are_no_fields() -> None:
    page = b"<html lang=en><title>Just a moment...</title><p>Checking your browser.</p>"
    found = {each.field: each for each in explain(extract_article(page, url=URL))}
    assert all("Just a moment" in each.reason for each in found.values() if each.value is None)
    assert (found["language"].value, found["language"].source) == ("en", "meta")


def test_a_text_dump_is_explained_by_its_lines() -> None:
    dump = "Ferry returns to its old quay\nBy Ada Winter\n\nThe ferry came back on Monday, after nine long winters.\n"
    found = {each.field: each for each in explain(extract_text_dump(dump * 1, url=URL))}
    assert found["headline"].place == "line 1"


@pytest.mark.parametrize("line", ["March 2024", "02/03/2024", "24 شعبان 1445هـ"])
def test_a_date_that_leaves_the_day_open_has_its_witness_and_its_bounds(story: Callable[..., bytes], line: str) -> None:
    page = story(date=f"<p>{line}</p>")
    article = extract_article(page, url="https://harbour-times.example/lamp", captured_at="2024-04-06T08:00:00Z")
    published = next(each for each in explain(article) if each.field == "date_published")
    assert (published.value, published.raw, published.source) == (None, line, "text")
    assert "no day can be told" in published.reason


def test_a_winner_that_is_less_trusted_than_a_loser_is_not_called_more(
    story: Callable[..., bytes], json_ld: Callable[..., str]
) -> None:
    page = story(head=f"<title>x</title>{json_ld(headline='Lamp', author='admin')}", byline="<p>By Ada Winter</p>")
    authors = next(each for each in explain(extract_article(page, url=URL)) if each.field == "authors")
    assert authors.confidence is not None and authors.confidence < authors.losers[0].confidence
    assert "outweigh" in authors.reason
