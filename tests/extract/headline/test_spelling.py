"""How headlines are spelled where the page and its data spell them apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article

Build = Callable[..., bytes]
URL = "https://www.harbour-times.example/x"
TITLE = "Seal refuses to leave the bakery"
CRUMBS = "<nav><ol><li><a href='/'>Start</a></li><li><h1>{}</h1></li></ol></nav>"


def headline(page: bytes) -> str | None:
    return extract_article(page, url=URL).headline


def test_a_heading_in_the_line_of_the_pages_place_gives_way_to_what_is_shared_and_shown(story: Build) -> None:
    page = story(
        head=f"<title>Animals: The secret of the hungry seals - Harbour Week</title>"
        f"<meta property='og:title' content='Animals: {TITLE}'>",
        heading=CRUMBS.format("Animals: The secret of the hungry seals")
        + f"<h2><span>Animals</span><span class='sr-only'>: </span> <span>{TITLE}</span></h2>",
    )
    article = extract_article(page, url=URL)
    assert article.headline == f"Animals: {TITLE}"
    assert TITLE not in (article.text or "")


@pytest.mark.parametrize(
    ("shared", "crumb", "heading"),
    [
        (TITLE, TITLE, f"<h2>{TITLE}</h2>"),
        ("What we know of the seal", TITLE, ""),
        ("What we know of the seal", TITLE, "<h2>All about the harbour</h2>"),
    ],
)
def test_elsewhere_it_is_the_headline(story: Build, shared: str, crumb: str, heading: str) -> None:
    head = f"<title>{TITLE} | Harbour Times</title><meta property='og:title' content='{shared}'>"
    assert headline(story(head=head, heading=CRUMBS.format(crumb) + heading)) == TITLE
