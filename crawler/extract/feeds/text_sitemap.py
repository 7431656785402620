"""A sitemap that is a text file: an address a line, and nothing else (sitemaps.org, "Sitemap file formats")."""

from __future__ import annotations

from crawler.extract.feeds.listing import Entry, Listing, ListingError, absolute
from crawler.model.counted import counted


def read_text_sitemap(body: bytes, url: str, most: int) -> Listing:
    """The listing of a text sitemap. Raises ``ListingError`` where its first line is no address."""
    lines = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    found = [None if len(line.split()) > 1 else absolute(line, "") for line in lines[:most]]
    if not found or found[0] is None:
        raise ListingError(f"no feed, sitemap or page: it begins with {body[:30]!r}")
    entries = tuple(Entry(url=each, position=place) for place, each in enumerate(filter(None, found), 1))
    odd = len(found) - len(entries)
    notes = [counted(odd, "line that is no address", "lines that are no address")] if odd else []
    if len(lines) > most:
        notes.append(f"more than {most} entries; the rest is left out")
    return Listing(url=url, kind="sitemap", entries=entries, notes=tuple(notes), truncated=len(lines) > most)
