"""Which link of a story's page leads to its next page, and which to another story."""

from __future__ import annotations

import pytest

from crawler.extract.parts import next_part

FIRST = "https://harbour-times.example/2031/the-lamp-returns"


@pytest.mark.parametrize(
    ("first", "here", "number", "link", "leads"),
    [
        (FIRST, FIRST, 1, "<a href='?page=2'>2</a>", FIRST + "?page=2"),
        (FIRST, FIRST, 1, f'<a href="{FIRST}?utm=a&amp;page=2">2</a>', None),
        (FIRST, FIRST + "?page=2", 2, "<a href='?page=1'>1</a><a href='?page=3#top'>3</a>", FIRST + "?page=3"),
        (FIRST, FIRST, 1, "<a class=next href='/2031/the-lamp-returns/seite-2'>Weiter</a>", FIRST + "/seite-2"),
        (FIRST, FIRST, 1, "<a href='the-lamp-returns/2/'>2</a>", FIRST + "/2/"),
        (FIRST + "/", FIRST + "/", 1, "<a href='page/2/'>2</a>", FIRST + "/page/2/"),
        (FIRST + "?id=7", FIRST + "?id=7", 1, "<a href='?id=7&amp;p=2'>2</a>", FIRST + "?id=7&p=2"),
        (FIRST + ".html", FIRST + ".html", 1, "<link rel=next href='the-lamp-returns-2.html'>", FIRST + "-2.html"),
        (FIRST + ".html", FIRST + ".html", 1, "<a href='the-lamp-returns-2.html'>Another story</a>", None),
        (FIRST, FIRST, 1, "<a rel=next href='/2031/the-lamp-returns-2'>The next story</a>", None),
        (FIRST, FIRST, 1, "<a rel='next' href='/2031/the-seal-stays'>The next story</a>", None),
        (FIRST, FIRST, 1, "<a href='https://m.example/2031/the-lamp-returns/2'>2</a>", None),
        (FIRST + "?id=7", FIRST + "?id=7", 1, "<a href='?id=8&p=2'>2</a>", None),
        (FIRST + "/12", FIRST + "/12", 1, "<a href='/2031/the-lamp-returns/13'>13</a>", None),
        (FIRST, FIRST, 1, "<a href='?page=3'>3</a>", None),
        ("https://a.example/?p=7", "https://a.example/?p=7", 1, "<a href='/?p=2'>Another post</a>", None),
        (
            "https://a.example/?p=7",
            "https://a.example/?p=7",
            1,
            "<a href='/?p=7&page=2'>2</a>",
            "https://a.example/?p=7&page=2",
        ),
        ("https://harbour-times.example/", "https://harbour-times.example/", 1, "<a href='/2'>2</a>", None),
        (FIRST, FIRST, 1, "<a href='http://[2'>2</a>", None),
        (FIRST, FIRST, 1, "<a data-href='/menu' href='?page=2'>2</a>", FIRST + "?page=2"),
        (FIRST, FIRST, 1, "<a title='1 < 2' href='?page=2'>2</a>", FIRST + "?page=2"),
        (FIRST, FIRST, 1, "<a class=x <a href='?page=2'>2</a>", FIRST + "?page=2"),
    ],
)
def test_the_next_page_of_a_story_is_its_address_and_the_next_number(
    first: str, here: str, number: int, link: str, leads: str | None
) -> None:
    body = f"<html><body><p>Page {number}</p>{link}</body></html>".encode()
    assert next_part(body, here, first, number) == leads
