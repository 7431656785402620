"""A WARC file as a run of bytes, decompressed on the way: plain, gzip member by member, or gzip as a whole.

Files of Zstandard frames: :mod:`crawler.archive.zstd_tape`.

A tape knows at any time in which gzip member it stands and where that member lies in the file. Past damage it finds the
next member that holds a record.
"""

from __future__ import annotations

import re
from typing import BinaryIO, cast

from isal import isal_zlib

_GZIP_ERROR = cast(type[Exception], isal_zlib.error)
_READ = 1 << 16
_FEED = 1 << 14
_SMALL = 1 << 11
"""Bytes up to which ISA-L makes tables for one symbol at a time, which are made sooner and used more slowly."""
_OUT = 1 << 18
_MAGIC = b"\x1f\x8b\x08"
_find_magic = re.compile(re.escape(_MAGIC)).search  # twice as fast as bytes.find
GZIP = _MAGIC[:2]
"""What a gzip member begins with."""
_LINE = b"\nWARC/"


class TapeError(Exception):
    """The bytes of the file are damaged; ``offset`` is where in the file."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Tape:
    """A plain file; ``start`` is where the current record, or in :class:`GzipTape` member, begins."""

    compression: str | None = None
    """``gzip`` or ``zstd``: what units of bytes the file consists of; None for a plain one."""

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        file.seek(offset)
        self._read_to = offset
        self._buffer = b""
        self._at = 0
        self._taken = 0  # of the current unit
        self._ended = False
        """Whether all of the current unit is in the buffer."""
        self.known_end: int | None = None
        """End of the current unit, where someone looked ahead for it."""
        self._failed: TapeError | None = None

    @property
    def start(self) -> int:
        """Offset in the file of the next byte."""
        return self._read_to - (len(self._buffer) - self._at)

    @property
    def end(self) -> int:
        """Offset in the file after the last byte taken."""
        return self.start

    @property
    def fresh(self) -> bool:
        """Whether the next byte begins a unit that can be read by itself."""
        return True

    def finish(self) -> None:
        """Go to the end of the unit; nothing to do in a plain file."""

    def begin(self) -> bool:
        """Go to the next unit; False at the end of the file."""
        return bool(self.peek(1))

    def _more(self) -> bytes:
        data = self._file.read(_READ)
        self._read_to += len(data)
        return data

    def peek(self, size: int) -> bytes:
        """The next bytes, at least ``size`` of them where there are so many; they are not taken.

        Before damage they are as many as there are, and its ``TapeError`` is raised only where there are none.
        """
        if self._at:
            self._buffer, self._at = self._buffer[self._at :], 0
        have = len(self._buffer)
        if have < size and not self._ended:
            pieces = [self._buffer] if have else []
            try:
                while have < size and not self._ended and (piece := self._more()):
                    pieces.append(piece)
                    have += len(piece)
            except TapeError:
                if not pieces:
                    raise
            self._buffer = b"".join(pieces)  # a single piece is not copied
        return self._buffer

    def check(self) -> None:
        """Where fewer bytes than asked for were there: raise the ``TapeError`` that is to blame, if one is."""
        if self._failed:
            raise self._failed

    def begins_with(self, data: bytes) -> bool:
        """Whether these are the next bytes; nothing is copied where they lie there already."""
        if len(self._buffer) - self._at < len(data):
            return self.peek(len(data)).startswith(data)
        return self._buffer.startswith(data, self._at)

    @property
    def at_end(self) -> bool:
        """Whether nothing is left of the current unit, nor damage to be met in it."""
        return self._at >= len(self._buffer) and (self._ended or not self.peek(1))

    def skip(self, size: int) -> None:
        """Take bytes that were peeked at."""
        self._at += size
        self._taken += size

    def take(self, size: int) -> bytes:
        """Up to ``size`` of the next bytes, of the current unit; empty at the end."""
        at = self._at
        if at >= len(self._buffer):
            if self._ended:
                return b""
            self._buffer, at = self._more(), 0
        piece = self._buffer[at : at + size]
        self._at = at + len(piece)
        self._taken += len(piece)
        return piece

    def resume(self, after: int) -> bool:
        """After damage at an offset: go to the next thing that looks like a record; False where there is none."""
        self._file.seek(after)
        self._read_to, self._buffer, self._at = after, b"", 0
        while True:
            data = self.peek(_READ)
            found = data.find(_LINE)
            if found >= 0:
                self.skip(found + 1)
                return True
            if len(data) < _READ:
                return False
            self.skip(len(data) - len(_LINE) + 1)


class GzipTape(Tape):
    """A gzip file: bytes come from one member until :meth:`begin` goes to the next."""

    compression = "gzip"

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        super().__init__(file, offset)
        self._raw = b""  # read from the file, decompressed up to self._used
        self._used = 0
        self._feed = 0
        self._member = offset
        self._inflater = isal_zlib.decompressobj(31)
        self._begun = False

    @property
    def start(self) -> int:
        """Offset of the current member."""
        return self._member

    @property
    def end(self) -> int:
        """Offset after the current member, once it was read to its end."""
        return self._read_to - (len(self._raw) - self._used)

    @property
    def fresh(self) -> bool:
        """Whether nothing of the current member was taken yet."""
        return self._taken == 0

    def begin(self) -> bool:
        """Go to the next member; False at the end of the file."""
        if self._begun and (self._at < len(self._buffer) or not self._inflater.eof):
            return True
        if len(self._raw) - self._used < _SMALL:
            self._fill()
        used, raw = self._used, self._raw
        if used == len(raw):
            return False
        self._member = self._read_to - len(raw) + used
        if not raw.startswith(_MAGIC, used) and not _MAGIC.startswith(raw[used : used + len(_MAGIC)]):
            raise TapeError("bytes that are no gzip member", self._member)
        self._inflater = isal_zlib.decompressobj(31)
        following = _find_magic(raw, used + len(_MAGIC), used + _SMALL)
        self._feed = following.start() - used if following else _FEED  # a guess: more is fed where it is wrong
        self._buffer, self._at, self._taken = b"", 0, 0
        self._begun, self._ended, self.known_end = True, False, None
        return True

    def _fill(self) -> bool:
        data = self._file.read(_READ)
        self._read_to += len(data)
        self._raw, self._used = self._raw[self._used :] + data, 0
        return bool(data)

    def _more(self) -> bytes:
        if self._failed:
            raise self._failed
        inflater = self._inflater
        while not inflater.eof:
            ended = self._used >= len(self._raw) and not self._fill()
            piece = self._raw[self._used : self._used + self._feed]
            try:
                out: bytes = inflater.decompress(piece, _OUT)
            except _GZIP_ERROR as error:
                if self.end == self._member and self._feed > _SMALL:  # what lies before the damage comes in small steps
                    inflater = self._inflater = isal_zlib.decompressobj(31)
                    self._feed = _SMALL
                    continue
                self._failed = TapeError(f"a gzip member is damaged ({error})", self._member)
                raise self._failed from error
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            self._used += len(piece) - len(left)
            self._feed = min(8 * self._feed, _READ)
            if out:
                self._ended = inflater.eof
                return out
            if ended and not inflater.eof:
                self._failed = TapeError("the file ends inside a gzip member", self._member)
                raise self._failed
        return b""

    def finish(self) -> None:
        """Read the current member to its end, so that :attr:`end` is known."""
        while self.take(_OUT):
            pass

    def resume(self, after: int) -> bool:
        """After damage at an offset: go to the next member that holds a record."""
        position = after + 1
        while (position := self._next_magic(position)) >= 0:
            self._file.seek(position)
            start = isal_zlib.decompressobj(31)
            try:
                if start.decompress(self._file.read(_READ), 5) == b"WARC/":
                    break
            except _GZIP_ERROR:
                pass
            position += 1
        else:
            return False
        self._file.seek(position)
        self._read_to, self._raw, self._used = position, b"", 0
        self._begun, self._ended, self._failed = False, False, None
        return True

    def _next_magic(self, position: int) -> int:
        self._file.seek(position)
        kept = b""
        while data := self._file.read(_READ):
            window = kept + data
            found = window.find(_MAGIC)
            if found >= 0:
                return position - len(kept) + found
            position += len(data)
            kept = window[-2:]
        return -1
