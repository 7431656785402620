"""The discovery job: ask sources which stories they list, archive what they say, and hand on what was asked for."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.jobs.conditions import Conditions
from crawler.jobs.crawl import FINISHED, crawl
from crawler.model import Purpose
from crawler.model.article import plain
from crawler.spiders.discover import Discovered, DiscoverSpider
from crawler.spiders.sources import Checked, Listed, Source, dated
from crawler.spiders.wanted import Miss


@dataclass(frozen=True, slots=True)
class Discovery:
    """What sources listed, in the order it came."""

    sources: tuple[Source, ...]
    collection: Path | None
    listings: tuple[Checked, ...]
    stories: tuple[Listed, ...]
    """Each story once, whichever source listed it first."""
    misses: tuple[Miss, ...]
    faults: tuple[str, ...]
    seconds: float
    interrupted: bool

    def of(self, source: Source) -> tuple[Listed, ...]:
        """The stories that ``source`` listed first."""
        return tuple(story for story in self.stories if story.source == source)

    def failed(self) -> tuple[Source, ...]:
        """The sources of which no listing came."""
        came = {listing.source.url for listing in self.listings}
        return tuple(source for source in self.sources if source.url not in came)

    def why_nothing(self, source: Source) -> str | None:
        """Why nothing that came of ``source`` lists a story, where that is no empty feed but one that can't be read."""
        came = [listing for listing in self.listings if listing.source.url == source.url]
        if not came or any(listing.entries for listing in came):
            return None
        if notes := [note for listing in came for note in listing.notes]:
            return f"no story could be read in it: {notes[0]}"
        if all(listing.kind == "page" for listing in came):
            return "no story in it: a page whose links lead to none; a script may fill it (needs browser)"
        return None

    def to_dict(self) -> dict[str, Any]:
        """The discovery as JSON values."""
        return {
            "collection": str(self.collection) if self.collection else None,
            "seconds": round(self.seconds, 3),
            "interrupted": self.interrupted,
            "stories": [_story(story) for story in self.stories],
            "listings": [_listing(listing) for listing in self.listings],
            "failed": [
                {"url": miss.requested, **_why(miss.purpose), "outcome": miss.outcome.value, "reason": miss.message}
                for miss in self.misses
            ],
            "faults": list(self.faults),
        }


def discover(sources: Iterable[Source], conditions: Conditions) -> Discovery:
    """Ask ``sources`` and return what they list; every listing is archived in the collection of ``conditions``.

    Runs Twisted's reactor and can therefore be called once in a process. Raises ``ArchiveError`` where the collection
    can't be written, ``CollectionError`` where the folder or the source is no archive.
    """
    started = time.monotonic()
    found: list[Discovered] = []
    asked = tuple(sources)
    crawled = crawl(DiscoverSpider, conditions, found.append, sources=asked)
    return Discovery(
        sources=asked,
        collection=conditions.collection,
        listings=tuple(item for item in found if isinstance(item, Checked)),
        stories=tuple(item for item in found if isinstance(item, Listed)),
        misses=tuple(item for item in found if isinstance(item, Miss)),
        faults=crawled.faults,
        seconds=time.monotonic() - started,
        interrupted=crawled.reason != FINISHED,
    )


def _story(story: Listed) -> dict[str, Any]:
    entry = story.entry
    return {
        "url": entry.url,
        "title": entry.title,
        **dated("published", entry.published),
        **dated("updated", entry.updated),
        "summary": entry.summary,
        "authors": list(entry.authors),
        "categories": list(entry.categories),
        "publisher": entry.publisher,
        "language": entry.language,
        "images": list(entry.images),
        "videos": list(entry.videos),
        "source": story.source.url,
        "listing": story.listing.url,
        "position": entry.position,
        "record": plain(story.listing.recorded.record),
    }


def _listing(listing: Checked) -> dict[str, Any]:
    return {
        "url": listing.url,
        "source": listing.source.url,
        **_why(listing.purpose),
        "kind": listing.kind,
        "title": listing.title,
        "status": listing.status,
        "entries": listing.entries,
        "not_modified": listing.not_modified,
        "notes": list(listing.notes),
        "feeds": list(listing.feeds),
        "record": plain(listing.recorded.record),
    }


def _why(purpose: Purpose) -> dict[str, Any]:
    return {"via": purpose.via, "because": purpose.because}
