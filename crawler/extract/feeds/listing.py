"""A listing: what one feed, sitemap or page says of the stories it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from crawler.extract.dates import DateReading


class ListingError(ValueError):
    """Bytes that list nothing: no feed, no sitemap and no page. The message says what they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as a listing announces it. Unknown is None; what the story's own page says may differ."""

    url: str
    """Absolute, http or https, without fragment."""
    title: str | None = None
    id: str | None = None
    """What the feed calls it, for ever: RSS ``guid``, Atom ``id``."""
    published: DateReading | None = None
    updated: DateReading | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """Sections, keywords and tags, as printed."""
    publisher: str | None = None
    """The outlet where the listing names one: RSS ``source``, ``news:publication``."""
    language: str | None = None
    images: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    position: int = 0
    """Place in the listing, from 1."""


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that a sitemap index names."""

    url: str
    updated: DateReading | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything one listing says."""

    url: str
    kind: str
    """``rss``, ``atom``, ``json-feed``, ``sitemap``, ``sitemap-index`` or ``page``."""
    version: str | None = None
    """``2.0`` of RSS, ``1.1`` of JSON Feed; None where it is not said."""
    title: str | None = None
    link: str | None = None
    """The page that the feed is of."""
    language: str | None = None
    updated: DateReading | None = None
    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    next_url: str | None = None
    """Where older entries are: RFC 5005's ``next``, JSON Feed's ``next_url``."""
    notes: tuple[str, ...] = ()
    """What was wrong with it, or was left out."""
    truncated: bool = False
    """True where it ends before its end, or is longer than is read."""


def absolute(address: Any, url: str) -> str | None:
    """An address as a listing at ``url`` means it, without fragment; None for what is none of http or https."""
    if not isinstance(address, str) or not address.strip():
        return None
    try:
        joined = urldefrag(urljoin(url, address.strip()))[0]
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.hostname else None
