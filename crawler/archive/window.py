"""A file inside a file: the part of a zip that holds one stored WARC, read in place."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


class Window(io.RawIOBase):
    """``size`` bytes of ``file`` from ``start`` on, as a file of its own; closes ``file`` with itself."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the window."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """The place in the window."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` from here on; 0 at the end of the window."""
        size = max(0, min(len(buffer), self._size - self._at))
        self._file.seek(self._start + self._at)
        data = self._file.read(size)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()


@dataclass(frozen=True)
class ZippedSource:
    """A WARC in a WACZ: read in place where it is stored, unpacked on the way where it is deflated."""

    opening: Callable[[], BinaryIO]
    """Opens the WACZ."""
    entry: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """The file's name without folders, as indexes call it."""
        return Path(self.entry.filename).name

    def open(self) -> BinaryIO:
        """The bytes of the WARC. Raises ``OSError`` or ``zipfile.BadZipFile``."""
        if self.entry.compress_type != zipfile.ZIP_STORED:
            return _Unpacked(self.opening(), self.entry)
        file = self.opening()
        file.seek(self.entry.header_offset + 26)
        names, extra = struct.unpack("<HH", file.read(4))
        return io.BufferedReader(Window(file, self.entry.header_offset + 30 + names + extra, self.entry.file_size))


class _Unpacked(io.BufferedReader):
    """A deflated file of a zip, which closes the zip with itself."""

    def __init__(self, file: BinaryIO, entry: zipfile.ZipInfo) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file)
        super().__init__(self._zip.open(entry))  # type: ignore[arg-type]

    def close(self) -> None:
        super().close()
        self._zip.close()
        self._file.close()
