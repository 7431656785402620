"""Slideshows inside an article are no part of its text."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extract import extract_article

Build = Callable[..., bytes]
SLIDES = "".join(
    f"<div><h4>The lamp through the years</h4><h2>In {year}</h2><p>The tower of Grindholm as it stood in {year}, "
    f"seen from the ferry that went twice a day between the islands and brought the oil for the lamp.</p></div>"
    for year in (1902, 1931, 1954, 1977)
)


def text(body: bytes) -> str:
    return extract_article(body, url="https://harbour-times.example/lamp").text or ""


def test_slides_are_left_out(story: Build) -> None:
    assert text(story(after=SLIDES)) == text(story())


def test_a_page_that_is_nothing_but_slides_keeps_them(story: Build) -> None:
    assert "as it stood in 1954" in text(story(body=SLIDES))


def test_an_interview_keeps_its_questions(story: Build) -> None:
    talk = "".join(
        f"<h4>Harbour Times:</h4><p>How long did the glass lie in the cellar before somebody found it, {n}?</p>"
        f"<p>Longer than any of us can say, for nobody had looked for it, and the keeper's book ends in 1977, {n}.</p>"
        for n in ("first", "second", "third", "fourth")
    )
    assert "before somebody found it, third?" in text(story(body=talk))
