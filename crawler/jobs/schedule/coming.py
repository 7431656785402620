"""What comes next of all that a watchlist says: visits of stories, and readings of its sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.jobs.schedule.agenda import Agenda
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.watchlist import Watchlist
from crawler.model.moment import rfc3339

SOURCE = "source"
"""The kind of a source that is to be read, beside those of visits."""


@dataclass(frozen=True, slots=True, order=True)
class Coming:
    """What is to be asked for, from when on, and what for: a kind of visit, or ``source``."""

    at: datetime
    url: str
    kind: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {"at": rfc3339(self.at), "url": self.url, "kind": self.kind}


def coming(book: Book, watchlist: Watchlist, now: datetime, limit: int | None = None) -> list[Coming]:
    """What comes, soonest first; a source that was never read comes ``now``."""
    visits = [Coming(at, url, kind.value) for at, url, kind in Agenda(book).coming(limit)]
    agenda = SourceAgenda(book)
    readings = [Coming(agenda.due_at(source) or now, source.url, SOURCE) for source in watchlist.source]
    return sorted([*visits, *readings])[:limit]


def next_due(book: Book, watchlist: Watchlist, now: datetime) -> datetime | None:
    """When the first of it comes; None where nothing does."""
    return next((each.at for each in coming(book, watchlist, now, 1)), None)
