"""A WARC file as a run of bytes: here a plain one.

Files that are decompressed on the way: :mod:`crawler.archive.gzip_tape`, :mod:`crawler.archive.zstd_tape`. Such a tape
knows at any time in which unit (a gzip member, the frames of a record) it stands and where that lies in the file. Past
damage it finds the next one that holds a record.
"""

from __future__ import annotations

from contextlib import suppress
from typing import BinaryIO

READ = 1 << 16
"""Bytes that are read from a file at a time."""
_LINE = b"\nWARC/"


class TapeError(Exception):
    """The bytes of the file are damaged; ``offset`` is where in the file."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Tape:
    """A plain file; ``start`` is where the current record, or in other tapes its unit, begins."""

    compression: str | None = None
    """``gzip`` or ``zstd``: what units of bytes the file consists of; None for a plain one."""

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        file.seek(offset)
        self._read_to = offset
        self._buffer = b""
        self._at = 0
        self.fresh = True
        """Whether the last :meth:`begin` went to a unit of its own, which can be read by itself."""
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

    def finish(self) -> None:
        """Go to the end of the unit; nothing to do in a plain file."""

    def begin(self) -> bool:
        """Go to the next unit; False at the end of the file. Raises ``TapeError`` where what follows is none."""
        return bool(self.peek(1))

    def _more(self) -> bytes:
        data = self._file.read(READ)
        self._read_to += len(data)
        return data

    def peek(self, size: int) -> bytes:
        """The next bytes, at least ``size`` of them where there are so many; they are not taken.

        Before damage they are as many as there are, and its ``TapeError`` is raised only where there are none.
        """
        if self._at:
            self._buffer, self._at = self._buffer[self._at :], 0
        if not self._buffer and not self._ended:
            self._buffer = self._more()
        have = len(self._buffer)
        if have < size and not self._ended:
            pieces = [self._buffer]
            with suppress(TapeError):
                while have and have < size and not self._ended and (piece := self._more()):
                    pieces.append(piece)
                    have += len(piece)
            self._buffer = b"".join(pieces)
        return self._buffer

    @property
    def at_hand(self) -> tuple[bytes, int]:
        """Bytes of the current unit that are decompressed already, and where in them the next one is."""
        return self._buffer, self._at

    def check(self) -> None:
        """Where fewer bytes than asked for were there: raise the ``TapeError`` that is to blame, if one is."""
        if self._failed:
            raise self._failed

    def take_rest(self, size: int, end: bytes) -> int | None:
        """Take what is left of the current unit, where it is at hand and is ``size`` bytes and then ``end``.

        The offset in the file after it; None where nothing was taken.
        """
        if self._ended and len(self._buffer) - self._at == size + len(end) and self._buffer.endswith(end):
            self._at = len(self._buffer)
            return self.end
        return None

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

    def take(self, size: int) -> bytes:
        """Up to ``size`` of the next bytes, of the current unit; empty at the end."""
        at = self._at
        if at >= len(self._buffer):
            if self._ended:
                return b""
            self._buffer, at = self._more(), 0
        piece = self._buffer[at : at + size]
        self._at = at + len(piece)
        return piece

    def resume(self, after: int) -> bool:
        """After damage at an offset: go to the next thing that looks like a record; False where there is none."""
        self._file.seek(after)
        self._read_to, self._buffer, self._at = after, b"", 0
        while True:
            data = self.peek(READ)
            found = data.find(_LINE)
            if found >= 0:
                self.skip(found + 1)
                return True
            if len(data) < READ:
                return False
            self.skip(len(data) - len(_LINE) + 1)


def find(file: BinaryIO, position: int, sign: bytes) -> int:
    """The offset of the first ``sign`` from ``position`` on; -1 where there is none. The file is read from there."""
    file.seek(position)
    kept = b""
    while data := file.read(READ):
        window = kept + data
        found = window.find(sign)
        if found >= 0:
            return position - len(kept) + found
        position += len(data)
        kept = window[1 - len(sign) :]
    return -1
