"""The bytes of a WARC file for a strict reader, and what breaks their flow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from crawler.archive.tape import Tape, TapeError
from crawler.model.counted import counted

READ = 1 << 16
"""Bytes read at a time."""
MARK = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
"""A version line, by which records are found again."""
_MARK_SIZE = 11
"""Bytes that a mark of a record's beginning may have, so that none is missed between two reads."""

Tell = Callable[[str, str, int], None]
"""Told a code, a message and an offset."""


class Fault(TapeError):  # noqa: N818 - says what is the case
    """Damage that ends a record; ``resync`` says whether the stream has to be set on the next one."""

    def __init__(self, code: str, message: str, offset: int, *, resync: bool = True, search: int | None = None) -> None:
        super().__init__(message, offset)
        self.code = code
        self.resync = resync
        self.search = search
        """In a plain file, where to look for the next record from; None for where the stream stands."""


class Stream(Tape):
    """A plain file."""

    compressed = False
    shared = False
    """Whether the current gzip member or frame holds more than one record."""
    split = ""
    """Code for a record that goes on in another gzip member; none where it may."""

    def resume_after(self, fault: Fault) -> bool:
        """Go to the next thing that looks like a record; False where there is none."""
        position = self.start if fault.search is None else fault.search
        self._file.seek(position)
        self._read_to, self._buffer, self._at = position, b"", 0
        return self.find_mark()

    def find_mark(self) -> bool:
        """Go to the next version line; False where there is none."""
        while True:
            data = self.peek(READ)
            if found := MARK.search(data):
                self.skip(found.start())
                return True
            if len(data) < READ:
                self.skip(len(data))
                return False
            self.skip(len(data) - _MARK_SIZE)

    def joined(self) -> bool:
        """Whether a record may go on behind the end of what was read: never in a plain file."""
        return False


class UnitStream(Stream):
    """A file of units that are compressed each by itself: bytes come from one until :meth:`begin` goes to the next."""

    compressed = True
    joint: str
    """Code for a unit that holds several records."""
    unit: str
    """What a unit is called."""

    def __init__(self, file: BinaryIO, tell: Tell) -> None:
        super().__init__(file)
        self._tell = tell
        self._unit = 0
        self._failed: Fault | None = None
        self._touched = False

    @property
    def start(self) -> int:
        """Offset of the current unit."""
        return self._unit

    def begin(self) -> bool:
        """Go to the next record: further in this unit, or to the next one; False at the end of the file."""
        if self.peek(1):
            self.shared = self.shared or self._touched
            return True
        return self._next_unit()

    def joined(self) -> bool:
        """Go to the next unit where it carries on a record; False where it begins one, or there is none."""
        if not self._next_unit():
            return False
        return self.peek(5)[:5].upper() != b"WARC/"

    def _next_unit(self) -> bool:
        """Go to the next unit that holds anything; False at the end of the file."""
        raise NotImplementedError

    def skip(self, size: int) -> None:
        """Take bytes that were peeked at."""
        super().skip(size)
        self._touched = True

    def take(self, size: int) -> bytes:
        """Up to ``size`` of the next bytes of this unit."""
        self._touched = True
        return super().take(size)

    def resume_after(self, fault: Fault) -> bool:
        """Go to the next record in this unit where it is whole, or else to the next unit that begins with one."""
        told = False
        if self._failed is None:
            try:
                if self.find_mark():
                    self.shared = True
                    return True
            except Fault as another:
                told = True
                self._tell(another.code, str(another), another.offset)
        if self._failed is None:
            return self._set_on(self.end)
        if self._failed is not fault and not told:
            self._tell(self._failed.code, str(self._failed), self._failed.offset)
        found = self.next_candidate(self._unit + 1)
        return found >= 0 and self._set_on(found)

    def next_candidate(self, position: int) -> int:
        """The offset of the next unit that begins with a record; -1 where there is none."""
        raise NotImplementedError

    def _set_on(self, position: int) -> bool:
        """Go on at an offset."""
        self._file.seek(position)
        self._buffer, self._at = b"", 0
        self._failed, self._unit, self._touched = None, position, False
        return True

    def _pass_over_junk(self, between: str, behind: str) -> bool:
        """Tell of bytes that are no unit, and go behind them; False where no record follows."""
        begin = self._unit
        size = self._file.seek(0, 2)
        found = self.next_candidate(begin)
        left = (found if found >= 0 else size) - begin
        stray = counted(left, "byte is", "bytes are")
        if found < 0:
            self._tell(behind, f"{stray} behind the last {self.unit} and in none", begin)
        else:
            self._tell(between, f"{stray} between two {self.unit}s and in none", begin)
        self._set_on(found if found >= 0 else size)
        return found >= 0
