"""The dispatch of the stories that are due: in batches to the engine, until each of them has come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from crawler.jobs.run.batch import Batch, batches
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.engine import Engine, EngineError
from crawler.jobs.run.intake import Intake
from crawler.jobs.run.retention import folder_name
from crawler.jobs.run.shift import Shift
from crawler.jobs.run.spool import Spool
from crawler.jobs.schedule.agenda import Agenda
from crawler.jobs.schedule.own_visits import visited_for_themselves
from crawler.jobs.schedule.plan import Due, Kind, plan

Progress = Callable[[int, int, str], None]
"""Called before each piece of work: stories captured, stories planned, and the work in words."""


class Dispatch:
    """Has ``engine`` capture what is due by ``agenda``, in which ``intake`` enters what comes back."""

    def __init__(
        self, shift: Shift, agenda: Agenda, spool: Spool, engine: Engine, intake: Intake, progress: Progress
    ) -> None:
        self._shift = shift
        self._tally = shift.tally
        self._agenda = agenda
        self._spool = spool
        self._engine = engine
        self._intake = intake
        self._progress = progress
        self._left = 0
        """Stories that are on their way, or wait for it."""

    def go(self) -> None:
        """Capture what is due as long as the shift goes on and the engine can; the rest is counted as for later."""
        try:
            left_behind = self._engine.left_behind()
        except EngineError as error:
            self._tally.engine = str(error)
            left_behind = ()
        planned = self._planned(left_behind)
        self._left = len(planned) + sum(len(batch.stories) for batch in left_behind)
        try:
            if self._tally.engine is None:
                self._send_out(planned)
                self._await_all()
        except EngineError as error:
            self._tally.engine = str(error)
        self._tally.later += self._left

    def _planned(self, left_behind: Sequence[Batch]) -> tuple[Due, ...]:
        at = self._shift.clock()
        known = {due.url for batch in left_behind for due in batch.stories}
        due = (due for due in self._agenda.due(at) if due.url not in known)
        planned = plan(due, self._shift.watchlist, self._agenda.spent(at))
        self._tally.later = len(planned.later)
        return planned.now

    def _send_out(self, planned: Sequence[Due]) -> None:
        watched: dict[Path, frozenset[str]] = {}  # once a folder, whose batches share it: it may be of 100,000 pages
        for batch in batches(planned, lambda due: self._engine.folder(self._spool.folder(due.collection), due)):
            if self._spool.is_at_hand(batch.folder):
                if batch.folder not in watched:
                    watched[batch.folder] = self._watched(batch, planned)
                self._hand_over(replace(batch, watched=watched[batch.folder]))

    def _watched(self, batch: Batch, planned: Sequence[Due]) -> frozenset[str]:
        """What is captured into a batch's folder for itself; nothing where each site has a folder of its own."""
        collection, shift = batch.stories[0].collection, self._shift
        if batch.folder != self._spool.folder(collection):
            return frozenset()
        visited = visited_for_themselves(self._agenda.book, collection, shift.clock())
        kept = {url for url, at in visited if folder_name(collection, shift.watchlist, at) == batch.folder.name}
        now = {due.url for due in planned if due.collection == collection and due.kind is Kind.FULL}
        return frozenset(kept | now)

    def _hand_over(self, batch: Batch, *, first: bool = False) -> None:
        shift = self._shift
        conditions = shift.conditions(batch.folder)
        self._engine.hand_over(batch, shift.watchlist.capture, conditions, shift.time_left(), first=first)

    def _await_all(self) -> None:
        of = self._left
        while self._left:
            if self._shift.is_over():
                self._engine.recall()
                return
            self._progress(of - self._left, of, self._engine.words(self._left))
            done = self._engine.next(self._intake.began, self._shift.time_left(), self._shift.stopping)
            if done is not None:
                self._take(*done)

    def _take(self, batch: Batch, captured: Captured) -> None:
        """Have it entered what came of a batch, and what brought its process down tried again in smaller ones.

        Where the engine fails to let go of it, it comes again, to this run or the next: then nothing is entered twice.
        """
        self._left -= len(batch.stories)
        if not self._agenda.is_entered(batch.id):
            again = self._intake.enter(batch, captured)
            self._left += sum(len(smaller.stories) for smaller in again)
            for smaller in reversed(again):
                self._hand_over(smaller, first=True)
        self._agenda.note_entered(batch.id)
        self._engine.entered(batch)
        self._agenda.forget_entered(batch.id)
