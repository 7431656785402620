"""Headings between an article's paragraphs are its own; one that only heads links is not."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extract import extract_article
from crawler.extract.body.subheads import with_subheads
from crawler.extract.page import Page
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]


def kept(html: str, chosen: list[int], without: frozenset[int] = frozenset()) -> list[str]:
    layout = Page(html.encode(), url=URL).layout
    return [block.text for block in with_subheads(layout, [layout.blocks[n] for n in chosen], without)]


def test_a_heading_between_two_paragraphs_of_its_box_is_text() -> None:
    html = "<div><p>One.</p><h3>Why</h3><p>Two.</p></div>"
    assert kept(html, [0, 2]) == ["One.", "Why", "Two."]


def test_so_is_one_in_the_box_of_either_paragraph() -> None:
    html = "<div><p>One.</p><section><h3>Why</h3><p>Two.</p></section></div>"
    assert kept(html, [0, 2]) == ["One.", "Why", "Two."]


def test_a_heading_apart_linked_elsewhere_or_of_a_panel_is_none() -> None:
    assert kept("<p>One.</p><aside><h3>Why</h3></aside><p>Two.</p>", [0, 2]) == ["One.", "Two."]
    assert kept("<div><p>One.</p><h3><a href=/x>Why</a></h3><p>Two.</p></div>", [0, 2]) == ["One.", "Two."]
    assert kept("<div><p>One.</p><h3>Related stories</h3><p>Two.</p></div>", [0, 2]) == ["One.", "Two."]
    assert kept("<div><p>One.</p><h3>Why</h3><p>Two.</p></div>", [0, 2], frozenset({1})) == ["One.", "Two."]


def test_a_last_heading_above_links_is_none() -> None:
    html = "<div><p>One.</p><h2>Also with us</h2><p><a href=/x>A seal in the bakery</a></p></div>"
    assert kept(html, [0, 1]) == ["One."]
    assert kept("<div><p>One.</p><h2>The end</h2><p>Or so they say.</p></div>", [0, 1]) == ["One.", "The end"]


def test_in_a_page(story: Build) -> None:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[:2]) + f"<h3>Agenda</h3><p>{PARAGRAPHS[2]}</p>"
    assert "Agenda" in (extract_article(story(body=body), url=URL).text or "").split("\n\n")
