"""A WARC file of gzip members as a run of bytes: one member a record, or many records in one."""

from __future__ import annotations

import re
from typing import BinaryIO, cast

from isal import isal_zlib

from crawler.archive.tape import READ, Tape, TapeError, find

_GZIP_ERROR = cast(type[Exception], isal_zlib.error)
_FEED = 1 << 14
_SMALL = 1 << 11
"""Bytes up to which ISA-L makes tables for one symbol at a time, which are made sooner and used more slowly."""
_OUT = 1 << 18
"""Bytes that are decompressed at a time, whatever a member promises."""
_MAGIC = b"\x1f\x8b\x08"
_find_magic = re.compile(re.escape(_MAGIC)).search  # twice as fast as bytes.find
GZIP = _MAGIC[:2]
"""What a gzip member begins with."""


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

    def begin(self) -> bool:
        """Go to the next member; False at the end of the file. Raises ``TapeError`` where what follows is none."""
        if self._begun and (self._at < len(self._buffer) or not self._inflater.eof):
            self.fresh = False
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
        self._buffer, self._at = b"", 0
        self._begun, self._ended, self.fresh, self.known_end = True, False, True, None
        self._buffer = self._more()  # nearly always all of it
        return True

    def _fill(self) -> bool:
        data = self._file.read(READ)
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
            self._feed = min(8 * self._feed, READ)
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
        position = next_member(self._file, after + 1)
        if position < 0:
            return False
        self._file.seek(position)
        self._read_to, self._raw, self._used = position, b"", 0
        self._begun, self._ended, self._failed = False, False, None
        return True


def next_member(file: BinaryIO, position: int) -> int:
    """The offset of the next member from ``position`` on that begins with a record; -1 where there is none."""
    while (position := find(file, position, _MAGIC)) >= 0:
        file.seek(position)
        try:
            if isal_zlib.decompressobj(31).decompress(file.read(_FEED), 5).upper() == b"WARC/":
                return position
        except _GZIP_ERROR:
            pass
        position += 1
    return -1
