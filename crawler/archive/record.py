"""A record of a WARC file under the reading head.

Its place is known only when its last byte, and in a gzip member of its own the check sum after it, was read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from crawler.archive.frames import is_zstd
from crawler.archive.gzip_tape import GZIP, GzipTape
from crawler.archive.http_head import Head, split_head
from crawler.archive.http_head import leading_head as leading_http
from crawler.archive.http_head import plain_head as plain_http
from crawler.archive.source import Source
from crawler.archive.tape import Tape, TapeError
from crawler.archive.warc import END
from crawler.archive.warc_head import MAX_HEAD, PLAIN, HeadError, WarcHead, plain_head, read_head
from crawler.archive.zstd_tape import ZstdTape

_HTTP_HEAD = 1 << 20
"""Bytes among which the end of an HTTP head is looked for."""


class Record:
    """A record under the reading head: its block can be read until the next record is asked for."""

    __slots__ = (
        "_fresh",
        "_left",
        "_source",
        "_tape",
        "head",
        "length",
        "offset",
        "shared",
    )

    def __init__(self, tape: Tape, source: Source, head: WarcHead) -> None:
        self._tape = tape
        self._source = source
        self._fresh = tape.fresh
        self.head = head
        self.offset = tape.start
        self._left = head.content_length
        tape.skip(len(head.raw))
        self.length: int | None = None
        """In the file, of its gzip member or frames where it has some; known once ``finish`` was called."""
        self.shared = False
        """Whether other records lie in the same gzip member or frame; known once ``finish`` was called."""

    @property
    def compression(self) -> str | None:
        """``gzip`` or ``zstd``; None in a plain file."""
        return self._tape.compression

    def peek(self, size: int) -> bytes:
        """The next bytes of the block, up to ``size``, not taken."""
        size = min(size, self._left)
        return self._tape.peek(size)[:size]

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
        plain = plain_http(*self._tape.at_hand)
        if plain and plain[1] <= self._left:
            return plain
        size = 4096
        while split_head(data := self.peek(size)) is None and size < _HTTP_HEAD and len(data) >= size:
            size *= 4
        return leading_http(data)

    def finish(self) -> int:
        """Read to the record's end; its :attr:`length`."""
        if self.length is None:
            tape = self._tape
            if self._fresh and (end := tape.take_rest(self._left, END)) is not None:  # as nearly all do
                self._left, self.length = 0, end - self.offset
                return self.length
            for _ in self.pieces():
                pass
            if tape.begins_with(END):
                tape.skip(len(END))
            else:
                self._pass_over_end()
            self.shared = self.compression is not None and (not self._fresh or not tape.at_end)
            self.length = (self._member_end() if self.shared else tape.end) - self.offset
        return self.length

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


def leading_head(data: bytes, tape: Tape) -> WarcHead:
    """The head that ``data``, the next bytes of ``tape``, begin with, after empty lines. Raises ``HeadError``."""
    while data[:1] in (b"\r", b"\n"):
        tape.skip(len(data) - len(data.lstrip(b"\r\n")))
        data = tape.peek(PLAIN)
    if plain := plain_head(data):
        return plain
    size = PLAIN
    while (end := split_head(data)) is None:
        if len(data) < size:
            tape.check()
        if len(data) < size or size >= MAX_HEAD or not data.startswith(b"WARC/") or b"\nWARC/" in data:
            raise HeadError(f"no record head: {data[:40]!r}")
        size *= 4
        data = tape.peek(size)
    return read_head(data[:end])


def open_tape(file: BinaryIO, offset: int = 0) -> Tape:
    """The tape for ``file``, by its first bytes from ``offset`` on. Raises ``OSError``."""
    file.seek(offset)
    start = file.read(9)
    if start.startswith(GZIP):
        return GzipTape(file, offset)
    return ZstdTape(file, offset) if is_zstd(start) else Tape(file, offset)
