"""The plan of one run: which due stories are captured now, most overdue first, within what each host may be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.jobs.watchlist import Watchlist

FIRST_VISIT = 60
"""Requests that a first visit is taken to cost its host: pages of real news sites need 20 to 120."""


class Kind(StrEnum):
    """What a visit is for."""

    FULL = "full"
    """The story with its copies, pictures, requisites and cards."""
    COUNTS = "counts"
    """The pages alone, for the counts on them."""


@dataclass(frozen=True, slots=True)
class Due:
    """A story whose visit is due."""

    url: str
    copies: tuple[str, ...]
    collection: str
    kind: Kind
    at: datetime
    cost: Mapping[str, int]
    """Requests that its last visit of this kind made, by host; empty before the first."""
    search: bool = False
    """Whether the public look-ups are to be asked for copies of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does, and what it leaves for the next."""

    now: tuple[Due, ...]
    later: tuple[Due, ...]


def plan(due: Iterable[Due], watchlist: Watchlist, spent: Mapping[str, int]) -> Plan:
    """Divide what is due; ``spent`` counts the requests of the past hour by host."""
    now: list[Due] = []
    later: list[Due] = []
    planned = Counter(spent)
    for each in sorted(due, key=lambda each: (each.kind is Kind.COUNTS, each.at, each.url)):
        cost = each.cost or _guess(each)
        fits = all(planned[host] + number <= per_hour(host, watchlist) or not planned[host]
                   for host, number in cost.items())  # fmt: skip
        if fits and len(now) < watchlist.limits.stories:
            now.append(each)
            planned.update(cost)
        else:
            later.append(each)
    return Plan(tuple(now), tuple(later))


def per_hour(host: str, watchlist: Watchlist) -> int:
    """How many requests a host gets in an hour at most: what is said for it, and what its delay allows."""
    own = watchlist.politeness.hosts.get(host)
    said = own.per_hour if own and own.per_hour is not None else watchlist.politeness.per_hour
    pause = delay(host, watchlist)
    return min(said, int(timedelta(hours=1).total_seconds() / pause)) if pause else said


def delay(host: str, watchlist: Watchlist) -> float:
    """Seconds between two requests to a host."""
    own = watchlist.politeness.hosts.get(host)
    return own.delay if own and own.delay is not None else watchlist.politeness.delay


def _guess(due: Due) -> Mapping[str, int]:
    each = 1 if due.kind is Kind.COUNTS else FIRST_VISIT
    pages = Counter(urlsplit(url).hostname or "" for url in (due.url, *due.copies))
    return {host: number * each for host, number in pages.items()}
