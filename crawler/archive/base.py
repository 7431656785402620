"""Reading an archive, whoever wrote it: its captures one by one, one by URL and time, and the records behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from crawler.archive.errors import ReadError
from crawler.archive.http_head import Head, MessageError
from crawler.archive.ledger import Ledger
from crawler.archive.message import body_of
from crawler.archive.raw import RawExchange, raw_exchange
from crawler.archive.reader import Damage, FoundRecord, read_records
from crawler.archive.recorded import Recorded, recorded
from crawler.archive.revisit import fields_of, payload_holder, updated
from crawler.archive.row import Row, capture_of, to_micros
from crawler.archive.scan import Found, scan
from crawler.archive.scratch import subfolder
from crawler.archive.source import Source
from crawler.archive.surt import surt
from crawler.archive.warc_head import WarcHead
from crawler.model import Capture, RecordRef, Role

if TYPE_CHECKING:
    from crawler.archive.recorder import Recorder

_DAMAGE_KEPT = 10_000  # places; a file of noise may have millions


class Archive:
    """WARC files that are read together. Close it, or use it as a context manager, to remove its temporary index."""

    def __init__(self, path: Path, sources: Sequence[Source]) -> None:
        self.path = path
        self.sources = {source.name: source for source in sources}
        self.left_out: list[str] = []
        """A line for each WARC of the archive that can't be read, such as one that a crawl is still writing."""
        self.damage: list[Damage] = []
        """What could not be read so far, filled while captures are gone through."""
        self._noted: set[tuple[str, int]] = set()
        self._index: Ledger | None = None
        self._closing = ExitStack()

    def captures(self) -> Iterator[Capture]:
        """Every response, revisit and resource in the order they were written.

        Damaged records are passed over and entered in :attr:`damage`; the others follow all the same.
        """
        return (capture for _, capture in self.entries())

    def entries(self, warc: str | None = None) -> Iterator[tuple[Row, Capture]]:
        """As :meth:`captures`, each with what a ledger keeps of it; with ``warc`` only those of this file."""
        for source in self.sources.values():
            for found in self._scan(source) if warc in (None, source.name) else ():
                yield found.row, self._capture(found.row, found.head, found.http)

    def at(self, row: Row) -> Capture:
        """The capture that a row tells of which :meth:`entries` gave. Raises ``ArchiveError``."""
        return self._found(row)

    def find(self, url: str, at: datetime | None = None) -> Capture | None:
        """The capture of ``url`` nearest in time to ``at``, or the latest; None where there is none.

        The same spelling of the URL is preferred over others with the same key.
        """
        rows = self.index().nearest(surt(url), to_micros(at) if at else 1 << 62)
        first: Row | None = None
        for row in rows:
            if row.warc not in self.sources:
                continue  # a crawl is still writing it
            if row.url == url:
                return self._found(row)
            first = first or row
        return self._found(first) if first else None

    def latest(self, url: str, *, since: datetime | None = None) -> Capture | None:
        """The latest capture of exactly this ``url``, none before ``since``; None where there is none."""
        earliest = to_micros(since) if since else 0
        for row in self.index().of_url(surt(url)):
            if row.captured_at < earliest:
                return None
            if row.url == url and row.type != "resource" and row.warc in self.sources:
                return self._found(row)
        return None

    def confirmable(self, url: str) -> Capture | None:
        """The latest whole capture of exactly this ``url`` with status 200, to ask a server whether it still holds."""
        for row in self.index().of_url(surt(url)):
            if row.url == url and row.status == 200 and row.is_whole and row.warc in self.sources:
                return self._found(row) if row.etag or row.last_modified else None
        return None

    def recorded(self, capture: Capture) -> Recorded:
        """What was told of a capture when it was recorded. Raises ``ArchiveError`` where it is not of this archive."""
        return recorded(self._row(capture.record))

    def find_record(self, url: str, at: datetime, role: Role) -> RecordRef | None:
        """The record of the capture of ``url`` for ``role`` nearest in time, one that came whole before a refusal."""
        micros = to_micros(at)
        rows = [row for row in self.index().of_url(surt(url)) if row.url == url and row.role == role.value]
        best = min(rows, key=lambda row: (not row.came, abs(row.captured_at - micros)), default=None)
        return best.ref if best else None

    def capture(self, ref: RecordRef) -> Capture:
        """The capture whose record this is. Raises ``ArchiveError`` where it is not there."""
        return self._found(self._row(ref))

    def read(self, ref: RecordRef) -> BinaryIO:
        """The block of a record as it stands in its file. Raises ``ArchiveError`` where it is not there."""
        return self._open(ref).block()

    def head(self, ref: RecordRef) -> WarcHead:
        """The named fields of a record. Raises ``ArchiveError`` where it is not there."""
        found = self._open(ref)
        found.close()
        return found.record.head

    def raw_records(self, capture: Capture) -> list[RawExchange]:
        """The records of a capture: first the exchange that holds the payload where it is a revisit, then its own.

        Raises ``ArchiveError`` where the capture is not of this archive.
        """
        row = self._row(capture.record)
        if row.type == "revisit" and (holder := self._holder(row)):
            archive, original = holder
            return [archive.raw_exchange(original), self.raw_exchange(row)]
        return [self.raw_exchange(row)]

    def raw_exchange(self, row: Row) -> RawExchange:
        """The records of one capture of this archive as they lie there. Raises ``ArchiveError``."""
        return raw_exchange(row, self.sources[row.warc], self.note)

    def copy_capture(self, capture: Capture, recorder: Recorder) -> Future[Recorded]:
        """Copy the records of a capture unchanged into a collection being written; the future ends with the last."""
        futures = [recorder.copy(exchange) for exchange in self.raw_records(capture)]
        return futures[-1]

    def index(self) -> Ledger:
        """The captures by URL, time and id; made by going through the files when first asked for."""
        if self._index is None:
            folder = self._closing.enter_context(subfolder())
            index = Ledger(Path(folder) / "index.sqlite")
            self._closing.callback(index.close)
            for source in self.sources.values():
                for found in self._scan(source):
                    index.add(found.row)
            index.commit()
            self._index = index
        return self._index

    def index_file(self) -> Path:
        """The file of the index, which others may read as long as this archive is open."""
        return self.index().file

    def use_index(self, file: Path) -> None:
        """Look captures up in an index that another process made of the same archive. Raises ``ArchiveError``."""
        if self._index is None:
            self._index = Ledger(file, writing=False)
            self._closing.callback(self._index.close)

    def close(self) -> None:
        """Let go of the index."""
        self._closing.close()
        self._index = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def note(self, damage: Damage) -> None:
        """Enter damage once, however often the file is read."""
        key = (damage.warc, damage.offset)
        if key not in self._noted and len(self._noted) < _DAMAGE_KEPT:
            self._noted.add(key)
            self.damage.append(damage)

    def _scan(self, source: Source) -> Iterator[Found]:
        try:
            with source.open() as file:
                if not file.read(1):
                    self.note(Damage(source.name, 0, "the file is empty"))
            yield from scan(read_records(source, self.note), source.name, self.note)
        except OSError as error:
            self.note(Damage(source.name, 0, f"cannot be read: {error.strerror or error}"))

    def _open(self, ref: RecordRef) -> FoundRecord:
        source = self.sources.get(ref.warc)
        if source is None:
            raise ReadError(f"{self.path} holds no WARC named {ref.warc}", self.path)
        return FoundRecord(source, ref.offset, ref.id)

    def _row(self, ref: RecordRef) -> Row:
        row = self.index().get(ref.id) if ref.id else None
        if row is None:
            raise ReadError(f"{self.path} holds no capture {ref.id}", self.path)
        return row

    def _holder(self, row: Row) -> tuple[Archive, Row] | None:
        """The archive and the capture in it that hold the payload of a revisit."""
        original = payload_holder(self.index(), row)
        return (self, original) if original else None

    def _found(self, row: Row) -> Capture:
        found = self._open(row.ref)
        try:
            http = found.record.http_head() if row.type != "resource" else None
            return self._capture(row, found.record.head, http[0] if http else None)
        finally:
            found.close()

    def _capture(self, row: Row, head: WarcHead, http: Head | None) -> Capture:
        fields, status, mime = fields_of(http), row.status, row.mime
        if row.type == "revisit" and (http is None or row.status == 304) and (kept := self._holder(row)):
            with suppress(OSError):  # where it cannot be read the body raises, and the captures after this one follow
                stored = kept[0]._found(kept[1])
                mime = mime or stored.mime
                status = stored.status if http is None else status
                fields = updated(stored.headers, fields)
        return capture_of(row, lambda: self._body(row, http), status=status, headers=fields, mime=mime)

    def _body(self, row: Row, http: Head | None) -> BinaryIO:
        archive, holder = self, row
        if row.type == "revisit":
            kept = self._holder(row)
            if kept is None:
                raise ReadError(
                    f"{self.path}: the payload of {row.url} ({row.id}) is in record "
                    f"{row.refers_to or row.refers_to_url}, which this archive does not hold",
                    self.path,
                )
            archive, holder = kept
        found = archive._open(holder.ref)
        block = found.block()
        if holder.type == "resource" or not holder.url.lower().startswith(("http:", "https:")):
            return block
        own = http if row.type == "revisit" and row.status != 304 else None  # many writers keep little of it
        try:
            return body_of(block, own)
        except MessageError:
            block.close()
            return archive._open(holder.ref).block()
