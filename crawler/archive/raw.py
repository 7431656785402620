"""The records of a capture as they lie in their file, to be copied into another archive byte by byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from crawler.archive.errors import ReadError
from crawler.archive.reader import Damage, FoundRecord, read_records
from crawler.archive.record import Record
from crawler.archive.row import Row
from crawler.archive.source import Source
from crawler.archive.tape import TapeError


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it lies in its file, ready to be copied."""

    id: str
    type: str
    source: Source
    offset: int
    length: int
    member: bool
    """Whether these bytes are one gzip member with this record alone."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes in the file where ``member``, else the record decompressed."""
        if self.member:
            with self.source.open() as file:
                file.seek(self.offset)
                left = self.length
                while left and (piece := file.read(min(left, 1 << 18))):
                    left -= len(piece)
                    yield piece
            return
        found = FoundRecord(self.source, self.offset, self.id)
        try:
            yield from found.raw()
        finally:
            found.close()


@dataclass(frozen=True, slots=True)
class RawExchange:
    """The records of one capture, in the order they lie, and what a ledger says of it."""

    row: Row
    records: tuple[RawRecord, ...]
    warcinfo: RawRecord | None
    """The record that says who made them, where their file begins with it."""


def raw_record(record: Record, source: Source) -> RawRecord:
    """The place of a record that is being read, which is read to its end. Raises ``TapeError`` where it is damaged."""
    length = record.finish()
    head = record.head
    alone = record.compression == "gzip" and not record.shared
    return RawRecord(head.id, head.type, source, record.offset, length, alone)


def raw_exchange(row: Row, source: Source, damage: Callable[[Damage], None]) -> RawExchange:
    """The records of a capture as they lie in ``source``, without those beside its own that are damaged.

    Raises ``ReadError`` where its own is.
    """
    about: RawRecord | None = None
    with suppress(TapeError):
        about = next((raw_record(record, source) for record in read_records(source, damage)), None)
    records = []
    for record in read_records(source, damage, row.first):
        if record.offset >= row.first + row.span:
            break
        with suppress(TapeError):  # the reader meets the same damage, and reports it
            records.append(raw_record(record, source))
    if all(record.id != row.id for record in records):
        raise ReadError(f"the record {row.id} in {source.name} at {row.offset} is damaged", source.name)
    return RawExchange(row, tuple(records), about if about and about.type == "warcinfo" else None)
