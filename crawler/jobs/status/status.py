"""The status of a scheduled job: what a person, a program or a monitor is told when they ask how it is doing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.archive.layout import is_collection
from crawler.archive.store import waiting
from crawler.archive.store.address import below
from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.schedule.coming import next_due
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.status.site import SiteStatus, sites_of
from crawler.jobs.watchlist import Watchlist
from crawler.model.moment import rfc3339

OVERDUE = timedelta(hours=2)
"""A visit is overdue when it has been due for twice the shortest time between visits, and for this long.

So is a source when it has been due for the time between two readings, and for this long."""

PACE = timedelta(days=14)
"""The growth of the archives is taken over this time."""

ROOM = 50_000_000
"""Bytes; on a disk with fewer free, SQLite and the recorder soon fail."""


@dataclass(frozen=True, slots=True)
class Disk:
    """Room for the archives, in bytes."""

    used: int
    """What the archives take."""
    free: int
    a_day: float | None
    """How much they grow in a day; None before two runs."""

    @property
    def is_full(self) -> bool:
        """Whether a run has no room to speak of."""
        return self.free < ROOM

    @property
    def days_left(self) -> float | None:
        """How long the free room lasts at this pace, 0 on a full disk; None where it does not run out."""
        if self.is_full:
            return 0.0
        return self.free / self.a_day if self.a_day and self.a_day > 0 else None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source that can't be read."""

    url: str
    failures: int
    """How often in a row."""
    message: str


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """The store of a watchlist."""

    address: str
    waiting: int
    """Finished WARCs of the spool that the store does not hold yet."""
    size: int
    """Bytes of them."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a watchlist is doing at one moment."""

    at: datetime
    watched: int
    due: int
    overdue: int
    sources_overdue: int
    next_due: datetime | None
    """When the first visit or reading of a source is due."""
    last_run: dict[str, Any] | None
    """The report of the last run that came to its end, as JSON values."""
    cut_off: int
    """Runs before the present one that did not come to their end, of the last ten."""
    sites: tuple[SiteStatus, ...]
    sources: tuple[SourceStatus, ...]
    """Those that can't be read."""
    disk: Disk
    store: StoreStatus | None = None
    """What of the archives is not in their store yet; None where they are a folder."""

    def to_dict(self) -> dict[str, Any]:
        """The status as JSON values."""
        sites = [
            asdict(site) | {"last": rfc3339(site.last), "coverage": {
                name: asdict(coverage) | {"drop": round(coverage.drop, 4)} for name, coverage in site.coverage.items()
            }} for site in self.sites
        ]  # fmt: skip
        return {
            "at": rfc3339(self.at),
            "watched": self.watched,
            "due": self.due,
            "overdue": self.overdue,
            "sources_overdue": self.sources_overdue,
            "next_due": rfc3339(self.next_due) if self.next_due else None,
            "last_run": self.last_run,
            "cut_off": self.cut_off,
            "sites": sites,
            "sources": [asdict(source) for source in self.sources],
            "disk": asdict(self.disk) | {"days_left": self.disk.days_left, "full": self.disk.is_full},
            "store": asdict(self.store) if self.store else None,
        }


def status_of(book: Book, watchlist: Watchlist, now: datetime) -> Status:
    """How the job that keeps ``book`` is doing."""
    late = now - max(2 * watchlist.revisit.shortest, OVERDUE)
    last = book.row("SELECT summary FROM runs WHERE summary IS NOT NULL ORDER BY started DESC LIMIT 1")
    return Status(
        at=now,
        watched=_count(book, "watched"),
        due=_count(book, "watched AND next_visit <= ?", text_of(now)),
        overdue=_count(book, "watched AND next_visit <= ?", text_of(late)),
        sources_overdue=SourceAgenda(book).overdue(watchlist.source, now, OVERDUE),
        next_due=next_due(book, watchlist, now),
        last_run=json.loads(last["summary"]) if last else None,
        cut_off=_cut_off(book),
        sites=tuple(sites_of(book, now)),
        sources=_failing(book, [source.url for source in watchlist.source]),
        disk=_disk(book, watchlist.archives, now),
        store=_store(watchlist),
    )


def _count(book: Book, where: str, *values: object) -> int:
    return int(book.row(f"SELECT count(*) FROM stories WHERE {where}", *values)[0])


def _cut_off(book: Book) -> int:
    rows = book.rows("SELECT code FROM runs WHERE ended IS NOT NULL ORDER BY started DESC LIMIT 10")
    return sum(row["code"] == -1 for row in rows)


def _failing(book: Book, sources: Sequence[str]) -> tuple[SourceStatus, ...]:
    rows = book.rows("SELECT url, failures, message FROM sources WHERE message IS NOT NULL ORDER BY url")
    return tuple(SourceStatus(row["url"], row["failures"], row["message"]) for row in rows if row["url"] in sources)


def _store(watchlist: Watchlist) -> StoreStatus | None:
    if watchlist.store is None:
        return None
    folders = sorted(watchlist.archives.iterdir()) if watchlist.archives.is_dir() else []
    address = watchlist.store.address
    collections = [folder for folder in folders if is_collection(folder)]
    files = [file for folder in collections for file in waiting(folder, below(address, folder.name))]
    sizes = list(filter(None, map(_size, files)))
    return StoreStatus(address, len(sizes), sum(sizes))


def _size(warc: Path) -> int | None:
    """Bytes of a WARC; none where a run that is under way has brought it to the store meanwhile."""
    try:
        return warc.stat().st_size
    except FileNotFoundError:
        return None


def _disk(book: Book, archives: Path, now: datetime) -> Disk:
    rows = book.rows(
        "SELECT ended, bytes FROM runs WHERE bytes IS NOT NULL AND ended >= ? ORDER BY ended", text_of(now - PACE)
    )
    a_day: float | None = None
    if len(rows) > 1 and (time := time_of(rows[-1]["ended"]) - time_of(rows[0]["ended"])) >= timedelta(hours=1):
        a_day = (rows[-1]["bytes"] - rows[0]["bytes"]) / (time / timedelta(days=1))
    last = book.row("SELECT bytes FROM runs WHERE bytes IS NOT NULL ORDER BY ended DESC LIMIT 1")
    there = next(folder for folder in (archives, *archives.parents) if folder.exists())
    return Disk(last["bytes"] if last else 0, shutil.disk_usage(there).free, a_day)
