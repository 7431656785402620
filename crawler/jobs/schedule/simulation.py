"""A watchlist tried in time: the real agenda, policy and plan against a made-up web, at a clock that jumps.

The made-up web changes as news does: of a hundred stories 18 are edited within a week, four in five of these within a
day. It shows what would be fetched when, and that no host gets more than it may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.archive.scratch import Scratch
from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.plan import FIRST_VISIT, Due, Kind, per_hour, plan
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.watchlist import Watchlist
from crawler.model import Outcome
from crawler.model.moment import rfc3339

EDITED = 0.18
EDITED_EARLY = 0.81
"""Shares of stories edited within a week, and of those within a day (18% and 81% were measured on news bodies)."""


@dataclass(frozen=True, slots=True)
class Day:
    """What one simulated day brings."""

    date: datetime
    new: int
    visits: int
    counts: int
    """Visits for counts alone."""
    edits: int
    """Edits that a visit found."""
    waiting: int
    """Stories still waiting for their turn when the day ends."""
    requests: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a watchlist would do in some time."""

    days: tuple[Day, ...]
    busiest: dict[str, int]
    """By host, the most requests that any hour brought."""
    allowed: dict[str, int]
    """By host, the most that an hour may bring."""

    def to_dict(self) -> dict[str, Any]:
        """The simulation as JSON values."""
        days = [
            {name: getattr(day, name) for name in Day.__slots__} | {"date": f"{day.date:%Y-%m-%d}"} for day in self.days
        ]
        return {"days": days, "busiest": self.busiest, "allowed": self.allowed}


def simulate(
    watchlist: Watchlist, *, start: datetime, time: timedelta, every: timedelta, new_a_day: float,
    watch: Callable[[Day], None] = lambda day: None,
) -> Simulation:  # fmt: skip
    """Run ``watchlist`` every ``every`` from ``start`` on; each source brings ``new_a_day`` stories a day.

    ``watch`` is called with each day as it ends: many sources and months take minutes.
    """
    with Scratch() as folder, Book(Path(folder) / "book.sqlite", lasting=False) as book:
        world = _World(watchlist, Agenda(book), new_a_day)
        world.agenda.watch([Watched(story.url, story.copies, "simulated") for story in watchlist.story], start)
        days = []
        for number in range(max(1, time // timedelta(days=1))):
            days.append(world.day(start + timedelta(days=number), every))
            watch(days[-1])
    hosts = sorted(world.busiest)
    return Simulation(
        tuple(days), {host: world.busiest[host] for host in hosts}, {host: per_hour(host, watchlist) for host in hosts}
    )


class _World:
    def __init__(self, watchlist: Watchlist, agenda: Agenda, new_a_day: float) -> None:
        self.watchlist = watchlist
        self.agenda = agenda
        self.sources = SourceAgenda(agenda.book)
        self.new_a_day = new_a_day
        self.hours: Counter[tuple[str, datetime]] = Counter()
        self.busiest: Counter[str] = Counter()
        self.read: dict[str, datetime] = {}

    def day(self, date: datetime, every: timedelta) -> Day:
        told = Counter[str]()
        waiting, now = 0, date
        self.hours.clear()
        while now < date + timedelta(days=1):
            told["new"] += len(self.agenda.watch(self._named_by_sources(now), now))
            planned = plan(self.agenda.due(now), self.watchlist, self.agenda.spent(now))
            waiting = len(planned.later)
            for due in planned.now:
                self._visit(due, now, told)
            now += every
        for (host, _), number in self.hours.items():
            self.busiest[host] = max(self.busiest[host], number)
        return Day(date, told["new"], told["full"], told["counts"], told["edits"], waiting, told["requests"])

    def _named_by_sources(self, now: datetime) -> Iterator[Watched]:
        for source in self.sources.due(self.watchlist.source, now):
            since = self.read.get(source.url, now - source.every)
            self.read[source.url] = now
            host = urlsplit(source.url).hostname
            number = int(_chance(source.url, now) + self.new_a_day * ((now - since) / timedelta(days=1)))
            for each in range(min(number, self.watchlist.limits.new_stories)):
                url = f"https://{host}/{now:%Y%m%d%H%M}-{each}-{sha256(source.url.encode()).hexdigest()[:6]}"
                yield Watched(url, (), "simulated", source.url, None, now)
            self.sources.enter(source.url, now, message=None, found=number, added=number)

    def _visit(self, due: Due, now: datetime, told: Counter[str]) -> None:
        row = self.agenda.book.row("SELECT added, visited FROM stories WHERE url = ?", due.url)
        age = now - datetime.fromisoformat(row["added"])
        visits = [
            Visit(due.url, url, now, Outcome.ARTICLE, True, digest=str(_edited(url, age)))
            for url in (due.url, *due.copies)
        ]
        cost = Counter[str]()
        for url in (due.url, *due.copies):
            cost[urlsplit(url).hostname or ""] += 1 if due.kind is Kind.COUNTS or row["visited"] else FIRST_VISIT
        told["edits"] += self.agenda.enter("simulated", due, visits, cost, self.watchlist.revisit, "simulated")
        told[due.kind.value] += 1
        for host, number in cost.items():
            told["requests"] += number
            self.hours[host, now.replace(minute=0, second=0, microsecond=0)] += number


def _edited(url: str, age: timedelta) -> bool:
    """Whether a story of this age has been edited."""
    chance = _chance(url, "edited")
    if chance >= EDITED:
        return False
    early = chance < EDITED * EDITED_EARLY
    span = timedelta(days=1) if early else timedelta(days=6)
    return age >= (timedelta() if early else timedelta(days=1)) + span * _chance(url, "when")


def _chance(*of: object) -> float:
    """A number from 0 to 1 that is always the same for the same values."""
    words = " ".join(rfc3339(each) if isinstance(each, datetime) else str(each) for each in of)
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") / 2**32
