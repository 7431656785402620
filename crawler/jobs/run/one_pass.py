"""One pass over a watchlist: read the sources that are due, capture the stories that are due, note what came of it.

Made for a timer: a pass may be started at any time and as often as one likes. It does what is due and no more, goes on
where one that was cut left off, and two never run at once.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from crawler.archive import ArchiveError
from crawler.jobs.run.apart import Ended, Stopping
from crawler.jobs.run.batch import Batch, batches
from crawler.jobs.run.capturing import Captured, capture_apart
from crawler.jobs.run.discovery import Discovered, discover_apart
from crawler.jobs.run.engine import Capturing, Engine, EngineError, InTurn
from crawler.jobs.run.journal import Journal
from crawler.jobs.run.lock import run_lock
from crawler.jobs.run.news import told
from crawler.jobs.run.orders import conditions_of, providers_of
from crawler.jobs.run.report import RunReport, Tally
from crawler.jobs.run.retention import folder_name, outlived, size_of
from crawler.jobs.run.unkept import tell_kept, tell_unkept
from crawler.jobs.run.uploads import Uploads
from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.schedule.plan import Due, plan
from crawler.jobs.watchlist import SourceEntry, Watchlist

Clock = Callable[[], datetime]
Progress = Callable[[int, int, str], None]
"""Called before each piece of work: stories captured, stories planned, and the work in words."""
Discovering = Callable[..., Iterable[Discovered]]

TOLERANCE = timedelta(minutes=5)
"""A clock that went back by less than this has been set, not changed."""

PUT_OFF = timedelta(days=1)
"""A story whose capture brings the whole process down is left alone for so long."""


def never() -> bool:
    """A run that nobody stops."""
    return False


def unseen(done: int, of: int, words: str) -> None:
    """Progress that nobody watches."""


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


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
            done = _Pass(watchlist, book, file.stem, contact, clock, stopping, capture, discover, progress, engine).go()
            tell_kept(path, watchlist.alarms, file.stem)
            return done
    except (sqlite3.Error, OSError) as error:
        tell_unkept(error, path, watchlist.alarms, file.stem, clock())
        raise


class _Pass:
    def __init__(
        self,
        watchlist: Watchlist,
        book: Book,
        name: str,
        contact: str | None,
        clock: Clock,
        stopping: Stopping,
        capture: Capturing,
        discover: Discovering,
        progress: Progress,
        engine: Engine | None,
    ) -> None:
        self.watchlist = watchlist
        self.book = book
        self.name = name
        self.agenda = Agenda(book)
        self.contact = watchlist.contact or contact
        self.clock = clock
        self.stopping = stopping
        self.discover = discover
        self.progress = progress
        self.started = clock()
        self.id = f"{self.started:%Y%m%dT%H%M%SZ}-{token_hex(3)}"
        self.tally = Tally()
        self.engine = engine or InTurn(capture, tuple(providers_of(watchlist, self.tally.note)))
        self.uploads = Uploads(watchlist, self._tell_upload, self.tally.unsent.append, stopping)

    def go(self) -> RunReport:
        with Journal(self.watchlist.log, self.id, self.clock) as self.journal:
            self.journal.tell("run_started", watched=self.book.row("SELECT count(*) FROM stories WHERE watched")[0])
            self._look_back()
            self.book.write("INSERT INTO runs (id, started) VALUES (?, ?)", self.id, text_of(self.started))
            self.agenda.keep_named(story.url for story in self.watchlist.story)
            self.agenda.watch(self._named(), self.started)
            with self.uploads.meanwhile():
                self._read_sources()
                self._capture_due()
            if self.watchlist.store and not self._interrupted():
                self.progress(0, 0, f"brings {self.watchlist.store.address} up to date")
                self.uploads.finish(self.clock())
            self._clear_out()
            report = self.tally.report(
                self.id, self.started, self.clock(), next(iter(self.agenda.coming(1)), (None,))[0]
            )
            self.book.write(
                "UPDATE runs SET ended = ?, code = ?, summary = ?, bytes = ? WHERE id = ?",
                text_of(report.ended), report.result.code, report.to_json(), size_of(self.watchlist.archives), self.id,
            )  # fmt: skip
            report = told(report, self.book, self.watchlist, self.name)
            self.journal.tell("run_ended", **report.to_dict())
        return report

    def _look_back(self) -> None:
        """What the last run left: one that was cut, or a clock that has gone back since."""
        for row in self.book.rows("SELECT id, started FROM runs WHERE ended IS NULL"):
            self.tally.note(f"run {row['id']} was cut off; what it left undone is due now")
            self.book.write("UPDATE runs SET ended = started, code = -1 WHERE id = ?", row["id"])
        last = self.book.row("SELECT max(coalesce(ended, started)) AS at FROM runs")["at"]
        if last and time_of(last) > self.started + TOLERANCE:
            number = self.agenda.turn_back(self.started, self.watchlist.revisit)
            self.tally.note(f"the clock went back: the last run ended at {last}; {number} stories are due anew")
            self.book.write("UPDATE runs SET ended = started WHERE ended > ?", text_of(self.started))

    def _named(self) -> list[Watched]:
        return [Watched(story.url, story.copies, self._collection(story.collection)) for story in self.watchlist.story]

    def _collection(self, name: str | None) -> str:
        return name or self.watchlist.collection[0].name

    def _read_sources(self) -> None:
        due = self.agenda.due_sources(self.watchlist.source, self.clock())
        by_folder: dict[Path, list[SourceEntry]] = {}
        for source in due:
            by_folder.setdefault(self._folder(self._collection(source.collection)), []).append(source)
        for folder, sources in by_folder.items():
            if self._over():
                return
            self.progress(0, 0, f"reads {len(sources)} of the sources into {folder.name}")
            if not self._at_hand(folder):
                return
            listed = list(
                self.discover(
                    sources,
                    self.engine.conditions(conditions_of(self.watchlist, folder, self.contact)),
                    now=self.clock(),
                    limit=self._time_left(),
                    stopping=self.stopping,
                )
            )
            how, message = next(((each.ended, each.message) for each in listed), (Ended.WELL, None))
            self.tally.ended(how, message)
            for found in listed if how in (Ended.WELL, Ended.FAULT) else ():
                self._enter_source(found)

    def _enter_source(self, found: Discovered) -> None:
        entry = next(source for source in self.watchlist.source if source.url == found.source)
        collection = self._collection(entry.collection)
        stories = [
            Watched(story.url, (), collection, found.source, story.headline, story.published) for story in found.stories
        ]
        new = self.agenda.watch(stories[: self.watchlist.limits.new_stories], self.clock())
        self.agenda.enter_source(
            found.source, self.clock(), message=found.message, found=len(found.stories), added=len(new)
        )
        self.journal.tell(
            "source_read", source=found.source, found=len(found.stories), added=len(new), error=found.message
        )
        self.tally.source(found, len(new))

    def _capture_due(self) -> None:
        left_behind = self._left_behind()
        known = {due.url for batch in left_behind for due in batch.stories}
        due = (due for due in self.agenda.due(self.clock()) if due.url not in known)
        planned = plan(due, self.watchlist, self.agenda.spent(self.clock()))
        self.tally.later = len(planned.later)
        left = of = len(planned.now) + sum(len(batch.stories) for batch in left_behind)
        try:
            for batch in batches(planned.now, lambda due: self.engine.folder(self._folder(due.collection), due)):
                if self.tally.engine is None and self._at_hand(batch.folder):
                    self._hand_over(batch)
            while left and self.tally.engine is None:
                if self._over():
                    self.engine.recall()
                    break
                self.progress(of - left, of, self.engine.words(left))
                done = self.engine.next(self._began, self._time_left(), self.stopping)
                if done is not None:
                    left -= len(done[0].stories)
                    left += sum(len(batch.stories) for batch in self._take(*done))
        except EngineError as error:
            self.tally.engine = str(error)
        self.tally.later += left

    def _left_behind(self) -> Sequence[Batch]:
        try:
            return self.engine.left_behind()
        except EngineError as error:
            self.tally.engine = str(error)
            return ()

    def _hand_over(self, batch: Batch, *, first: bool = False) -> None:
        conditions = conditions_of(self.watchlist, batch.folder, self.contact)
        self.engine.hand_over(batch, self.watchlist.capture, conditions, self._time_left(), first=first)

    def _began(self, batch: Batch) -> None:
        self.journal.tell(
            "capture_started", capture=self._capture_id(batch), stories=len(batch.stories), folder=batch.folder.name
        )

    def _capture_id(self, batch: Batch) -> str:
        return f"{self.id}.{batch.id}"

    def _take(self, batch: Batch, captured: Captured) -> Sequence[Batch]:
        """Enter what came of a batch; returns what of it is tried again in smaller ones.

        Where the engine fails to let go of it, it comes again, to this run or the next: then nothing is entered twice.
        """
        halves = () if self.agenda.is_entered(batch.id) else self._entered(batch, captured)
        self.agenda.note_entered(batch.id)
        self.engine.entered(batch)
        self.agenda.forget_entered(batch.id)
        return halves

    def _entered(self, batch: Batch, captured: Captured) -> Sequence[Batch]:
        capture_id = self._capture_id(batch)
        self.journal.tell("capture_ended", capture=capture_id, ended=captured.ended.value, error=captured.message)
        self.tally.captured(captured)
        self.tally.stopped |= captured.ended is Ended.STOPPED and self.stopping()
        for due in batch.stories:
            if not self.agenda.is_entered(batch.id, due.url):
                self._enter(due, captured, capture_id, batch.id)
        halves: Sequence[Batch] = ()
        if captured.ended is Ended.FAULT and len(batch.stories) == 1:
            self.agenda.postpone(batch.stories[0], self.clock() + PUT_OFF)
        elif captured.ended is Ended.FAULT:
            halves = batch.halves()
        for half in reversed(halves):
            self._hand_over(half, first=True)
        return halves

    def _clear_out(self) -> None:
        """Delete the folders that the watchlist keeps no longer."""
        for folder in outlived(self.watchlist, self.started):
            if not self.uploads.remove(folder):
                continue
            self.journal.tell("collection_deleted", folder=str(folder))
            self.tally.note(f"{folder.name} has been kept as long as the watchlist says, and is deleted")
            shutil.rmtree(folder)

    def _enter(self, due: Due, captured: Captured, capture_id: str, batch: str) -> None:
        visits = [visit for visit in captured.visits if visit.story == due.url]
        if not visits:
            self.tally.later += captured.ended is not Ended.FAULT
            return
        edited = self.agenda.enter(self.id, due, visits, captured.cost.get(due.url, {}), self.watchlist.revisit, batch)
        self.tally.visited(due, visits, edited=edited)
        for visit in visits:
            self.journal.tell(
                "visited", capture=capture_id, story=due.url, url=visit.url, kind=due.kind.value,
                outcome=visit.outcome.value, edited=edited, record=visit.record, message=visit.message,
            )  # fmt: skip

    def _at_hand(self, folder: Path) -> bool:
        """Whether a collection may be written: that of a spool that was lost is fetched first."""
        try:
            if self.uploads.restore(folder):
                self.tally.note(f"{folder.name} was not in the spool any more, and is fetched from the store")
        except ArchiveError as error:
            self.tally.storage = str(error)
            return False
        return True

    def _tell_upload(self, folder: Path, sent: int, size: int, removed: Sequence[str]) -> None:
        self.journal.tell("uploaded", folder=folder.name, files=sent, bytes=size, removed=list(removed))

    def _interrupted(self) -> bool:
        if self.stopping():
            self.tally.stopped = True
        return self.tally.stopped

    def _over(self) -> bool:
        return self._interrupted() or self.tally.storage is not None or self._time_left() <= timedelta()

    def _time_left(self) -> timedelta:
        return self.watchlist.limits.time - (self.clock() - self.started)

    def _folder(self, collection: str) -> Path:
        return self.watchlist.archives / folder_name(collection, self.watchlist, self.started)
