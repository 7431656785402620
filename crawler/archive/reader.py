"""Records of a WARC file, one after another, with their exact place; damage is noted and read past.

A record's place is known only when its last byte, and in a gzip member of its own the check sum after it, was read. Of
a damaged member of many records those before the damage are given, up to which no check sum can be had.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from crawler.archive.errors import ReadError
from crawler.archive.frames import is_zstd
from crawler.archive.message import Closeable, Head, MessageError, Pieces, split_head
from crawler.archive.message import parse_head as parse_http
from crawler.archive.tape import GZIP, GzipTape, Tape, TapeError
from crawler.archive.warc import END, MAX_HEAD, HeadError, WarcHead, plain_head, read_head
from crawler.archive.zstd_tape import ZstdTape

_HEAD = 2048
"""Bytes that hold almost every record head."""
_HTTP_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of an archive that could not be read, and what is wrong with them."""

    warc: str
    offset: int
    message: str


class Source(Protocol):
    """A WARC file wherever it lies."""

    @property
    def name(self) -> str:
        """What records of the file are referred to by."""

    def open(self) -> BinaryIO:
        """The file's bytes, seekable."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A WARC in the file system."""

    path: Path
    name: str

    def open(self) -> BinaryIO:
        """The file's bytes."""
        return self.path.open("rb")


class Record:
    """A record under the reading head: its block can be read until the next record is asked for."""

    __slots__ = (
        "_fresh",
        "_left",
        "_length",
        "_source",
        "_tape",
        "compression",
        "head",
        "offset",
        "raw_head",
        "shared",
    )

    def __init__(self, tape: Tape, source: Source, data: bytes) -> None:
        self._tape = tape
        self._source = source
        self._fresh = tape.fresh
        while data[:1] in (b"\r", b"\n"):
            tape.skip(len(data) - len(data.lstrip(b"\r\n")))
            data = tape.peek(_HEAD)
        self.offset = tape.start
        self.raw_head, self.head = plain_head(data) or _head(data, tape)
        self._left = self.head.content_length
        tape.skip(len(self.raw_head))
        self._length: int | None = None
        self.compression = tape.compression
        """``gzip`` or ``zstd``; None in a plain file."""
        self.shared = False
        """Whether other records lie in the same gzip member or frame; known once ``finish`` was called."""

    def peek(self, size: int) -> bytes:
        """The next bytes of the block, up to ``size``, not taken."""
        return self._tape.peek(min(size, self._left))[: min(size, self._left)]

    def pieces(self) -> Iterator[bytes]:
        """The rest of the block. Raises ``TapeError`` where it is damaged."""
        while self._left:
            piece = self._tape.take(min(self._left, 1 << 18))
            if not piece:
                raise TapeError("a block is shorter than its Content-Length", self.offset)
            self._left -= len(piece)
            yield piece

    def http_head(self) -> tuple[Head, int] | None:
        """The HTTP head the block begins with and its length; None where it begins with none."""
        size = 4096
        while (end := split_head(data := self.peek(size))) is None and size < _HTTP_HEAD and len(data) >= size:
            size *= 4
        raw = data[:end]
        try:
            return parse_http(raw), len(raw)
        except MessageError:
            return None

    def finish(self) -> int:
        """Read to the record's end; the record's length in the file, of its gzip member or frames where it has some."""
        if self._length is None:
            tape = self._tape
            if self._left:
                for _ in self.pieces():
                    pass
            if tape.begins_with(END):
                tape.skip(len(END))
            else:
                self._pass_over_end()
            self.shared = self.compression is not None and (not self._fresh or not tape.at_end)
            self._length = (self._member_end() if self.shared else tape.end) - self.offset
        return self._length

    def _pass_over_end(self) -> None:
        """Section 4.1 asks for two line ends; none are forgiven where a record or nothing follows."""
        for _ in range(4):
            if self._tape.peek(1)[:1] in (b"\r", b"\n"):
                self._tape.skip(1)
        after = self._tape.peek(5)[:5]
        if after and after != b"WARC/"[: len(after)] and after.strip(b"\r\n"):
            raise TapeError("a block does not end where its Content-Length says", self.offset)

    def _member_end(self) -> int:
        tape = self._tape
        if tape.known_end is None:
            with self._source.open() as file:
                ahead = open_tape(file, self.offset)
                try:
                    ahead.begin()
                    ahead.finish()
                    tape.known_end = ahead.end
                except TapeError:
                    tape.known_end = file.seek(0, io.SEEK_END)
        return tape.known_end


def open_tape(file: BinaryIO, offset: int = 0) -> Tape:
    """The tape for ``file``, by its first bytes from ``offset`` on. Raises ``OSError``."""
    file.seek(offset)
    start = file.read(9)
    if start.startswith(GZIP):
        return GzipTape(file, offset)
    return ZstdTape(file, offset) if is_zstd(start) else Tape(file, offset)


def _head(data: bytes, tape: Tape) -> tuple[bytes, WarcHead]:
    """The head that ``data``, the next bytes of ``tape``, begin with. Raises ``HeadError``."""
    size = _HEAD
    while (end := split_head(data)) is None:
        if len(data) < size:
            tape.check()
        if len(data) < size or size >= MAX_HEAD or not data.startswith(b"WARC/") or b"\nWARC/" in data:
            raise HeadError(f"no record head: {data[:40]!r}")
        size *= 4
        data = tape.peek(size)
    return data[:end], read_head(data[:end])


def read_records(source: Source, damage: Callable[[Damage], None], offset: int = 0) -> Iterator[Record]:
    """The records of a file from ``offset`` on.

    What is damaged is told to ``damage`` and passed over. Raises ``OSError`` where the file cannot be read at all.
    """
    with source.open() as file:
        tape = open_tape(file, offset)
        while True:
            try:
                if not tape.begin():
                    return
                data = tape.peek(_HEAD)
                if data[:1] in (b"", b"\r", b"\n") and not data.strip(b"\r\n"):
                    _pass_over_empty(tape)
                    continue
                record = Record(tape, source, data)
                yield record
                record.finish()
            except TapeError as error:
                damage(Damage(source.name, error.offset, str(error)))
                if not tape.resume(error.offset):
                    return
            except HeadError as error:
                at = tape.start
                damage(Damage(source.name, at, str(error)))
                if not tape.resume(at):
                    return


def _pass_over_empty(tape: Tape) -> None:
    while (data := tape.peek(1)) and not data.strip(b"\r\n"):
        tape.skip(len(data))


class FoundRecord(Closeable):
    """A record opened by its place; closing it closes the file."""

    def __init__(self, source: Source, offset: int, record_id: str) -> None:
        self._damage: list[Damage] = []
        self._records = read_records(source, self._damage.append, offset)
        self._where = f"{source.name} at {offset}"
        try:
            self.record = self._find(record_id)
        except BaseException:
            self.close()
            raise

    def _find(self, record_id: str) -> Record:
        for record in self._records:
            if not record_id or record.head.id == record_id:
                return record
            if not record.compression:
                break
        detail = f": {self._damage[0].message}" if self._damage else ""
        raise ReadError(f"no record {record_id} in {self._where}{detail}", self._where)

    def close(self) -> None:
        """Close the file."""
        self._records.close()  # type: ignore[attr-defined]

    def block(self) -> BinaryIO:
        """The block as a stream that closes the file with itself."""
        return Pieces(self._checked(), self).buffered()

    def _checked(self) -> Iterator[bytes]:
        try:
            yield from self.record.pieces()
            self.record.finish()
        except TapeError as error:
            raise ReadError(f"{self._where}: {error}", self._where) from error

    def raw(self) -> Iterator[bytes]:
        """The record decompressed, head and end included."""
        yield self.record.raw_head
        yield from self._checked()
        yield END
