"""Group commit: everything that waits is written together, synced once, and only then counts.

One thread writes. It takes all that waits, appends it, syncs the file once, commits the ledger once, and then tells
those who wait: so the price of a sync is shared by all exchanges that came meanwhile, and nothing counts as captured
that a power cut could take back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import sleep
from typing import Any

from crawler.archive.errors import ArchiveError, explain
from crawler.archive.ledger import Ledger
from crawler.archive.message import Closeable
from crawler.archive.payloads import Payloads
from crawler.archive.prepared import Prepared
from crawler.archive.ready import Write, ready_exchange
from crawler.archive.row import Row
from crawler.archive.warcinfo import Warcinfo
from crawler.archive.writer import WarcWriter
from crawler.model import Exchange

logger = logging.getLogger(__name__)
_GROUP = 1024
"""Tasks written together at most."""
GATHERING = 0.02
"""Seconds in which a group gathers while a crawl is busy.

A group costs the same for one exchange and for thirty: a sync, the log of the ledger, and sixteen times that two
threads give each other the interpreter.
"""
_Done = tuple[Future[Any], object]
_Failed = tuple[Future[Any], Exception]


@dataclass(slots=True)
class _Task:
    what: Exchange | Callable[[], Write]
    """An exchange, or what makes ready something else; harms nothing when it fails."""
    owned: Closeable | None
    future: Future[Any]
    records: bool
    """Whether records are written, or the ledger only."""
    prepared: Prepared | None
    """What is to be written, where it was prepared and its payload is new."""


class GroupCommit:
    """The thread that writes to the collection at ``path``; what is put in from any thread is written in that order.

    Once the disk failed nothing more is written, and what did not count yet is taken back.
    """

    def __init__(
        self, path: Path, writer: WarcWriter, ledger: Ledger, warcinfo: Warcinfo, payloads: Payloads | None
    ) -> None:
        self._path = path
        self._writer = writer
        self._ledger = ledger
        self._warcinfo = warcinfo
        self._payloads = payloads
        self.error: ArchiveError | None = None
        """Why nothing can be written any more."""
        self._closed = False
        self._gate = threading.Lock()
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"recorder of {path.name}", daemon=True)
        self._thread.start()

    def put(
        self,
        what: Exchange | Callable[[], Write],
        owned: Closeable | None = None,
        *,
        records: bool = True,
        prepared: Prepared | None = None,
    ) -> Future[Any]:
        """Have an exchange written as it is ``prepared`` where its payload is new, or else as it is made ready then.

        So is whatever else the writing thread calls to make it ready. ``owned`` is closed afterwards in any case;
        without ``records`` only the ledger is written. The future ends when it counts, with what the write gave, or
        with ``ArchiveError``.
        """
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # what was received is written, whoever waits for it or no longer does
        with self._gate:
            if not self._closed:
                self._queue.put(_Task(what, owned, future, records, prepared))
                return future
        if owned:
            owned.close()
        future.set_exception(ArchiveError(f"the recorder of {self._path} is closed", self._path))
        return future

    def close(self) -> bool:
        """Write what waits and end the thread; False where that was done before."""
        with self._gate:
            if self._closed:
                return False
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        return True

    def _run(self) -> None:
        more, crowded = True, False
        while more:
            batch, more = self._gather(GATHERING if crowded else 0.0)
            crowded = len(batch) > 1
            try:
                self._write(batch)
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody may wait for this thread in vain
                self._break(error)
                self._give_up(batch)

    def _give_up(self, batch: list[_Task]) -> None:
        """Tell those who still wait for a batch why it was not written."""
        assert self.error
        for task in batch:
            if not task.future.done():
                task.future.set_exception(self.error)

    def _gather(self, seconds: float) -> tuple[list[_Task], bool]:
        """All that waits, with what comes in the seconds after the first of it; and whether more may come."""
        task = self._queue.get()
        if task is not None and seconds:
            sleep(seconds)
        batch: list[_Task] = []
        while task is not None:
            batch.append(task)
            try:
                task = self._queue.get_nowait() if len(batch) < _GROUP else None
            except Empty:
                return batch, True
        return batch, len(batch) == _GROUP

    def _read(self, batch: list[_Task]) -> None:
        """Read the responses that were not read when they were handed over."""
        for task in batch:
            if task.prepared:
                try:
                    task.prepared.read()
                except Exception:  # noqa: BLE001
                    task.prepared = None  # what makes it ready meets the same, and tells it

    def _write(self, batch: list[_Task]) -> None:
        done: list[_Done] = []
        failed: list[_Failed] = []
        self._read(batch)
        known = self._known(batch)
        for task in batch:
            if self.error is None:
                self._work(task, known, done, failed)
            else:
                failed.append((task.future, self.error))
            if task.owned:
                task.owned.close()
        try:
            if self.error is None:
                self._writer.sync()
                fresh = self._ledger.commit()
                self._share(fresh)
        except ArchiveError as error:
            self._break(error)
        for future, result in done:
            if self.error is None:
                future.set_result(result)
            else:
                future.set_exception(self.error)
        for future, problem in failed:
            future.set_exception(problem)

    def _share(self, fresh: list[Row]) -> None:
        if self._payloads and fresh:
            try:
                self._payloads.add(fresh)
            except ArchiveError as error:
                logger.warning("%s. Other collections will not refer to what is captured here.", error)

    def _known(self, batch: list[_Task]) -> set[str]:
        """The payloads of a batch that are there already."""
        digests = [task.prepared.digest for task in batch if task.prepared]
        try:
            asked = [digest for digest in digests if digest]
            known = set(self._ledger.with_payloads(asked))
            if self._payloads:
                known |= {digest for digest in asked if digest not in known and self._payloads.find(digest)}
            return known
        except ArchiveError as error:
            self._break(error)
            return set()

    def _work(self, task: _Task, known: set[str], done: list[_Done], failed: list[_Failed]) -> None:
        writing = False
        try:
            if task.records:
                self._writer.begin()
            prepared = task.prepared
            if prepared and self._fits(prepared, known):
                writing = True
                if prepared.digest:
                    known.add(prepared.digest)
                result: object = prepared.append_to(self._writer, self._ledger)
            else:
                write = self._ready(task)
                writing = True
                result = write(self._writer)
            done.append((task.future, result))
        except Exception as error:  # noqa: BLE001 - whatever it is, it must reach the one who waits
            if writing or isinstance(error, ArchiveError):
                self._break(error)  # half of it may be written, or the disk failed: nothing may follow
            failed.append((task.future, self._explained(error)))

    def _ready(self, task: _Task) -> Write:
        if isinstance(task.what, Exchange):
            message = task.prepared.message if task.prepared else None
            return ready_exchange(task.what, self._ledger, self._warcinfo, self._payloads, message)
        return task.what()

    def _fits(self, prepared: Prepared, known: set[str]) -> bool:
        """Whether an exchange can be written as it was prepared."""
        if prepared.confirms or prepared.warcinfo != self._warcinfo.id:
            return False
        return prepared.digest not in known

    def _break(self, error: Exception) -> None:
        """Nothing more is written: what does not count yet is taken back."""
        self.error = self._explained(error)
        for take_back in (self._writer.rollback, self._ledger.rollback):
            try:
                take_back()
            except Exception as another:  # noqa: BLE001 - what failed first is what is told
                self.error.add_note(str(another))

    def _explained(self, error: Exception) -> ArchiveError:
        if isinstance(error, OSError):
            return explain(error, "write the collection", self._path)
        wrapped = ArchiveError(f"cannot record into {self._path}: {type(error).__name__}: {error}", self._path)
        wrapped.__cause__ = error
        return wrapped
