"""A row of WARC files being written: gzip member after gzip member, synced when asked, rotated at a size.

A file bears the suffix ``.open`` until it is complete. What is written between two calls of :meth:`WarcWriter.sync`
counts or is taken back as a whole.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import sleep
from typing import NamedTuple, TypeVar

from isal import igzip_lib, isal_zlib

from crawler.archive.errors import explain
from crawler.archive.layout import OPEN, sync_folder

LEVEL = 2
"""ISA-L's level: 700 MB/s of news pages; level 3 makes files 3% smaller at half the speed."""
_BUFFER = 4 << 20
"""Bytes that wait in memory before they are written, synced or not."""
_GZIP = igzip_lib.COMP_GZIP
_PAUSES = (0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds between tries while no file is free: a crawl's connections end all the time, and leave some."""
_Opened = TypeVar("_Opened")


class Place(NamedTuple):
    """Where a gzip member lies."""

    warc: str
    offset: int
    length: int


class WarcWriter:
    """Appends members to the WARC files of one folder.

    Every method raises ``ArchiveError`` where the disk does not take what it is given; after that only
    :meth:`rollback` and :meth:`close` make sense. ``first_member`` makes the warcinfo member of a file, given its name;
    ``sealed`` is told the name and length of each file that got its final name. ``taken`` are names of files that are
    no longer in the folder, and are not given again.
    """

    def __init__(
        self,
        folder: Path,
        *,
        prefix: str,
        first_member: Callable[[str], bytes],
        sealed: Callable[[str, int], None],
        rotate_bytes: int = 1_000_000_000,
        taken: Container[str] = (),
    ) -> None:
        self._folder = folder
        self._taken = taken
        self._prefix = prefix
        self._first_member = first_member
        self._sealed = sealed
        self._rotate_bytes = rotate_bytes
        self._serial = 0
        self._descriptor = -1
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._written = 0
        self._synced = 0
        self.name = ""
        """The file being written, without ``.open``; empty where none is."""

    def begin(self) -> None:
        """Before the first record of an exchange: all of its records will be in one file."""
        if self.name and self._position >= self._rotate_bytes:
            self.sync()
            self._seal()
        if not self.name:
            self._open()

    @property
    def _position(self) -> int:
        return self._written + self._pending_size

    def append(self, member: bytes) -> Place:
        """Add one member; it is on disk after :meth:`sync`."""
        place = Place(self.name, self._position, len(member))
        self._pending.append(member)
        self._pending_size += len(member)
        if self._pending_size >= _BUFFER:
            self._flush()
        return place

    def append_pieces(self, pieces: Iterable[bytes]) -> Place:
        """Add one member that comes in pieces, without ever holding it whole."""
        start = self._position
        for piece in pieces:
            self.append(piece)
        return Place(self.name, start, self._position - start)

    def sync(self) -> None:
        """Put what was appended on the disk for good."""
        if self._descriptor < 0 or self._position == self._synced:
            return
        self._flush()
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise explain(error, "write", self._path) from error
        self._synced = self._written

    def rollback(self) -> None:
        """Take back what was appended since the last :meth:`sync`."""
        self._pending, self._pending_size = [], 0
        if self._descriptor < 0:
            return
        try:
            os.ftruncate(self._descriptor, self._synced)
            os.lseek(self._descriptor, self._synced, os.SEEK_SET)
        except OSError as error:
            raise explain(error, "take back a torn record of", self._path) from error
        self._written = self._synced

    def close(self) -> None:
        """Sync, and give the file its final name."""
        if self._descriptor >= 0:
            try:
                self.sync()
                self._seal()
            finally:
                if self._descriptor >= 0:
                    os.close(self._descriptor)
                    self._descriptor = -1

    @property
    def _path(self) -> Path:
        return self._folder / (self.name + OPEN)

    def _open(self) -> None:
        self._written = self._synced = 0  # before whatever may fail: a rollback makes the file as long as was synced
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        try:
            while self._descriptor < 0:
                name = f"{self._prefix}-{stamp}-{self._serial:05}.warc.gz"
                self._serial += 1
                if (self._folder / name).exists() or name in self._taken:
                    continue
                self.name = name
                try:
                    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
                    self._descriptor = _once_free(partial(os.open, self._path, flags, 0o644))
                except FileExistsError:
                    continue
            _once_free(partial(sync_folder, self._folder))
        except OSError as error:
            raise explain(error, "write", self._path) from error
        self.append(self._first_member(self.name))

    def _seal(self) -> None:
        try:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)
            if self._synced == 0:
                self._path.unlink()
            else:
                self._path.rename(self._folder / self.name)
            _once_free(partial(sync_folder, self._folder))
            if self._synced:
                self._sealed(self.name, self._synced)
        except OSError as error:
            raise explain(error, "finish", self._path) from error
        self.name = ""

    def _flush(self) -> None:
        data = memoryview(b"".join(self._pending))
        try:
            while data:
                written = os.write(self._descriptor, data)
                data = data[written:]
                self._written += written
        except OSError as error:
            raise explain(error, "write", self._path) from error
        finally:
            self._pending, self._pending_size = [], 0


def _once_free(use: Callable[[], _Opened]) -> _Opened:
    """What opens a file, done once the process or the system has one free. Raises ``OSError``."""
    for pause in _PAUSES:
        try:
            return use()
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
        sleep(pause)
    return use()


def gzip_member(data: bytes) -> bytes:
    """``data`` as one gzip member."""
    member: bytes = igzip_lib.compress(data, LEVEL, _GZIP)
    return member


def gzip_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """``pieces`` together as one gzip member, in pieces."""
    compressor = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, 31)
    for piece in pieces:
        if out := compressor.compress(piece):
            yield out
    yield compressor.flush()
