"""The agenda of the sources: which of them are read again when, and how reading them went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.schedule.policy import is_due
from crawler.jobs.watchlist import SourceEntry

MOST_PATIENCE = 24.0
"""A source that keeps failing is read this many times less often, and no less."""


class SourceAgenda:
    """The part of the book that says which sources are due; one that fails is read less and less often."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def due(self, sources: Iterable[SourceEntry], now: datetime) -> list[SourceEntry]:
        """The sources that are to be read again."""
        return [source for source in sources if is_due(self.due_at(source) or now, self._read_at(source), now)]

    def overdue(self, sources: Iterable[SourceEntry], now: datetime, grace: timedelta) -> int:
        """How many have been due for longer than ``grace`` and the time between two readings."""
        return sum((self.due_at(source) or now) + max(source.every, grace) < now for source in sources)

    def due_at(self, source: SourceEntry) -> datetime | None:
        """When a source is to be read again; None where it never was."""
        read_at = self._read_at(source)
        if read_at is None:
            return None
        failures = min(self._row(source)["failures"], 20)  # two to the power of a thousand is no float
        patience: float = min(2.0**failures, MOST_PATIENCE)
        return read_at + source.every * patience

    def enter(self, url: str, now: datetime, *, message: str | None, found: int, added: int) -> None:
        """Note that a source was read from ``now`` on; ``message`` is why it could not be."""
        self.book.write(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET visited = excluded.visited,"
            " failures = CASE WHEN excluded.message IS NULL THEN 0 ELSE failures + 1 END, message = excluded.message,"
            " found = excluded.found, added = excluded.added",
            url, text_of(now), int(message is not None), message, found, added,
        )  # fmt: skip

    def _read_at(self, source: SourceEntry) -> datetime | None:
        row = self._row(source)
        return time_of(row["visited"]) if row and row["visited"] else None

    def _row(self, source: SourceEntry) -> Any:
        return self.book.row("SELECT visited, failures FROM sources WHERE url = ?", source.url)
