"""Where the parts of tables lie, and what else the next change needs to know: an SQLite file beside the tables.

A part keeps the place that it was given, counted in all bytes ever written to its table; those of parts that are gone
are holes. So taking one away changes no other row. Some hundred holes are summed in no time, and then worked in.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMA = 1
"""Number of the form; notes of another are made again."""
_MOST_HOLES = 1000
"""Holes of a table that are noted; with more, they are worked into the places of its parts."""
_AT_ONCE = 500
"""Parts that are read at a time."""
_PATIENCE = 10
"""Seconds in which another process that writes the tables is waited for."""
_CREATE = f"""
CREATE TABLE parts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, part TEXT NOT NULL, at INTEGER NOT NULL,
  bytes INTEGER NOT NULL, rows INTEGER NOT NULL, UNIQUE (name, part)
);
CREATE TABLE holes (name TEXT, at INTEGER, bytes INTEGER, PRIMARY KEY (name, at)) WITHOUT ROWID;
CREATE TABLE files (name TEXT PRIMARY KEY, ending INTEGER NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE notes (
  kind TEXT, subject TEXT, name TEXT, content TEXT NOT NULL, PRIMARY KEY (kind, subject, name)
) WITHOUT ROWID;
PRAGMA user_version = {_SCHEMA};
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part was put, and its size in bytes."""

    at: int
    size: int


class TableNotes:
    """The notes in ``file``, of which everything since the last :meth:`commit` can be undone. Close it after use.

    A file that is damaged or of another form is made anew. One process at a time. Raises ``OSError`` that names the
    file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._explained():
            self._db = _opened(file)
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.Error:
                self._db.close()
                raise
        self._committed = self._last()

    @property
    def is_committed(self) -> bool:
        """True from within :meth:`commit` until :meth:`begin`."""
        return not self._db.in_transaction

    def commit(self) -> None:
        """Make all changes count, on the disk."""
        with self._explained():
            self._db.execute("COMMIT")

    def begin(self) -> None:
        """Go on after :meth:`commit`."""
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
        self._committed = self._last()

    def close(self) -> None:
        """Let go of the file; what is not committed is undone."""
        self._db.close()

    def clear(self) -> None:
        """Know nothing."""
        for table in ("parts", "holes", "files", "notes"):
            self._run(f"DELETE FROM {table}")

    def files(self) -> dict[str, tuple[int, int]]:
        """Size in bytes of each table's file, and when it was last changed, in nanoseconds."""
        return {name: (size, changed) for name, size, changed in self._all("SELECT name, size, changed FROM files")}

    def ending(self, name: str) -> int:
        """Where the next part of a table is put."""
        found = self._all("SELECT ending FROM files WHERE name = ?", name)
        return int(found[0][0]) if found else 0

    def find(self, name: str, part: str) -> Place | None:
        """Where a part was put."""
        found = self._all("SELECT at, bytes FROM parts WHERE name = ? AND part = ?", name, part)
        return Place(*found[0]) if found else None

    def add(self, name: str, part: str, place: Place, rows: int) -> None:
        """Note where a part is put that is not there yet."""
        insert = "INSERT INTO parts (name, part, at, bytes, rows) VALUES (?, ?, ?, ?, ?)"
        self._run(insert, name, part, place.at, place.size, rows)

    def drop(self, name: str, part: str | None = None) -> None:
        """Forget where a part was put, or all of a table."""
        if part is not None:
            self._run("DELETE FROM parts WHERE name = ? AND part = ?", name, part)
            return
        self._run("DELETE FROM parts WHERE name = ?", name)
        self._run("DELETE FROM holes WHERE name = ?", name)

    def parts(self, name: str, *, fresh: bool = False) -> Iterator[str]:
        """The names of a table's parts, as they were put; those since the last :meth:`commit` alone if ``fresh``."""
        query = f"SELECT id, part FROM parts WHERE id > ? AND name = ? ORDER BY id LIMIT {_AT_ONCE}"
        last = self._committed if fresh else 0
        while some := self._all(query, last, name):  # not one query, for whoever asks may change what it reads
            yield from (part for _, part in some)
            last = some[-1][0]

    def is_fresh(self, name: str, part: str) -> bool:
        """Whether a part was put since the last :meth:`commit`."""
        found = self._all("SELECT id FROM parts WHERE name = ? AND part = ?", name, part)
        return bool(found) and found[0][0] > self._committed

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        return int(self._all("SELECT coalesce(sum(rows), 0) FROM parts WHERE name = ?", name)[0][0])

    def offset(self, name: str, at: int) -> int:
        """Where in the file what was put at a place lies."""
        gone = self._all("SELECT coalesce(sum(bytes), 0) FROM holes WHERE name = ? AND at < ?", name, at)
        return at - int(gone[0][0])

    def write(self, name: str, ending: int, file: tuple[int, int], holes: Sequence[Place]) -> None:
        """Note that a table has got a new file, of this size and time, in which ``holes`` are no more."""
        for hole in holes:
            self._run("INSERT INTO holes VALUES (?, ?, ?)", name, hole.at, hole.size)
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", name, ending, *file)
        if self._all("SELECT count(*) FROM holes WHERE name = ?", name)[0][0] > _MOST_HOLES:
            self._work_in_holes(name)

    def keep(self, kind: str, subject: str, name: str, content: str = "") -> None:
        """Keep something that the next change needs to know."""
        self._run("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)", kind, subject, name, content)

    def forget(self, kind: str, subject: str, name: str) -> None:
        """Drop what was kept."""
        self._run("DELETE FROM notes WHERE kind = ? AND subject = ? AND name = ?", kind, subject, name)

    def kept(self, kind: str, subject: str) -> dict[str, str]:
        """What was kept of a subject, by name and in the order of the names."""
        query = "SELECT name, content FROM notes WHERE kind = ? AND subject = ? ORDER BY name"
        return dict(self._all(query, kind, subject))

    def _work_in_holes(self, name: str) -> None:
        self._run("CREATE TEMP TABLE before (at INTEGER PRIMARY KEY, bytes INTEGER)")
        self._run("INSERT INTO before SELECT at, sum(bytes) OVER (ORDER BY at) FROM holes WHERE name = ?", name)
        gone = "coalesce((SELECT bytes FROM before WHERE before.at < {} ORDER BY before.at DESC LIMIT 1), 0)"
        self._run(f"UPDATE parts SET at = at - {gone.format('parts.at')} WHERE name = ?", name)
        self._run(f"UPDATE files SET ending = ending - {gone.format('files.ending')} WHERE name = ?", name)
        self._run("DELETE FROM holes WHERE name = ?", name)
        self._run("DROP TABLE before")

    def _last(self) -> int:
        return int(self._all("SELECT coalesce(max(id), 0) FROM parts")[0][0])

    def _run(self, statement: str, *values: object) -> None:
        with self._explained():
            self._db.execute(statement, values)

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._explained():
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            number = errno.EIO
            why = f"the notes on the tables can't be used ({error}); `wirecopy index` makes tables and notes again"
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                number, why = errno.EBUSY, "another wirecopy is writing the tables here: wait for it, and run again"
            raise OSError(number, why, str(self._file)) from error


def _opened(file: Path) -> sqlite3.Connection:
    for attempt in (1, 2):
        db = sqlite3.connect(file.absolute(), isolation_level=None, timeout=_PATIENCE)
        try:
            if db.execute("PRAGMA user_version").fetchone()[0] == _SCHEMA:
                db.execute("SELECT 1 FROM parts, holes, files, notes LIMIT 0")
                return db
            if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
                db.executescript(f"BEGIN; {_CREATE} COMMIT;")
                return db
        except sqlite3.DatabaseError as error:
            db.close()
            if attempt == 2 or isinstance(error, sqlite3.OperationalError):
                raise
        db.close()
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    raise AssertionError("unreachable")
