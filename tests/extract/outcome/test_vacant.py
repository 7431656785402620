"""Soft 404s in words that no list has: what stands at a story's address is a line or two and a way on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.model import Article, Outcome

Build = Callable[..., bytes]

URL = "https://www.harbour-times.example/news/lighthouse-lamp-returns-to-grindholm"
SECTIONS = "<nav><a href=/n>News</a><a href=/s>Sport</a><a href=/f>Ferries</a></nav>"
NAV = f"<header><a href=/ class=logo>HT</a>{SECTIONS}</header>"
LINES = "<h1>Well, well</h1><p>The tide has been here before you, and it was hungry.</p>"
STORIES = "".join(
    f"<div class=c><h3><a href=/news/seal-{n}-would-not-leave>A seal would not leave the bakery, part {n}</a></h3>"
    f"<p>The baker of quay {n} says that the seal came in by the back door on Monday and would not be moved…</p></div>"
    for n in range(6)
)


def at(url: str, body: str, attributes: str = "") -> Article:
    page = f"<html lang=en><head><title>HT</title></head><body {attributes}>{NAV}<main>{body}</main></body></html>"
    return extract_article(page.encode(), url=url)


@pytest.mark.parametrize(
    "way",
    [
        "<a href=/>To the quay</a>",
        "<a href=https://www.harbour-times.example/>To the quay</a>",
        "<form action=/s><input name=q></form>",
        STORIES,
    ],
)
def test_a_line_under_a_heading_and_a_way_on_are_a_soft_404(way: str) -> None:
    found = at(URL, f"<div>{LINES}</div>{way}")
    assert found.outcome is Outcome.SOFT_404
    assert found.text is None


@pytest.mark.parametrize("attributes", ["class='blog error404'", "class=page-not-found", "id=page-404"])
def test_what_a_site_calls_its_page_for_the_missing_is_believed(attributes: str) -> None:
    assert at(URL, LINES, attributes).outcome is Outcome.SOFT_404


def test_teasers_are_no_text_of_their_own_page() -> None:
    assert at("https://www.harbour-times.example/x", LINES + STORIES).outcome is not Outcome.ARTICLE


def test_a_brief_with_a_day_is_no_soft_404(story: Build) -> None:
    brief = "<p>The great lamp of Grindholm lighthouse was carried back up its hundred and twelve steps on Tuesday.</p>"
    page = story(body=f"{brief}<a href=/>To the front</a>", after=STORIES)
    assert extract_article(page, url=URL).outcome is Outcome.ARTICLE


def test_what_has_the_name_that_its_address_spells_is_not_missing() -> None:
    film = f"<h1>Lighthouse lamp returns</h1><div class=xplayer></div><p>Filmed from the quay.</p>{STORIES}"
    assert at(URL, film).outcome is Outcome.NOT_ARTICLE
