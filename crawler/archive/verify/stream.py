"""The bytes of a WARC file for a strict reader, and what breaks their flow."""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.archive.tape import Tape

READ = 1 << 16
MARK = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
"""A version line, by which records are found again."""
_MARK_SIZE = 11

Tell = Callable[[str, str, int], None]
"""Told a code, a message and an offset."""


class Fault(Exception):  # noqa: N818 - says what is the case
    """Damage that ends a record; ``resync`` says whether the stream has to be set on the next one."""

    def __init__(self, code: str, message: str, offset: int, *, resync: bool = True, search: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.offset = offset
        self.resync = resync
        self.search = search
        """In a plain file, where to look for the next record from; None for where the stream stands."""


class Stream(Tape):
    """A plain file."""

    compressed = False

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

    def check(self) -> None:
        """Where fewer bytes than asked for were there: raise the fault that is to blame, if one is."""
