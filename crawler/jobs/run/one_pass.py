"""One pass over a watchlist: read the sources that are due, capture the stories that are due, note what came of it.

Made for a timer: a pass may be started at any time and as often as one likes. It does what is due and no more, goes on
where one that was cut left off, and two never run at once.
"""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from crawler.archive.size import bytes_below
from crawler.jobs.run.apart import Stopping
from crawler.jobs.run.capturing import capture_apart
from crawler.jobs.run.discovery import discover_apart
from crawler.jobs.run.dispatch import Dispatch, Progress
from crawler.jobs.run.engine import Capturing, Engine, InTurn
from crawler.jobs.run.intake import Intake
from crawler.jobs.run.lock import run_lock
from crawler.jobs.run.news import told
from crawler.jobs.run.orders import providers_of
from crawler.jobs.run.past_runs import PastRuns
from crawler.jobs.run.report import RunReport
from crawler.jobs.run.shift import Clock, Shift, at_work, now
from crawler.jobs.run.source_round import Discovering, SourceRound
from crawler.jobs.run.spool import Spool
from crawler.jobs.run.unkept import tell_kept, tell_unkept
from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book, text_of
from crawler.jobs.schedule.coming import next_due
from crawler.jobs.watchlist import Watchlist
from crawler.model.counted import counted

TOLERANCE = timedelta(minutes=5)
"""A clock that went back by less than this has been set, not changed."""


def never() -> bool:
    """A run that nobody stops."""
    return False


def unseen(done: int, of: int, words: str) -> None:
    """Progress that nobody watches."""


def book_file(watchlist: Watchlist, file: Path) -> Path:
    """Where the book of a watchlist is kept: beside its collections, under the watchlist's name."""
    return watchlist.archives / f"{file.stem}.schedule.sqlite"


def run(
    watchlist: Watchlist,
    file: Path,
    *,
    contact: str | None = None,
    clock: Clock = now,
    stopping: Stopping = never,
    capture: Capturing = capture_apart,
    discover: Discovering = discover_apart,
    progress: Progress = unseen,
    engine: Engine | None = None,
) -> RunReport:
    """Do what is due of ``watchlist``, which stands in ``file``, and say how it went.

    ``stopping`` is asked between pieces of work and while one goes on; once it is true, what is under way is finished
    and nothing new begins. ``progress`` is called before each piece of work. ``engine`` captures; without one, this
    machine does, one batch after the other by ``capture``. Raises ``RunActive`` where another run is at it, ``OSError``
    or ``sqlite3.Error`` where the book can't be kept.
    """
    path = book_file(watchlist, file)
    try:
        with run_lock(path), Book(path) as book:
            with at_work(watchlist, contact, clock, stopping) as shift:
                engine = engine or InTurn(capture, tuple(providers_of(watchlist, shift.tally.note)))
                report = _Pass(shift, book, engine, discover, progress).go(file.stem)
            tell_kept(path, watchlist.alarms, file.stem)
            return report
    except (sqlite3.Error, OSError) as error:
        tell_unkept(error, path, watchlist.alarms, file.stem, clock())
        raise


class _Pass:
    def __init__(self, shift: Shift, book: Book, engine: Engine, discover: Discovering, progress: Progress) -> None:
        self._shift = shift
        self._book = book
        self._runs = PastRuns(book)
        self._agenda = Agenda(book)
        self._progress = progress
        self._spool = Spool(shift)
        self._sources = SourceRound(shift, self._agenda, self._spool, engine, discover, self._say)
        intake = Intake(shift, self._agenda)
        self._dispatch = Dispatch(shift, self._agenda, self._spool, engine, intake, progress)

    def go(self, name: str) -> RunReport:
        """``name`` is the watchlist's."""
        shift, book = self._shift, self._book
        shift.journal.tell("run_started", watched=book.row("SELECT count(*) FROM stories WHERE watched")[0])
        self._look_back()
        self._runs.begin(shift.id, shift.started)
        self._follow_watchlist()
        with self._spool.uploads.meanwhile():
            self._sources.go()
            self._dispatch.go()
        if shift.watchlist.store and not shift.is_stopped():
            self._say(f"brings {shift.watchlist.store.address} up to date")
            self._spool.uploads.finish(shift.clock())
        self._spool.clear_out()
        ended = shift.clock()
        report = shift.tally.report(shift.id, shift.started, ended, next_due(book, shift.watchlist, ended))
        self._runs.end(report, bytes_below(shift.watchlist.archives))
        report = told(report, book, shift.watchlist, name)
        shift.journal.tell("run_ended", **report.to_dict())
        return report

    def _look_back(self) -> None:
        """What the last run left: one that was cut, or a clock that has gone back since."""
        shift = self._shift
        for cut_off in self._runs.close_cut_off():
            shift.tally.note(f"run {cut_off} was cut off; what it left undone is due now")
        last = self._runs.last_end()
        if last and last > shift.started + TOLERANCE:
            number = self._agenda.turn_back(shift.started, shift.watchlist.revisit)
            due = counted(number, "story is", "stories are")
            shift.tally.note(f"the clock went back: the last run ended at {text_of(last)}; {due} due anew")
            self._runs.turn_back(shift.started)
        elif last:
            self._runs.forget_old(last)  # by the clock of then: one that is ahead for a run costs nothing
        self._agenda.forget_spent(shift.started)

    def _follow_watchlist(self) -> None:
        """Take over what the watchlist says now, where it has been changed since the last run."""
        shift, agenda = self._shift, self._agenda
        stories, sources = shift.watchlist.story, shift.watchlist.source
        agenda.keep_named(story.url for story in stories)
        named = [Watched(story.url, story.copies, shift.collection(story.collection)) for story in stories]
        agenda.watch(named, shift.started)
        agenda.keep_in({source.url: shift.collection(source.collection) for source in sources})
        if number := agenda.keep_to(shift.watchlist.revisit):
            come = counted(number, "story comes", "stories come")
            shift.tally.note(f"[revisit] was changed: {come} by what it says now")

    def _say(self, words: str) -> None:
        self._progress(0, 0, words)
