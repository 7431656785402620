"""The shift of a run: what all its parts do their work by, how long they may, and where they say what they did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from crawler.jobs.conditions import Conditions
from crawler.jobs.run.apart import Stopping
from crawler.jobs.run.journal import Journal
from crawler.jobs.run.orders import conditions_of
from crawler.jobs.run.report import Tally
from crawler.jobs.watchlist import Watchlist

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shift:
    """One run at work on ``watchlist``, from ``started`` until its limit or until ``stopping()``."""

    id: str
    watchlist: Watchlist
    contact: str | None
    clock: Clock
    stopping: Stopping
    started: datetime
    journal: Journal
    """Told each thing that is done."""
    tally: Tally
    """Counts for the report."""

    def time_left(self) -> timedelta:
        """How long it may go on."""
        return self.watchlist.limits.time - (self.clock() - self.started)

    def is_stopped(self) -> bool:
        """Whether it was told to stop, now or before."""
        if self.stopping():
            self.tally.stopped = True
        return self.tally.stopped

    def is_over(self) -> bool:
        """Whether no more may be begun: it was told to stop, its time is up, or what it fetches can't be kept."""
        return self.is_stopped() or self.tally.storage is not None or self.time_left() <= timedelta()

    def collection(self, named: str | None) -> str:
        """The collection of what the watchlist names one for, or none."""
        return named or self.watchlist.collection[0].name

    def conditions(self, folder: Path) -> Conditions:
        """Those of a crawl into the collection at ``folder``."""
        return conditions_of(self.watchlist, folder, self.contact)


@contextmanager
def at_work(watchlist: Watchlist, contact: str | None, clock: Clock, stopping: Stopping) -> Iterator[Shift]:
    """A shift that begins now; what ends it early is told to the watchlist's journal. Raises ``OSError``."""
    started = clock()
    run = f"{started:%Y%m%dT%H%M%SZ}-{token_hex(3)}"
    with Journal(watchlist.log, run, clock) as journal:
        yield Shift(run, watchlist, watchlist.contact or contact, clock, stopping, started, journal, Tally())
