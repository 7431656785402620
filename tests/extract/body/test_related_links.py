"""Links to other stories between the paragraphs of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article

Build = Callable[..., bytes]
TEXT, MORE = (
    "".join(
        f"<p>The lamp of Grindholm was carried up its steps on day {n}, and everybody on the quay had come to watch "
        "it, for it had been away for forty years.</p>"
        for n in days
    )
    for days in (range(1, 5), range(5, 9))
)


def related(body: bytes) -> list[tuple[str, str | None]]:
    blocks = extract_article(body, url="https://harbour-times.example/news/lamp").blocks
    return [(block.text, block.url) for block in blocks if block.type == "related_link"]


def test_the_address_is_in_full_and_each_story_once(story: Build) -> None:
    links = (
        '<p><a href="../ferries#top">Ferry timetable changes for the spring</a></p>'
        '<p><a href="../ferries">The timetable of all ferries changes in April. Read more</a></p>'
    )
    assert related(story(body=TEXT + links + MORE)) == [
        ("Ferry timetable changes for the spring", "https://harbour-times.example/ferries")
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#comments">Jump to what our readers say</a>',
        '<a href="/authors/ada-winter/">Ada Winter and Jonas Falk</a>',
        '<a href="/in">Log in to read all of it</a>',
        '<a href="/print">Print this recipe</a> <a href="/pin">Pin this recipe</a>',
        '<a href="javascript:go()">Open the gallery of pictures</a>',
        '<a href="/lamp.pdf">The letter of the last keeper</a>',
        '<a href="https://www.amazon.example/x" rel="sponsored">A book about the old lamp</a>',
        '<a href="https://amzn.to/3x">A book about the old lamp</a>',
        '<a href="/a">Try our letter for free</a></p><p><a href="/b">Try our letter for free</a>',
    ],
    ids=[
        "place of the page",
        "writers",
        "command",
        "two links",
        "script",
        "file",
        "sponsored",
        "shop",
        "buttons",
    ],
)
def test_other_links_are_none(story: Build, link: str) -> None:
    assert related(story(body=f"{TEXT}<p>{link}</p>{MORE}")) == []


def test_a_link_that_comes_again_is_no_button(story: Build) -> None:
    link = '<p><a href="/ferries">Ferry timetable changes for the spring</a></p>'
    assert len(related(story(body=TEXT + link + MORE + link + "<p>It will be lit on Saturday, at sunset.</p>"))) == 1


@pytest.mark.parametrize("name", ["AdModule-sponsorLink", "m-ad", "sponsor-line"])
def test_a_link_that_is_paid_for_leads_to_no_story(name: str, story: Build) -> None:
    paid = f"<div class='{name}'><a href='/partners'>Become a friend of the harbour today</a></div>"
    assert related(story(body=TEXT + paid + MORE)) == []
