"""Dates, biographies and credits of pictures say when, by whom and with whose pictures it was written: no text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.body.author_lines import find_author_lines
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
HEAD = '<title>x</title><meta name="author" content="Ada Winter">'


def text(story: Build, *last: str) -> str:
    body = "".join(f"<p>{line}</p>" for line in (*PARAGRAPHS, *last))
    return extract_article(story(head=HEAD, byline="<p>By Ada Winter</p>", body=body), url=URL).text or ""


@pytest.mark.parametrize(
    "biography",
    [
        "Ada Winter is a reporter with the Harbour Times, and has written of the sea and its people since 2009.",
        "(Ada Winter writes of the sea for the Harbour Times. She lives in Grindholm with two dogs and a boat.)",
        "Die Reporterin Ada Winter ist seit 2009 an der Küste unterwegs und schreibt über das Meer und seine Vögel.",
    ],
)
def test_a_biography_of_the_author_at_the_end_is_no_text(story: Build, biography: str) -> None:
    found = text(story, biography)
    assert "Ada Winter" not in found
    assert PARAGRAPHS[-1] in found


def test_what_is_said_of_others_at_the_end_is_text(story: Build) -> None:
    last = "Marte Olsvik is certain that the whole island will be there, and that nobody will go to bed early."
    assert last in text(story, last)


def test_what_the_author_does_in_the_story_is_text(story: Build) -> None:
    last = "Ada Winter, who climbed the stairs with the volunteers, counted a hundred and twelve of them."
    assert last in text(story, last)


@pytest.mark.parametrize("line", ["15 Dec, 2025", "Veröffentlicht: 24. Oktober 2022", "02. Februar 2022", "10.11.2021"])
def test_a_line_above_the_text_that_but_tells_a_date_is_none_of_it(story: Build, line: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in (line, *PARAGRAPHS))
    found = extract_article(story(byline="", date="", body=body), url=URL).text or ""
    assert found.startswith(PARAGRAPHS[0])


def lines(html: str) -> list[str]:
    blocks = lay_out(parse_html(html)).blocks
    return [blocks[number].text for number in sorted(find_author_lines(blocks, ()))]


@pytest.mark.parametrize("credit", ["Image: Jonas Falk", "Crédits photos : Jonas Falk", "Foto: HT/Jonas Falk"])
def test_a_credit_of_a_picture_in_mid_text_is_no_text(credit: str) -> None:
    assert lines(f"<p>One.</p><p>{credit}</p><p>Two.</p>") == [credit]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Photos: bring those that you took of the lamp.</p>",
        "<h3>Video: how the lamp came home</h3>",
        "<ul><li>Video: 4K at thirty pictures a second</li></ul>",
        "<table><tr><td>Graphics: a second lamp</td></tr></table>",
    ],
)
def test_what_only_begins_like_a_credit_is_text(html: str) -> None:
    assert lines(f"<p>One.</p>{html}<p>Two.</p>") == []


ABOUT = (
    "Ada Winter has covered the islands for the Harbour Times since 2015, and keeps two dogs in an old customs house."
)


def test_a_biography_in_a_box_of_that_name_is_no_text(story: Build) -> None:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    page = story(head=HEAD, body=f'{body}<div class="author-bio"><h4>Ada Winter</h4><p>{ABOUT}</p></div>')
    assert ABOUT not in (extract_article(page, url=URL).text or "")


def test_a_sentence_about_the_author_in_a_box_around_all_the_text_is_text(story: Build) -> None:
    body = "".join(f"<p>{line}</p>" for line in (*PARAGRAPHS, ABOUT))
    page = story(head=HEAD, body=f'<div class="author-text">{body}</div>')
    assert ABOUT in (extract_article(page, url=URL).text or "")


@pytest.mark.parametrize(("name", "left_out"), [("author", True), ("story", False)])
def test_what_the_authors_do_and_where_is_a_byline_in_a_box_called_theirs(name: str, left_out: bool) -> None:
    line = "By <b>Ada Winter</b>, <b>Jonas Falk</b> Special correspondents in Grindholm"
    html = f"<article><div class={name}>{line}</div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"
    found = find_author_lines(lay_out(parse_html(html)).blocks, ("Ada Winter", "Jonas Falk"))
    assert found == ({0} if left_out else set())
