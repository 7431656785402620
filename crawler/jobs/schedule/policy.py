"""The revisit policy: when a story is looked at again, from how long it has been quiet.

News changes soon or not at all: of the bodies that change within a week, four in five change within a day. The chance
of a change falls about as one over the time since the last one, so visits a constant factor apart find the same share
of changes each. That is all of the policy: quiet for t, visit again after ``eagerness`` × t, within its bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from crawler.jobs.watchlist import Revisit

GONE_VISITS = 3
"""A story that is gone this many visits in a row, days apart, is not asked for again."""

_SPREAD = 0.1
"""A visit is moved by up to this share of its interval, so that stories found together do not stay together."""

_EARLY, EARLIEST = 0.1, timedelta(minutes=5)
"""Share of an interval, and the most of it, by which something may come early."""


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a story's visits. Times are UTC."""

    url: str
    added: datetime
    """When it came under watch."""
    published: datetime | None = None
    visited: datetime | None = None
    changed: datetime | None = None
    """The visit at which its text was last found changed."""
    failures: int = 0
    """Visits in a row that did not bring the page."""
    gone: int = 0
    """Visits in a row that found it gone."""
    counted: datetime | None = None
    """The last visit of any kind: each reads the counts."""


def next_visit(history: History, policy: Revisit) -> datetime | None:
    """When the story is to be captured again; None where it is watched no more."""
    if history.visited is None:
        return history.added
    watched = history.visited - max(history.changed or history.added, history.added)
    if history.gone >= GONE_VISITS or watched >= policy.until:
        return None
    quiet = max(history.visited - (history.changed or _since(history)), timedelta())
    interval = _within(quiet * policy.eagerness, policy)
    if history.gone:
        interval = max(interval, timedelta(days=1))
    if history.failures:
        interval = _within(max(interval, policy.shortest * 2.0 ** min(history.failures - 1, 20)), policy)
    return history.visited + interval * _moved(history)


def next_count(history: History, policy: Revisit) -> datetime | None:
    """When its counts are to be read again; None where they are not, or no more."""
    if policy.counts is None or history.counted is None or history.gone or history.failures:
        return None
    due = history.counted + policy.counts
    return due if due - _since(history) <= policy.counts_until else None


def is_due(at: datetime, last: datetime | None, now: datetime) -> bool:
    """Whether what is wanted ``at`` a time, and was ``last`` done at another, may be done ``now``: a little early.

    No timer starts to the second, and a run takes time until it comes to a page: what the run of seven did at a minute
    past would not be due at eight, and so be done every second hour.
    """
    return at - (min((at - last) * _EARLY, EARLIEST) if last else timedelta()) <= now


def _since(history: History) -> datetime:
    return min(history.published or history.added, history.added)


def _within(interval: timedelta, policy: Revisit) -> timedelta:
    return min(max(interval, policy.shortest), policy.longest)


def _moved(history: History) -> float:
    """A factor about 1 that differs by story and visit and is the same whenever it is asked for."""
    digest = sha256(f"{history.url} {history.visited}".encode()).digest()
    return 1 + _SPREAD * (int.from_bytes(digest[:4], "big") / 2**32)
