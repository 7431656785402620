"""The capture of some stories in a process of its own, and what the run needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from crawler.jobs.capture import capture
from crawler.jobs.conditions import Conditions
from crawler.jobs.run.apart import Ended, Stopping, apart
from crawler.jobs.schedule.visit import Visit, requests_of, visits_of
from crawler.spiders.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Captured:
    """How some stories were found."""

    ended: Ended
    message: str | None = None
    visits: tuple[Visit, ...] = ()
    cost: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Requests by story and host."""
    faults: tuple[str, ...] = ()


def capture_apart(wanted: Wanted, conditions: Conditions, *, limit: timedelta, stopping: Stopping) -> Captured:
    """Capture ``wanted``; after ``limit`` or once ``stopping()``, what was captured until then counts."""
    done = apart(_capture, wanted, conditions, limit=limit, stopping=stopping)
    return done.value or Captured(done.ended, done.message)


def _capture(wanted: Wanted, conditions: Conditions) -> Captured:
    report = capture(wanted, conditions)
    captured = Captured(Ended.WELL, None, visits_of(report), requests_of(report), report.faults)
    return replace(captured, ended=Ended.STOPPED) if report.interrupted else captured
