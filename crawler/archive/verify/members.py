"""The members of a gzip file for a strict reader, and every fault of the compression told.

Header and trailer of a member are read here (RFC 1952, section 2.3), only the deflate stream between them by ISA-L: so
each kind of damage has its own code, and flags that no writer may set are seen.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO, cast

from isal import isal_zlib

from crawler.archive.gzip_tape import next_member
from crawler.archive.verify.stream import READ, Fault, Tell, UnitStream

_DEFLATE_ERROR = cast(type[Exception], isal_zlib.error)
_FEED = 1 << 12
"""Bytes that the inflater is given first; four times as many each time, since most members are short."""
_OUT = 1 << 18
"""Bytes that are decompressed at a time, whatever a member promises."""
_MAGIC = b"\x1f\x8b"
_CANDIDATE = b"\x1f\x8b\x08"
_HEADER_CRC, _EXTRA, _NAME, _COMMENT, _RESERVED = 0x02, 0x04, 0x08, 0x10, 0xE0
"""Flags of a gzip header (RFC 1952, 2.3.1)."""
_LONGEST_NAME = 1 << 16
"""Bytes of a file name or comment in a header."""


class GzipStream(UnitStream):
    """A gzip file; a unit is a member."""

    split = "gzip-record-split"
    joint = "gzip-member-records"
    unit = "gzip member"

    def __init__(self, file: BinaryIO, tell: Tell) -> None:
        super().__init__(file, tell)
        self._raw = b""
        self._used = 0
        self._feed = _FEED
        self._inflater: isal_zlib.Decompress | None = None
        self._crc = self._size = 0

    @property
    def end(self) -> int:
        """Offset after the current member, once it was read to its end."""
        return self._read_to - (len(self._raw) - self._used)

    def _next_unit(self) -> bool:
        self.shared = False
        while True:
            self._buffer, self._at, self._inflater, self._touched = b"", 0, None, False
            self._have(len(_CANDIDATE))
            start = self._raw[self._used : self._used + len(_CANDIDATE)]
            self._unit = self.end
            if not start:
                return False
            if start[:2] != _MAGIC[: len(start)]:
                if not self._pass_over_junk("gzip-junk", "gzip-trailing"):
                    return False
                continue
            self._read_header()
            self._inflater = isal_zlib.decompressobj(-15)
            self._crc = self._size = 0
            self._feed = _FEED
            if self.peek(1):
                return True
            self._tell("gzip-empty-member", "a gzip member without content", self._unit)

    def _read_header(self) -> None:
        header = bytearray(self._header_bytes(10))
        if header[2] != 8:
            raise self._fail("gzip-header", f"compression method {header[2]} is not deflate")
        flags = header[3]
        if flags & _RESERVED:
            raise self._fail("gzip-header", f"reserved flags are set ({flags:#04x})")
        if flags & _EXTRA:
            length = self._header_bytes(2)
            header += length + self._header_bytes(int.from_bytes(length, "little"))
        for flag in (_NAME, _COMMENT):
            if flags & flag:
                header += self._header_text()
        if flags & _HEADER_CRC:
            said = int.from_bytes(self._header_bytes(2), "little")
            if said != zlib.crc32(header) & 0xFFFF:
                raise self._fail("gzip-header-crc", "the check sum of a gzip header is wrong")

    def _header_bytes(self, size: int) -> bytes:
        if not self._have(size):
            raise self._fail("gzip-truncated", "the file ends inside the header of a gzip member")
        taken = self._raw[self._used : self._used + size]
        self._used += size
        return taken

    def _header_text(self) -> bytes:
        size = 64
        while True:
            whole = self._have(size)
            found = self._raw.find(b"\0", self._used, self._used + size)
            if found >= 0:
                return self._header_bytes(found + 1 - self._used)
            if not whole or size >= _LONGEST_NAME:
                raise self._fail("gzip-header", "a file name in a gzip header does not end")
            size *= 4

    def _have(self, size: int) -> bool:
        while len(self._raw) - self._used < size:
            if not self._fill():
                return False
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
        while inflater is not None and not inflater.eof:
            ended = self._used >= len(self._raw) and not self._fill()
            piece = self._raw[self._used : self._used + self._feed]
            try:
                out: bytes = inflater.decompress(piece, _OUT)
            except _DEFLATE_ERROR as error:
                raise self._fail("gzip-deflate", f"a gzip member cannot be decompressed ({error})") from error
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            self._used += len(piece) - len(left)
            self._feed = min(4 * self._feed, READ)
            if out:
                self._crc = isal_zlib.crc32(out, self._crc)
                self._size += len(out)
                return out
            if ended and not inflater.eof:
                raise self._fail("gzip-truncated", "the file ends inside a gzip member")
        if inflater is not None:
            self._inflater = None
            self._check_trailer()
        return b""

    def _check_trailer(self) -> None:
        if not self._have(8):
            raise self._fail("gzip-truncated", "the file ends inside the check sum of a gzip member")
        crc = int.from_bytes(self._raw[self._used : self._used + 4], "little")
        size = int.from_bytes(self._raw[self._used + 4 : self._used + 8], "little")
        self._used += 8
        if crc != self._crc:
            raise self._fail("gzip-crc", f"the content of a gzip member has check sum {self._crc:08x}, not {crc:08x}")
        if size != self._size & 0xFFFFFFFF:
            raise self._fail("gzip-size", f"a gzip member holds {self._size:,} bytes, not {size:,}")

    def _fail(self, code: str, message: str) -> Fault:
        self._failed = Fault(code, message, self._unit)
        self._inflater = None
        return self._failed

    def _set_on(self, position: int) -> bool:
        self._read_to, self._raw, self._used = position, b"", 0
        self._inflater = None
        return super()._set_on(position)

    def next_candidate(self, position: int) -> int:
        """The offset of the next member that begins with a record; -1 where there is none."""
        return next_member(self._file, position)
