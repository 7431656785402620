"""A WARC file of Zstandard frames as a run of bytes: a record of it is one frame, or several."""

from __future__ import annotations

from typing import BinaryIO

from crawler.archive.frames import MAGIC, FrameError, Frames
from crawler.archive.tape import Tape, TapeError, find

_RECORD = b"WARC/"


class ZstdTape(Tape):
    """Bytes come from the frames of one record until :meth:`begin` goes to those of the next.

    A frame that begins with a version line begins a record; any other carries on the one before it.
    """

    compression = "zstd"

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        super().__init__(file, offset)
        self._frames: Frames | None = None
        self._first = self._end = offset
        self._begun = self._reading = False
        self._next: tuple[int, bytes] | None = None
        """Where the frame of the next record begins, and its first bytes."""

    @property
    def start(self) -> int:
        """Offset of the current record's first frame."""
        return self._first

    @property
    def end(self) -> int:
        """Offset after the current record's last frame, once it was read to its end."""
        return self._end

    def begin(self) -> bool:
        """Go to the next record, in these frames or the next; False at the end of the file. Raises ``TapeError``."""
        if self._begun and self.peek(1):
            self.fresh = False
            return True
        if self._next is None:
            self._look_ahead()
        if self._next is None:
            return False
        (self._first, self._buffer), self._next = self._next, None
        self._at, self._begun, self._reading = 0, True, True
        self.fresh, self.known_end = True, None
        return True

    def _look_ahead(self) -> None:
        """Find the next frame that is not empty."""
        at = self._end
        try:
            if self._frames is None:
                self._frames = Frames(self._file, at)
            while self._frames.begin():
                at = self._frames.start
                first = b""
                while len(first) < len(_RECORD) and (out := self._frames.more()):
                    first += out
                if first:
                    self._next = at, first
                    return
        except FrameError as error:
            self._failed = TapeError(str(error), error.offset)
            raise self._failed from error

    def _more(self) -> bytes:
        if self._failed:
            raise self._failed
        if self._next is not None or self._frames is None:
            return b""
        try:
            if out := self._frames.more():
                return out
        except FrameError as error:
            self._failed = TapeError(str(error), self._first)
            raise self._failed from error
        if self._reading:
            self._end, self._reading = self._frames.end, False
        try:
            self._look_ahead()
        except TapeError:
            self._failed = None  # the record may be whole: who asks for the next one meets it
            self._frames.seek(self._end)
            return b""
        if self._next is None or self._next[1].startswith(_RECORD):
            return b""
        out, self._next, self._reading = self._next[1], None, True
        return out

    def finish(self) -> None:
        """Read the current frames to their end, so that :attr:`end` is known."""
        while self.take(1 << 18):
            pass

    def resume(self, after: int) -> bool:
        """After damage at an offset: go to the next frame that begins with a record."""
        found = next_frame(self._file, after + 1)
        self._buffer, self._at, self._begun, self._next, self._failed = b"", 0, False, None, None
        self._reading = False
        if found < 0:
            return False
        self._end = found
        if self._frames is None:
            return False
        self._frames.seek(found)
        return True


def next_frame(file: BinaryIO, position: int) -> int:
    """The offset of the next frame from ``position`` on that begins with a record; -1 where there is none."""
    try:
        frames = Frames(file)
    except FrameError:
        return -1
    while (position := find(file, position, MAGIC)) >= 0:
        frames.seek(position)
        try:
            if frames.begin() and frames.more()[:5].upper() == b"WARC/":
                return position
        except FrameError:
            pass
        position += 1
    return -1
