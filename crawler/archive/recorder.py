"""Writing a collection during a crawl: exchanges go in from any thread, and count once they are on the disk."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from crawler.archive.cdxj import write_index
from crawler.archive.datapackage import write_datapackage
from crawler.archive.errors import ArchiveError, explain
from crawler.archive.group_commit import GroupCommit
from crawler.archive.layout import INDEX, LEDGER, WARCS, lock_collection
from crawler.archive.ledger import Ledger
from crawler.archive.lock import Lock
from crawler.archive.pages import write_first_pages
from crawler.archive.payloads import Payloads
from crawler.archive.prepared import prepare_exchange
from crawler.archive.raw import RawExchange
from crawler.archive.ready import ready_copy, ready_metadata, ready_resource
from crawler.archive.recorded import Recorded
from crawler.archive.recovery import open_ledger, recover
from crawler.archive.store.sources import stored_names
from crawler.archive.warcinfo import Warcinfo
from crawler.archive.writer import WarcWriter
from crawler.model import Exchange, Failure, RecordRef

logger = logging.getLogger(__name__)


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
            taken=stored_names(path),
        )
        self.run: Run | None = None
        """The capture that is recorded, where one was begun."""
        self._commits = GroupCommit(path, self._writer, self._ledger, self._warcinfo, self._payloads)

    def record(self, exchange: Exchange) -> Future[Recorded]:
        """Write an exchange; its files belong to the recorder from here on.

        The future ends when the exchange is on the disk. It raises ``ArchiveError`` where it could not be written; once
        the disk failed, every later one raises too. From any thread.
        """
        try:
            prepared = prepare_exchange(exchange, self._warcinfo)
        except (OSError, ValueError):
            prepared = None  # a file that cannot be read is told by the future
        return self._commits.put(exchange, exchange, prepared=prepared)

    def fail(self, failure: Failure) -> Future[None]:
        """Enter a request that left no byte into the ledger."""
        return self._commits.put(lambda: lambda _: self._ledger.fail(failure), records=False)

    def resource(self, url: str, data: bytes | BinaryIO, content_type: str, when: datetime) -> Future[Recorded]:
        """Write a thing that was made, not fetched, such as a page's text under ``urn:text:<url>``.

        A stream belongs to the recorder from here on, as with :meth:`record`.
        """
        return self._commits.put(
            lambda: ready_resource(url, data, content_type, when, self._ledger, self._warcinfo),
            None if isinstance(data, bytes) else data,
        )

    def metadata(
        self, url: str, data: bytes, content_type: str, when: datetime, *, about: RecordRef
    ) -> Future[RecordRef]:
        """Write what was found out about a capture, ``about`` being its record and ``url`` its address."""
        return self._commits.put(lambda: ready_metadata(url, data, content_type, when, about.id, self._warcinfo))

    def copy(self, exchange: RawExchange) -> Future[Recorded]:
        """Write the records of a capture of another archive unchanged; nothing is written twice."""
        return self._commits.put(lambda: ready_copy(exchange, self._ledger, self._warcinfo))

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
        if not self._commits.close():
            return
        error = self._commits.error
        with self._held:
            try:
                self._writer.close()
                self._ledger.commit()
                write_index(self._ledger, self.path / INDEX)
                write_first_pages(self._ledger, self.path)
                self._ledger.close()
                write_datapackage(self.path)
            except OSError as problem:
                error = error or explain(problem, "finish the collection", self.path)
        if error:
            raise error

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

    def _enter_file(self, name: str, size: int) -> None:
        if self._commits.error is None:  # else the ledger may lack what the file holds: the next start looks
            self._ledger.enter_file(name, size)


def end_run(collection_path: Path | str, asked: str) -> None:
    """Note that a capture is done, its tables included. Raises ``ArchiveError``, ``CollectionLocked``.

    Where this raises, the note was not made. A disk that fails once it is made is no failure of the capture's: what the
    ledger left open beside itself is tidied by its next writer.
    """
    path = Path(collection_path)
    try:
        with ExitStack() as held:
            held.enter_context(Lock(path))
            ledger = Ledger(path / LEDGER)
            try:
                ledger.end_runs(asked, datetime.now(UTC))
                ledger.commit()
            except BaseException:
                with suppress(ArchiveError):
                    ledger.close()
                raise
            try:
                ledger.close()
            except ArchiveError as error:
                logger.warning("%s. The capture is whole, and noted as done.", error)
    except OSError as error:
        raise explain(error, "write the collection", path) from error
