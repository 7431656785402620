"""Writing a collection during a crawl: exchanges go in from any thread, and count once they are on the disk.

One thread writes. It takes everything that waits, compresses and appends it, syncs the file once, commits the ledger
once, and only then tells those who wait: so the price of a sync is shared by all exchanges that came meanwhile, and
nothing counts as captured that a power cut could take back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from time import sleep
from types import TracebackType
from typing import Any, BinaryIO, Self

from crawler.archive.cdxj import write_index
from crawler.archive.datapackage import write_datapackage
from crawler.archive.errors import ArchiveError, explain
from crawler.archive.layout import INDEX, LEDGER, WARCS, Lock, lock_collection
from crawler.archive.ledger import Ledger
from crawler.archive.pages import write_first_pages
from crawler.archive.payloads import Payloads
from crawler.archive.raw import RawExchange
from crawler.archive.recorded import (
    Prepared,
    Recorded,
    Write,
    prepare_exchange,
    ready_copy,
    ready_exchange,
    ready_metadata,
    ready_resource,
)
from crawler.archive.recovery import open_ledger, recover
from crawler.archive.row import Row
from crawler.archive.warcinfo import Warcinfo
from crawler.archive.writer import WarcWriter
from crawler.model import Exchange, Failure, RecordRef

logger = logging.getLogger(__name__)
_GROUP = 1024
GATHERING = 0.004
"""Seconds in which a group gathers while a crawl is busy: a sync costs the same for one exchange and for thirty."""
_Done = tuple[Future[Any], object]
_Failed = tuple[Future[Any], Exception]


@dataclass(slots=True)
class _Task:
    ready: Callable[[], Write]
    """Makes ready what is to be written; harms nothing when it fails."""
    release: Callable[[], None]
    future: Future[Any]
    records: bool = True
    """Whether records are written, or the ledger only."""
    prepared: Prepared | None = None
    """What is to be written, where it is ready and its payload is new."""


@dataclass(frozen=True, slots=True)
class Run:
    """A capture that was asked for, from its first beginning until all of it is done."""

    number: int
    started_at: datetime
    """When it was first begun, UTC."""
    resumed: bool
    """Whether it was cut off and goes on now."""


class Recorder:
    """The one writer of a collection; makes the collection where there is none.

    With ``beside``, a payload that another collection of the same folder holds is referred to and not stored again.

    Raises ``CollectionLocked`` where there is another writer, ``CollectionError`` for a folder that is something else,
    ``ArchiveError`` where it cannot be written.
    """

    def __init__(
        self,
        collection_path: Path | str,
        *,
        software: str,
        operator: str | None = None,
        contact: str | None = None,
        robots: str = "obey",
        rotate_bytes: int = 1_000_000_000,
        beside: bool = False,
    ) -> None:
        self.path = path = Path(collection_path)
        with ExitStack() as held:
            held.enter_context(lock_collection(path))
            try:
                self._ledger = open_ledger(path)
                held.callback(self._ledger.close)
                self._payloads = Payloads(path) if beside else None
                if self._payloads:
                    held.callback(self._payloads.close)
                self.recovered = recover(path, self._ledger)
                """Files that a crawl before this one left unfinished, with what was cut off."""
            except OSError as error:
                raise explain(error, "write the collection", path) from error
            self._held = held.pop_all()
        self._warcinfo = Warcinfo(path, software=software, operator=operator, contact=contact, robots=robots)
        self._writer = WarcWriter(
            path / WARCS,
            prefix=self._warcinfo.prefix,
            first_member=self._warcinfo.member,
            sealed=self._enter_file,
            rotate_bytes=rotate_bytes,
        )
        self.run: Run | None = None
        """The capture that is recorded, where one was begun."""
        self._error: ArchiveError | None = None
        self._closed = False
        self._gate = threading.Lock()
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"recorder of {path.name}", daemon=True)
        self._thread.start()

    def record(self, exchange: Exchange) -> Future[Recorded]:
        """Write an exchange; its files belong to the recorder from here on.

        The future ends when the exchange is on the disk. It raises ``ArchiveError`` where it could not be written; once
        the disk failed, every later one raises too. From any thread.
        """
        try:
            prepared = prepare_exchange(exchange, self._warcinfo)
        except (OSError, ValueError):
            prepared = None  # a file that cannot be read is told by the future
        return self._put(
            lambda: ready_exchange(exchange, self._ledger, self._warcinfo, self._payloads),
            exchange.close,
            prepared=prepared,
        )

    def fail(self, failure: Failure) -> Future[None]:
        """Enter a request that left no byte into the ledger."""
        return self._put(lambda: lambda _: self._ledger.fail(failure), _nothing, records=False)

    def resource(self, url: str, data: bytes | BinaryIO, content_type: str, when: datetime) -> Future[Recorded]:
        """Write a thing that was made, not fetched, such as a page's text under ``urn:text:<url>``.

        A stream belongs to the recorder from here on, as with :meth:`record`.
        """
        release = _nothing if isinstance(data, bytes) else data.close
        return self._put(lambda: ready_resource(url, data, content_type, when, self._ledger, self._warcinfo), release)

    def metadata(
        self, url: str, data: bytes, content_type: str, when: datetime, *, about: RecordRef
    ) -> Future[RecordRef]:
        """Write what was found out about a capture, ``about`` being its record and ``url`` its address."""
        return self._put(lambda: ready_metadata(url, data, content_type, when, about.id, self._warcinfo), _nothing)

    def copy(self, exchange: RawExchange) -> Future[Recorded]:
        """Write the records of a capture of another archive unchanged; nothing is written twice."""
        return self._put(lambda: ready_copy(exchange, self._ledger, self._warcinfo), _nothing)

    def begin_run(self, asked: str, *, within: timedelta = timedelta(days=1)) -> Run:
        """Note that a capture of ``asked`` begins; goes on with one that was begun ``within`` that time and cut off.

        Call before anything is recorded. Raises ``ArchiveError``.
        """
        now = datetime.now(UTC)
        number, started_at = self._ledger.begin_run(asked, now, since=now - within)
        self.run = Run(number, started_at, resumed=started_at != now)
        return self.run

    def close(self) -> None:
        """Write what waits, give the last WARC its final name, and bring index and datapackage up to date.

        Raises ``ArchiveError`` where any of this, or anything before it, could not be written.
        """
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        with self._held:
            try:
                self._writer.close()
                self._ledger.commit()
                write_index(self._ledger, self.path / INDEX)
                write_first_pages(self._ledger, self.path)
                self._ledger.close()
                write_datapackage(self.path)
            except OSError as error:
                self._error = self._error or explain(error, "finish the collection", self.path)
        if self._error:
            raise self._error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except ArchiveError as failure:
            if error is None:
                raise
            error.add_note(str(failure))

    def _put(
        self,
        ready: Callable[[], Write],
        release: Callable[[], None],
        *,
        records: bool = True,
        prepared: Prepared | None = None,
    ) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # what was received is written, whoever waits for it or no longer does
        with self._gate:
            if not self._closed:
                self._queue.put(_Task(ready, release, future, records, prepared))
                return future
        release()
        future.set_exception(ArchiveError(f"the recorder of {self.path} is closed", self.path))
        return future

    def _run(self) -> None:
        more, crowded = True, False
        while more:
            batch: list[_Task] = []
            try:
                task = self._queue.get()
                if task is not None and crowded:
                    sleep(GATHERING)
                while task is not None and len(batch) < _GROUP - 1:
                    batch.append(task)
                    task = self._queue.get_nowait()
                if task is None:
                    more = False
                else:
                    batch.append(task)
            except Empty:
                pass
            crowded = len(batch) > 1
            self._write(batch)

    def _write(self, batch: list[_Task]) -> None:
        done: list[_Done] = []
        failed: list[_Failed] = []
        known = self._known(batch)
        for task in batch:
            if self._error is None:
                self._work(task, known, done, failed)
            else:
                failed.append((task.future, self._error))
            task.release()
        try:
            if self._error is None:
                self._writer.sync()
                fresh = self._ledger.commit()
                self._share(fresh)
        except ArchiveError as error:
            self._break(error)
        for future, result in done:
            if self._error is None:
                future.set_result(result)
            else:
                future.set_exception(self._error)
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
        write: Write | None = None
        try:
            if task.records:
                self._writer.begin()
            prepared = task.prepared
            if prepared and prepared.warcinfo == self._warcinfo.id and prepared.digest not in known:
                write = partial(prepared.append_to, ledger=self._ledger)
                if prepared.digest:
                    known.add(prepared.digest)
            else:
                write = task.ready()
            done.append((task.future, write(self._writer)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it must reach the one who waits
            if write is not None or isinstance(error, ArchiveError):
                self._break(error)  # half of it may be written, or the disk failed: nothing may follow
            failed.append((task.future, _as_archive_error(error, self.path)))

    def _enter_file(self, name: str, size: int) -> None:
        if self._error is None:  # else the ledger may lack what the file holds: the next start looks
            self._ledger.enter_file(name, size)

    def _break(self, error: Exception) -> None:
        """Nothing more is written: what does not count yet is taken back."""
        self._error = _as_archive_error(error, self.path)
        for take_back in (self._writer.rollback, self._ledger.rollback):
            try:
                take_back()
            except ArchiveError as another:
                self._error.add_note(str(another))


def end_run(collection_path: Path | str, asked: str) -> None:
    """Note that a capture is done, its tables included. Raises ``ArchiveError``, ``CollectionLocked``."""
    path = Path(collection_path)
    try:
        with Lock(path), closing(Ledger(path / LEDGER)) as ledger:
            ledger.end_runs(asked, datetime.now(UTC))
            ledger.commit()
    except OSError as error:
        raise explain(error, "write the collection", path) from error


def _as_archive_error(error: Exception, path: Path) -> ArchiveError:
    if isinstance(error, OSError):
        return explain(error, "write the collection", path)
    wrapped = ArchiveError(f"cannot record into {path}: {type(error).__name__}: {error}", path)
    wrapped.__cause__ = error
    return wrapped


def _nothing() -> None:
    pass
