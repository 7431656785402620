"""The Zstandard frames of a WARC file for a strict reader, and every departure from the draft of the IIPC told."""

from __future__ import annotations

from typing import BinaryIO

from crawler.archive.frames import DICTIONARY, FrameError, Frames
from crawler.archive.verify.stream import Fault, Tell, UnitStream
from crawler.archive.zstd_tape import next_frame

_WANTING = {
    "sized": ("zstd-unsized", "a frame does not say how long its content is"),
    "checked": ("zstd-unchecked", "a frame has no check sum: what is altered in it is found by digests alone"),
    "named": ("zstd-unnamed", "a frame does not name the dictionary that it needs"),
}


class ZstdStream(UnitStream):
    """A file of Zstandard frames. A record may lie in several of them, which is no fault of its."""

    joint = "zstd-frame-records"
    unit = "Zstandard frame"

    def __init__(self, file: BinaryIO, tell: Tell) -> None:
        super().__init__(file, tell)
        self._frames: Frames | None = None
        self._at_end = True
        self._told: set[str] = set()

    @property
    def end(self) -> int:
        """Offset after the current frame, once it was read to its end."""
        return self._frames.end if self._frames else 0

    def _next_unit(self) -> bool:
        self.shared = False
        while True:
            self._buffer, self._at, self._touched = b"", 0, False
            try:
                if self._frames is None:
                    self._frames = self._opened()
                self._unit = self._frames.end
                begun = self._frames.begin()
                self._unit = self._frames.start
            except FrameError as error:
                self._unit = error.offset
                if error.kind == "foreign":
                    if self._pass_over_junk("zstd-junk", "zstd-trailing"):
                        continue
                    return False
                raise self._fail(error) from error
            if not begun:
                return False
            self._at_end = False
            self._look_at_header(self._frames)
            if self.peek(1):
                return True

    def _opened(self) -> Frames:
        self._file.seek(0)
        start = self._file.read(4)
        if start[1:] == DICTIONARY[1:] and start != DICTIONARY:
            self._tell("zstd-beginning", "the file begins with a skippable frame that is no dictionary", 0)
        return Frames(self._file, 0, self._look_at_skipped)

    def _look_at_skipped(self, magic: bytes, offset: int) -> None:
        if magic == DICTIONARY and offset:
            self._tell("zstd-dictionary", "a second dictionary: only the beginning of a file may be one", offset)

    def _look_at_header(self, frames: Frames) -> None:
        for name, (code, message) in _WANTING.items():
            if not getattr(frames, name) and code not in self._told:
                self._told.add(code)
                self._tell(code, f"{message}; told once a file", self._unit)

    def _more(self) -> bytes:
        if self._failed:
            raise self._failed
        if self._frames is None or self._at_end:
            return b""
        try:
            out = self._frames.more()
        except FrameError as error:
            raise self._fail(error) from error
        self._at_end = not out
        return out

    def _fail(self, error: FrameError) -> Fault:
        self._at_end = True
        self._failed = Fault(f"zstd-{error.kind}", str(error), error.offset)
        return self._failed

    def give_back(self, data: bytes) -> None:
        """Put what was peeked at in one frame before what the next one holds."""
        self._buffer, self._at = data + self._buffer[self._at :], 0

    def next_candidate(self, position: int) -> int:
        """The offset of the next frame that begins with a record; -1 where there is none."""
        return next_frame(self._file, position)

    def _set_on(self, position: int) -> bool:
        if self._frames is not None:
            self._frames.seek(position)
        self._at_end = True
        return super()._set_on(position)
