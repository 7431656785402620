"""A page four times as long asks for about four times the work, whatever it is made of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from crawler.extract import extract_article, extract_text_dump
from crawler.extract.authors.persons import PageText
from crawler.extract.names.names import people_given
from crawler.extract.page import Page

Build = Callable[..., bytes]
PIECES = {
    "counts in one line": "<span>{n} comments</span> ",
    "lines that are counts": "<p>{n} comments</p>",
    "times in one line": '<time datetime="2024-03-06">March 6, 2024</time> ',
    "lines that are dates": "<p>March 6, 2024</p>",
    "names under a heading": '<a href="/people/{n}">Anna Berg</a>, ',
    "bylines": "<p>By Anna Berg {n}</p>",
    "authors in one line": '<span class="author">Anna Berg {n}</span> ',
    "authors in each other": '<b itemprop="author">Anna Berg {n} ',
    "profiles": "<div><b>Anna Berg</b><span>{n} followers</span></div>",
    "sources": '<p>Originally published on <a href="https://other.example/the-lamp-of-{n}">Other</a></p>',
    "sources in one line": 'first published on <a href="https://other.example/the-lamp-of-{n}">Other</a> ',
    "cards": '<div><a href="/s/{n}">The lamp returns to the island once more</a></div>',
    "pictures in each other": '<picture><source srcset="/lamp-{n}.webp 1x"><img src="/lamp-{n}1234.jpg">',
    "pictures without words": '<img src="/lamp-{n}1234.jpg">',
    "pictures": '<figure><img src="/lamp-{n}1234.jpg"><figcaption>A lamp</figcaption></figure>',
    "assignments that are no data": '<script>__LAMP_{n}__ = {{"a": </script>',
    "articles in the data": '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{n}"}}</script>',
    "headlines in microdata": '<b itemprop="headline">Lamp {n} returns…</b> <i itemprop="datePublished">2024-03-06</i>',
    "meta elements": '<meta name="author" content="Anna Berg {n}">',
}


SENTENCE = "The harbour authority will close the Long Quay to freighters after divers found cracks in its piles."
LINES = {
    "short lines below the comments": "Lamp {n} here\n",
    "counts": "{n} comments\n",
    "pictures": "https://a.example/images/{n}.jpg\nA lamp (Photo: Ada Berg)\n\n",
    "profiles": "Ada Post {n}\nFollowers\n{n}K\n",
    "cards": "The Lamp\nThe lamp went out again today\n{n} lamps went out on the isle, and nobody knows why.\nSPORTS\n",
}


def work(body: bytes) -> int:
    """Calls of functions that extraction makes."""
    return calls_of(
        lambda: extract_article(body, url="https://harbour-times.example/x", captured_at="2024-03-06T08:00:00Z")
    )


def calls_of(read: Callable[[], object]) -> int:
    """Calls of functions that something makes."""
    calls = 0

    def count(frame: FrameType, event: str, what: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_work_grows_with_the_page_and_no_faster(story: Build, piece: str) -> None:
    def page(number: int) -> bytes:
        numbers = range(4 * number, 5 * number)  # texts of each page are its own: what is read once is kept
        return story(after="<h3>In this article</h3><p>" + "".join(piece.format(n=n) for n in numbers))

    work(page(1))  # what is compiled and read once
    assert work(page(1200)) < 5 * work(page(300))


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_work_grows_with_a_text_dump_and_no_faster(line: str) -> None:
    def dump(number: int) -> str:
        lines = "".join(line.format(n=n) for n in range(4 * number, 5 * number))
        return f"Long Quay to close on Monday\n\n{SENTENCE}\n\n3 comments\n{lines}\n{SENTENCE}\n"

    extract_text_dump(dump(1))
    assert calls_of(lambda: extract_text_dump(dump(1200))) < 5 * calls_of(lambda: extract_text_dump(dump(300)))


def test_an_article_of_many_authors_is_read_as_others_are(story: Build) -> None:
    def page(number: int) -> bytes:
        first = 0x4E00 + 4 * number  # names of each page are its own: what is read once is kept
        authors = ", ".join(f'"Anna Berg{n:c}"' for n in range(first, first + number))
        return story(after=f'<script type="application/ld+json">{{"@type": "Report", "author": [{authors}]}}</script>')

    work(page(1))
    assert work(page(1200)) < 5 * work(page(300))


def test_names_of_the_page_are_held_against_those_of_its_data_at_once(story: Build) -> None:
    def page(number: int) -> bytes:
        first = 0x4E00 + 4 * number
        names = [f"Anna Berg{n:c}" for n in range(first, first + number)]
        authors = ", ".join(f'"{name}"' for name in names)
        data = f'<script type="application/ld+json">{{"@type": "Report", "author": [{authors}]}}</script>'
        lines = "".join(f'<p><a href="/author/anna">{name} Harbour Network</a></p>' for name in names)
        return story(after=data + lines)

    work(page(1))
    assert work(page(1200)) < 5 * work(page(300))


def test_few_of_many_names_are_looked_for_in_the_text(story: Build) -> None:
    page = Page(story(), url="https://harbour-times.example/x")
    names = tuple(f"Island Harbour{n}" for n in range(1000))
    assert len(list(PageText(page.layout, page.place).grounds(names))) < 50


@pytest.mark.parametrize("piece", ["1", "a", "photo", "(photo ", "a@", "a@b.c ", "photos by x, text by y "])
def test_a_name_of_half_a_megabyte_is_not_read_to_its_end(piece: str) -> None:
    assert all(len(name) <= 60 for name in people_given(piece * (500_000 // len(piece))))


def test_broken_data_in_one_script_is_mended_only_so_often(story: Build) -> None:
    def page(number: int) -> bytes:
        return story(after="<script>" + '__LAMP__ = {"a": \\x22, ' * number + "</script>")

    work(page(1))
    assert work(page(1200)) < 5 * work(page(300))
