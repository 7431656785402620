"""A file inside a file: the part of a zip that holds one stored WARC, read in place."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.archive.errors import ReadError

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, struct.error, ValueError)
"""What :mod:`zipfile` raises for damaged, encrypted and strangely compressed files."""


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
        """The bytes of the WARC. Raises ``OSError``."""
        file = self.opening()
        try:
            if self.entry.compress_type != zipfile.ZIP_STORED:
                return io.BufferedReader(_Unpacked(file, self.entry))
            file.seek(self.entry.header_offset)
            header = file.read(30)
            if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
                raise ReadError(f"no file begins where {self.entry.filename} should", self.entry.filename)
        except OSError:
            file.close()
            raise
        names, extra = struct.unpack("<HH", header[26:])
        return io.BufferedReader(Window(file, self.entry.header_offset + 30 + names + extra, self.entry.file_size))


class _Unpacked(io.RawIOBase):
    """A deflated file of a zip, which closes the zip with itself. Whatever is wrong with it is a ``ReadError``."""

    def __init__(self, file: BinaryIO, entry: zipfile.ZipInfo) -> None:
        super().__init__()
        self._name = entry.filename
        self._source = file
        try:
            self._zip = zipfile.ZipFile(file)
            self._file = self._zip.open(entry)
        except BROKEN as error:
            raise ReadError(f"{self._name} can't be unpacked: {error}", self._name) from error

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always; going back unpacks from the beginning."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the unpacked file."""
        try:
            return self._file.seek(offset, whence)
        except BROKEN as error:
            raise ReadError(f"{self._name} can't be unpacked: {error}", self._name) from error

    def tell(self) -> int:
        """The place in the unpacked file."""
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` from here on; 0 at the end."""
        try:
            data = self._file.read(len(buffer))
        except BROKEN as error:
            raise ReadError(f"{self._name} can't be unpacked: {error}", self._name) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the zip too."""
        if not self.closed:
            self._file.close()
            self._zip.close()
            self._source.close()
        super().close()
