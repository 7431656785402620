"""The intake of what was captured: visits go into the agenda and the journal, and are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from crawler.jobs.run.apart import Ended
from crawler.jobs.run.batch import Batch
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.shift import Shift
from crawler.jobs.schedule.agenda import Agenda
from crawler.jobs.schedule.plan import Due

PUT_OFF = timedelta(days=1)
"""A story whose capture brings the whole process down is left alone for so long."""


class Intake:
    """Enters what came of each batch, however it ended. Raises ``sqlite3.Error`` where the book can't be kept."""

    def __init__(self, shift: Shift, agenda: Agenda) -> None:
        self._shift = shift
        self._agenda = agenda

    def began(self, batch: Batch) -> None:
        """A batch is being captured."""
        self._shift.journal.tell(
            "capture_started", capture=self._capture(batch), stories=len(batch.stories), folder=batch.folder.name
        )

    def enter(self, batch: Batch, captured: Captured) -> Sequence[Batch]:
        """Enter what came of a batch; returns what of it is to be tried again, to find what brings its process down.

        Stories of it that were entered already, by a run that was cut off then, are left as they are.
        """
        self._shift.journal.tell(
            "capture_ended", capture=self._capture(batch), ended=captured.ended.value, error=captured.message
        )
        self._shift.tally.captured(captured)
        if captured.ended is Ended.STOPPED:
            self._shift.is_stopped()
        for due in batch.stories:
            if not self._agenda.is_entered(batch.id, due.url):
                self._enter_story(due, captured, batch)
        if captured.ended is not Ended.FAULT:
            return ()
        if len(batch.stories) > 1:
            return batch.halves()
        self._agenda.postpone(batch.stories[0], self._shift.clock() + PUT_OFF)
        return ()

    def _enter_story(self, due: Due, captured: Captured, batch: Batch) -> None:
        shift = self._shift
        visits = [visit for visit in captured.visits if visit.story == due.url]
        if not visits:
            shift.tally.later += captured.ended is not Ended.FAULT
            return
        cost = captured.cost.get(due.url, {})
        edited = self._agenda.enter(shift.id, due, visits, cost, shift.watchlist.revisit, batch.id)
        shift.tally.visited(due, visits, edited=edited)
        for visit in visits:
            shift.journal.tell(
                "visited", capture=self._capture(batch), story=due.url, url=visit.url, kind=due.kind.value,
                outcome=visit.outcome.value, edited=edited, record=visit.record, message=visit.message,
            )  # fmt: skip

    def _capture(self, batch: Batch) -> str:
        return f"{self._shift.id}.{batch.id}"
