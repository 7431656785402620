"""Invented pages: one story, told with as much or as little markup as a test needs."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

URL = "https://www.harbour-times.example/news/2024/03/05/lighthouse-lamp-returns"
HEADLINE = "Lighthouse lamp returns to Grindholm after forty years"
PARAGRAPHS = (
    "The great lamp of Grindholm lighthouse was carried back up its hundred and twelve steps on Tuesday, forty years "
    "after it had been taken down and sold to a collector on the mainland.",
    "Volunteers formed a chain on the stairs and passed the brass fittings from hand to hand, while the lens, which "
    "weighs more than a small car, was lifted by a crane from the deck of a fishing boat.",
    '"We never thought that we would see it again," said Marte Olsvik, who keeps the harbour museum. "My grandfather '
    'lit it every evening of his life, and he never got used to the dark hill."',
    "The collector's family had offered the lamp to the island after finding a bundle of letters in which the last "
    "keeper asked for it to come home.",
    "It will be lit for the first time on Saturday at sunset, and the ferry company has promised an extra crossing "
    "for everybody who wants to watch from the water.",
)
NAVIGATION = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "ferries", "weather")
)
RELATED = "".join(
    f'<li><a href="/news/2024/03/04/{number}">{title}</a></li>'
    for number, title in enumerate(
        (
            "Ferry timetable changes for the spring",
            "Council argues over the colour of the quay",
            "A seal that would not leave the bakery",
        )
    )
)


@pytest.fixture
def story() -> Callable[..., bytes]:
    """Builds the page of the story; keywords replace or add parts of it."""

    def build(
        *,
        head: str = f"<title>{HEADLINE} | Harbour Times</title>",
        heading: str = f"<h1>{HEADLINE}</h1>",
        byline: str = '<p class="byline">By Ada Winter and Jonas Falk</p>',
        date: str = '<time datetime="2024-03-05T18:30:00+01:00">5 March 2024</time>',
        body: str = "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        after: str = "",
        language: str = "en",
    ) -> bytes:
        return (
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>'
            f"<header><nav><ul>{NAVIGATION}</ul></nav></header>"
            f'<main><article>{heading}{byline}{date}<div class="story-text">{body}</div></article>'
            f"<aside><h2>Related stories</h2><ul>{RELATED}</ul></aside>{after}</main>"
            "<footer><p>© 2024 Harbour Times. All rights reserved.</p></footer></body></html>"
        ).encode()

    return build


@pytest.fixture
def json_ld() -> Callable[..., str]:
    """A script element with a NewsArticle of the given properties."""

    def build(**properties: object) -> str:
        value = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
        return f'<script type="application/ld+json">{json.dumps(value)}</script>'

    return build
