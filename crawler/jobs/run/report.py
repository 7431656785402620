"""How one pass over a watchlist went, counted as it goes and told at its end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from crawler.jobs.run.apart import Ended
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.discovery import Discovered
from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.schedule.visit import Visit
from crawler.model.moment import rfc3339

LISTED = 50
"""Failures that are told one by one; beyond, they are counted."""


class Result(Enum):
    """How a pass ended; ``code`` is what the command ends with."""

    WELL = ("all that was due is done", 0)
    PARTIAL = ("some of what was due failed", 1)
    STORAGE = ("a collection can't be written or stored", 4)
    BLOCKED = ("all that was due is done, but for pages that their sites refused", 9)
    FAULT = ("a capture failed for a fault of wirecopy's own", 70)
    ENGINE = ("the workers can't be had; the rest is due next time", 10)
    STOPPED = ("told to stop; the rest is due next time", 130)

    def __init__(self, words: str, code: int) -> None:
        self.words = words
        self.code = code


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a pass did. Times are UTC."""

    run: str
    started: datetime
    ended: datetime
    result: Result
    sources: int
    """Sources that were asked for, those that could not be had among them."""
    sources_failed: int
    added: int
    """Stories that the sources brought."""
    stories: int
    """Stories visited whole, also those whose pages did not come."""
    counted: int
    """Stories whose counts alone were read."""
    edited: int
    """Stories whose text had changed."""
    gone: int
    refused: int
    failed: int
    later: int
    """Stories that were due and are left for the next run."""
    next_due: datetime | None
    failures: tuple[str, ...]
    notes: tuple[str, ...]
    alarms: tuple[str, ...] = ()
    """What is wrong after this run: see ``wirecopy status``."""

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {
            "result": self.result.name.lower(),
            "started": rfc3339(self.started),
            "ended": rfc3339(self.ended),
            "next_due": rfc3339(self.next_due) if self.next_due else None,
            "failures": list(self.failures),
            "notes": list(self.notes),
            "alarms": list(self.alarms),
        }

    def to_json(self) -> str:
        """The report as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)


@dataclass(slots=True)
class Tally:
    """The counts of a pass while it goes on."""

    counts: Counter[str] = field(default_factory=Counter)
    later: int = 0
    stopped: bool = False
    storage: str | None = None
    engine: str | None = None
    """Why no more could be captured, where that is the engine's fault."""
    unsent: list[str] = field(default_factory=list)
    """Why collections are not in their store as they are here; no reason to stop."""
    faults: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        """Something the operator should know."""
        self.notes.append(words)

    def source(self, found: Discovered, added: int) -> None:
        """A source was read."""
        self.counts["sources"] += 1
        self.counts["added"] += added
        if found.message is not None:
            self.counts["sources_failed"] += 1
            self._fail(f"{found.source}: {found.message}")

    def captured(self, captured: Captured) -> None:
        """A batch came back."""
        self.ended(captured.ended, captured.message)
        self.faults.extend(captured.faults)

    def ended(self, how: Ended, message: str | None) -> None:
        """A piece of work came to its end, one way or other."""
        if how is Ended.STORAGE:
            self.storage = message
        elif how is Ended.STOPPED:
            self.note("work was stopped before its end; what it left undone is due next time")
        elif how is Ended.LOCKED:
            self._fail(message or "a collection is in use")
        elif how is Ended.FAULT:
            self.faults.append(message or "a piece of work failed")

    def visited(self, due: Due, visits: Sequence[Visit], *, edited: bool) -> None:
        """A story was visited; a page that is gone is a finding and no failure."""
        self.counts["stories" if due.kind is Kind.FULL else "counted"] += 1
        self.counts["edited"] += edited
        missing = [visit for visit in visits if not visit.came]
        for visit in missing:
            kind = "gone" if visit.gone else "refused" if visit.refused else "failed"
            self.counts[kind] += 1
            reason = f": {visit.message}" if visit.message else ""
            if kind != "gone":
                self._fail(f"{visit.url}: {visit.outcome.value.replace('_', ' ')}{reason}")

    def report(self, run: str, started: datetime, ended: datetime, next_due: datetime | None) -> RunReport:
        """The report of the whole pass."""
        numbers: dict[str, Any] = {name: self.counts[name] for name in _COUNTED}
        if (more := len(self.failures) - LISTED) > 0:
            self.notes.append(f"{more} more failures are in the journal and in the collections' ledgers")
        return RunReport(
            run=run, started=started, ended=ended, result=self._result(), later=self.later, next_due=next_due,
            failures=(
                *(why for why in (self.storage, self.engine) if why), *self.unsent, *self.faults,
                *self.failures[:LISTED],
            ),
            notes=tuple(self.notes), **numbers,
        )  # fmt: skip

    def _fail(self, words: str) -> None:
        self.failures.append(words)

    def _result(self) -> Result:
        if self.storage is not None or (self.unsent and not self.stopped):
            return Result.STORAGE
        if self.engine is not None:
            return Result.ENGINE
        if self.stopped:
            return Result.STOPPED
        if self.faults:
            return Result.FAULT
        if not self.failures:
            return Result.WELL
        refused_only = len(self.failures) == self.counts["refused"]
        return Result.BLOCKED if refused_only else Result.PARTIAL


_COUNTED = (
    "sources", "sources_failed", "added", "stories", "counted", "edited", "gone", "refused", "failed",
)  # fmt: skip
