"""What a right reading of the demo's pages finds, for the tests and for the demo's own check."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.demo.cards import CARDS, Card
from crawler.demo.rewrite import REWRITE, REWRITE_HEADLINE, REWRITE_PUBLISHED, Rewritten
from crawler.demo.story import (
    AUTHORS,
    HEADLINE,
    MODIFIED,
    OUTLET,
    OUTLET_HOST,
    PICTURES,
    PUBLISHED,
    SENTENCES,
    STANDFIRST,
    Picture,
)


@dataclass(frozen=True, slots=True)
class Truth:
    """The facts of the demo's story."""

    headline: str
    standfirst: str
    authors: tuple[str, ...]
    publisher: str
    publisher_url: str
    published: str
    """ISO 8601 with offset, as all dates here."""
    modified: str
    sentences: tuple[str, ...]
    """The original's, in order, as the original's own page prints them."""
    pictures: tuple[Picture, ...]
    cards: tuple[Card, ...]
    people: tuple[str, ...]
    tags: tuple[str, ...]
    also_like: tuple[tuple[str, str], ...]
    """Type and name."""
    counts: tuple[tuple[str, str, int], ...]
    """Name, as printed, and the number meant; the profile's are lower bounds."""
    comments: tuple[int, ...]
    rewrite_headline: str
    rewrite_published: str
    rewrite: tuple[Rewritten, ...]
    """The rewrite's sentences, in order, each with the numbers of the original's it was made of."""


TRUTH = Truth(
    headline=HEADLINE,
    standfirst=STANDFIRST,
    authors=AUTHORS,
    publisher=OUTLET,
    publisher_url=f"https://{OUTLET_HOST}",
    published=PUBLISHED,
    modified=MODIFIED,
    sentences=SENTENCES,
    pictures=PICTURES,
    cards=CARDS,
    people=("Maren Oskild", "Sunniva Hartgill"),
    tags=("Skerry Sound Bridge", "Dunmoor", "Ferries", "Crossings Authority"),
    also_like=(("Country", "Kestermark"), ("Place", "Little Varra")),
    counts=(("followers", "83K+", 83_000), ("posts", "12K+", 12_000), ("views", "4.1M+", 4_100_000)),
    comments=(3, 0),
    rewrite_headline=REWRITE_HEADLINE,
    rewrite_published=REWRITE_PUBLISHED,
    rewrite=REWRITE,
)
