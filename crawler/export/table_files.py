"""The JSON Lines tables of a folder, changed part by part: what a change does not touch is copied, not made again.

A part is the rows of one table that are made together and replaced together, such as those of one article, story or
page. The notes on where each lies can be deleted, and are worth nothing once a table was changed by others; whoever
wants to change the tables then has to make all of them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from crawler.archive.layout import sync_folder
from crawler.export.jsonl import line
from crawler.export.rows import Row
from crawler.export.table_notes import Place, TableNotes

NOTES = "parts.sqlite"
"""The file beside the tables that says where their parts lie; all tables are made again if it is missing."""
_PIECE = 1 << 20  # bytes copied at a time where the system does not copy by itself
_MOST = 1 << 30  # bytes that the system is asked to copy at a time: it takes no more than 2 GiB
_CAN_NOT = frozenset({errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})
"""How a system says that it does not copy between two files."""


@dataclass(slots=True)
class _Change:
    """What is about to become of a table."""

    ending: int
    """All that is put from this place on is in ``spool``."""
    spool: BinaryIO
    kept: bool
    """Whether what the old file holds stays, but for the holes."""
    spooled: int = 0
    holes: list[Place] = field(default_factory=list)
    """The parts that go, of this change's own those that were put twice among them."""


class TableFiles:
    """The tables in ``folder``, to be changed; a context manager.

    ``elsewhere`` are the files of tables that lie in other places; with ``anew`` all are to be made again. Nothing is
    changed before :meth:`commit`, and a process that is killed leaves all tables as they were or, from the next opening
    on, all as they were to be. One process at a time. Raises ``OSError`` where a file can't be written or read.
    """

    def __init__(self, folder: Path, elsewhere: Mapping[str, Path] | None = None, *, anew: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._elsewhere = dict(elsewhere or {})
        self._changes: dict[str, _Change] = {}
        self._notes = TableNotes(folder / NOTES)
        self.anew = anew or not self._finished()
        """True where nothing is known of what the files hold: no table has any part yet."""
        if self.anew:
            self._notes.clear()
        self.keep, self.forget, self.kept = self._notes.keep, self._notes.forget, self._notes.kept
        """Notes of whoever makes the tables, which count together with them."""
        self.parts, self.is_fresh, self.rows = self._notes.parts, self._notes.is_fresh, self._notes.rows

    def file(self, name: str) -> Path:
        """Where a table lies."""
        return self._elsewhere.get(name) or self._folder / f"{name}.jsonl"

    def put(self, name: str, part: str, rows: Iterable[Row]) -> None:
        """Add a part at the end of a table; the one that it had by that name goes."""
        lines = [line(row) for row in rows]
        self.take(name, part)
        if not lines:
            return
        content = "".join(lines).encode("utf-8", "replace")
        change = self._change(name)
        self._notes.add(name, part, Place(change.ending + change.spooled, len(content)), len(lines))
        if change.spool.tell() != change.spooled:
            change.spool.seek(change.spooled)
        change.spool.write(content)
        change.spooled += len(content)

    def take(self, name: str, part: str) -> None:
        """Take a part away, if it is there."""
        if place := self._notes.find(name, part):
            self._change(name).holes.append(place)
            self._notes.drop(name, part)

    def clear(self, name: str) -> None:
        """Take all parts of a table away, before any is put."""
        change = self._change(name)
        change.kept, change.ending, change.holes = False, 0, []
        self._notes.drop(name)

    def has(self, name: str, part: str) -> bool:
        """Whether a table has a part, one that was just put included."""
        return self._notes.find(name, part) is not None

    def read(self, name: str, part: str) -> bytes:
        """The rows of a part as they stand in the file, nothing where there is none."""
        place = self._notes.find(name, part)
        if place is None:
            return b""
        change = self._changes.get(name)
        if change and place.at >= change.ending:
            change.spool.seek(place.at - change.ending)
            return change.spool.read(place.size)
        with self.file(name).open("rb") as rows:
            rows.seek(self._notes.offset(name, place.at))
            return rows.read(place.size)

    def commit(self, *names: str) -> bool:
        """Put all changes in place; those of ``names`` that are no file yet become empty ones. True if any changed."""
        for name in names:
            if not self.file(name).exists():
                self._change(name)
        files = [self.file(name) for name in sorted(self._changes)]
        for name, change in self._changes.items():
            self._write(name, change)
        self._notes.commit()  # from here on the next opening would put them in place
        for file in files:
            _fresh(file).replace(file)
        for folder in {file.parent for file in files}:
            sync_folder(folder)
        self._discard()
        self._notes.begin()
        return bool(files)

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._notes.is_committed:
            for name in self._changes:
                _fresh(self.file(name)).unlink(missing_ok=True)
        self._discard()
        self._notes.close()

    def _finished(self) -> bool:
        """Put in place what a killed process had committed; false where the files are not those that are noted."""
        files = self._notes.files()
        for name, stamp in files.items():
            file = self.file(name)
            if _stamp(file) != stamp and _stamp(_fresh(file)) == stamp:
                _fresh(file).replace(file)
            for left in (_fresh(file), _spool(file)):
                left.unlink(missing_ok=True)
        return bool(files) and all(_stamp(self.file(name)) == stamp for name, stamp in files.items())

    def _change(self, name: str) -> _Change:
        if name not in self._changes:
            self.file(name).parent.mkdir(parents=True, exist_ok=True)
            spool = _spool(self.file(name)).open("w+b")
            self._changes[name] = _Change(self._notes.ending(name), spool, kept=not self.anew)
        return self._changes[name]

    def _write(self, name: str, change: _Change) -> None:
        """Write what a table is to be beside it, and note what will be true of it."""
        file = self.file(name)
        fresh = _fresh(file)
        change.holes.sort(key=lambda hole: hole.at)
        if change.kept or change.holes:
            with fresh.open("wb") as out:
                for source, at, size in self._stretches(name, change):
                    _copy(source, at, size, out)
                out.flush()
                os.fsync(out.fileno())
        else:
            change.spool.flush()
            os.fsync(change.spool.fileno())
            _spool(file).replace(fresh)
        stamp = _stamp(fresh)
        assert stamp
        self._notes.write(name, change.ending + change.spooled, stamp, change.holes)

    def _stretches(self, name: str, change: _Change) -> Iterator[tuple[BinaryIO, int, int]]:
        """What the table is to consist of: files, and from where on how many bytes of each."""
        file = self.file(name)
        if change.kept and file.exists():
            holes = [(self._notes.offset(name, hole.at), hole.size) for hole in change.holes if hole.at < change.ending]
            with file.open("rb") as old:
                for at, size in _between(holes, old.seek(0, os.SEEK_END)):
                    yield old, at, size
        holes = [(hole.at - change.ending, hole.size) for hole in change.holes if hole.at >= change.ending]
        change.spool.flush()
        for at, size in _between(holes, change.spooled):
            yield change.spool, at, size

    def _discard(self) -> None:
        for name, change in self._changes.items():
            change.spool.close()
            _spool(self.file(name)).unlink(missing_ok=True)
        self._changes = {}


def _between(holes: Iterable[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """What lies before, between and behind the holes of so many bytes."""
    start = 0
    for at, gone in (*holes, (size, 0)):
        if start < at:
            yield start, at - start
        start = at + gone


def _copy(source: BinaryIO, at: int, size: int, out: BinaryIO) -> None:
    """Have the system copy bytes: in file systems whose files can share them (XFS, Btrfs) most need no copying."""
    out.flush()
    left = size
    while left and (copied := _copied_by_system(source, at + size - left, left, out)):
        left -= copied
    source.seek(at + size - left)
    while left:
        piece = source.read(min(_PIECE, left))
        if not piece:
            raise OSError(errno.EIO, "the table ended before its last part", str(source.name))
        out.write(piece)
        left -= len(piece)


def _copied_by_system(source: BinaryIO, at: int, size: int, out: BinaryIO) -> int:
    """How many bytes the system copied; 0 where it can't."""
    if not hasattr(os, "copy_file_range"):
        return 0
    try:
        return os.copy_file_range(source.fileno(), out.fileno(), min(size, _MOST), at)
    except OSError as error:
        if error.errno in _CAN_NOT:
            return 0
        raise


def _fresh(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")


def _spool(file: Path) -> Path:
    return file.with_name(f".{file.name}.parts.new")


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        about = file.stat()
    except FileNotFoundError:
        return None
    return about.st_size, about.st_mtime_ns
