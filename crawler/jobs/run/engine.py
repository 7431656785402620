"""What captures the batches of a run: this machine one after the other, or workers on many.

The queue itself is the book, a SQLite file: a story stands in it as due until its visit is entered, so whatever is cut
off is due again. An engine only carries what the run has taken from there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from crawler.jobs.conditions import Conditions
from crawler.jobs.run.apart import Stopping
from crawler.jobs.run.batch import Batch, wanted_of
from crawler.jobs.run.capturing import Captured
from crawler.jobs.schedule.plan import Due
from crawler.jobs.watchlist import What
from crawler.model.counted import counted
from crawler.spiders.providers import Provider

Capturing = Callable[..., Captured]
Began = Callable[[Batch], None]


class EngineError(Exception):
    """An engine that can't go on; the message says why and what to do."""


class NoAddress(EngineError):  # noqa: N818 - says what is the case
    """What was given as the engine's address is none."""


class NotInstalled(EngineError):  # noqa: N818 - says what is the case
    """What the engine needs is not installed."""


class Engine(Protocol):
    """Captures batches in whatever order it likes."""

    def conditions(self, conditions: Conditions) -> Conditions:
        """What this process has to keep to when it fetches by itself."""
        ...

    def folder(self, folder: Path, due: Due) -> Path:
        """The collection that a story is captured into, where its watchlist says ``folder``."""
        ...

    def left_behind(self) -> Sequence[Batch]:
        """Batches that an earlier run handed over and did not see the end of; their results come as well."""
        ...

    def hand_over(self, batch: Batch, what: What, conditions: Conditions, limit: timedelta, *, first: bool) -> None:
        """Take a batch; ``first`` where others are to wait for it."""
        ...

    def next(self, began: Began, limit: timedelta, stopping: Stopping) -> tuple[Batch, Captured] | None:
        """Wait for a batch that is done; None where time is up or the run is stopped before there is one.

        ``began`` is told of each batch when its capture begins. Raises ``EngineError``.
        """
        ...

    def entered(self, batch: Batch) -> None:
        """The book has what came of a batch."""
        ...

    def recall(self) -> None:
        """Take back what has not begun."""
        ...

    def words(self, left: int) -> str:
        """What is done now, where ``left`` stories are to be captured."""
        ...


class InTurn:
    """The engine of one machine: one batch after the other, each in a process of its own."""

    def __init__(self, capture: Capturing, providers: tuple[Provider, ...]) -> None:
        self._capture = capture
        self._providers = providers
        self._waiting: deque[tuple[Batch, What, Conditions]] = deque()

    def conditions(self, conditions: Conditions) -> Conditions:
        """As they are: nobody else fetches."""
        return conditions

    def folder(self, folder: Path, due: Due) -> Path:
        """As it is."""
        return folder

    def left_behind(self) -> Sequence[Batch]:
        """None: what was under way when a run was cut off is due again."""
        return ()

    def hand_over(self, batch: Batch, what: What, conditions: Conditions, limit: timedelta, *, first: bool) -> None:
        """Queue the batch."""
        (self._waiting.appendleft if first else self._waiting.append)((batch, what, conditions))

    def next(self, began: Began, limit: timedelta, stopping: Stopping) -> tuple[Batch, Captured] | None:
        """Capture the next batch."""
        batch, what, conditions = self._waiting.popleft()
        began(batch)
        wanted = wanted_of(batch, what, self._providers)
        return batch, self._capture(wanted, conditions, limit=limit, stopping=stopping)

    def entered(self, batch: Batch) -> None:
        """Nothing to forget."""

    def recall(self) -> None:
        """Nothing has left this process."""
        self._waiting.clear()

    def words(self, left: int) -> str:
        """The batch that is next."""
        batch = self._waiting[0][0]
        return f"captures {len(batch.stories)} of {counted(left, 'story', 'stories')} into {batch.folder.name}"
