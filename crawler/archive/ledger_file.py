"""The SQLite file of a ledger: its tables, its transactions, and what its errors mean.

A commit needs no sync to disk: write-ahead logging keeps the file sound whatever happens, and what a power cut takes
from its end is read again from the WARCs at the next start. Closing returns to a single file, so the folder stays
copyable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from crawler.archive.errors import ArchiveError, CollectionError, LedgerDamaged
from crawler.archive.row import Row

SCHEMA = 2
"""2 knows which WARCs are entered whole (``files``) and which captures were asked for and not finished (``runs``)."""
COLUMNS = Row._fields
"""Of the table ``captures``."""
_LOG = 4000
"""Pages of 4 KiB that wait in the log: ids and digests fall anywhere, so each page is written back once for many."""
_CACHE = 16_384
"""KiB of pages held while whole WARCs are entered. SQLite's own 2 MiB hold no more than 4,000 captures with their
indexes; beyond, what was changed is written before its time, and read again."""
_AT_FIRST = 10
"""Seconds in which a ledger that somebody else uses is waited for as it is opened; who called it waits too."""
_UNDER_WAY = 60
"""The same while it is written: a crawl would end there, and another program's copy or repair is over soon."""
_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file that it cannot read."""
_TYPES = {"offset", "length", "first", "span", "captured_at", "status", "payload_length", "refers_to_date", "hops"}
_CREATE = f"""
CREATE TABLE IF NOT EXISTS captures (
  {", ".join(f"{name} {'INTEGER' if name in _TYPES else 'TEXT'}" for name in COLUMNS)}
);
CREATE UNIQUE INDEX IF NOT EXISTS captures_by_id ON captures (id);
CREATE INDEX IF NOT EXISTS captures_by_url ON captures (urlkey, captured_at);
CREATE INDEX IF NOT EXISTS captures_by_payload ON captures (payload_digest)
  WHERE type = 'response' AND truncated IS NULL;
CREATE TABLE IF NOT EXISTS failures (
  url TEXT NOT NULL, started_at INTEGER NOT NULL, outcome TEXT NOT NULL, message TEXT NOT NULL,
  role TEXT NOT NULL, story TEXT, via TEXT, hops INTEGER NOT NULL, because TEXT
);
CREATE TABLE IF NOT EXISTS indexed (last INTEGER NOT NULL, captures INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
  id INTEGER PRIMARY KEY, asked TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER
);
PRAGMA user_version = {SCHEMA};
"""
_FROM_1 = "INSERT INTO files SELECT warc, -1 FROM captures GROUP BY warc"
"""A ledger of schema 1 was complete when its crawl ended; a file of unknown length (-1) is taken as entered."""


sqlite3.register_adapter(type(None), lambda none: none)
"""For every None that it is given to store, sqlite3 asks three objects in turn for an adapter: two thirds of a row's
time, of whose columns half are empty, unless it finds one at once."""


class LedgerFile:
    """An open file. One thread at a time; raises ``ArchiveError`` for whatever SQLite cannot do."""

    def __init__(self, file: Path, *, writing: bool, checked: bool) -> None:
        self._file = file
        self._writing = writing
        self._begun = False
        self._closed = False
        try:
            if writing:
                self._db = sqlite3.connect(
                    file.absolute(), check_same_thread=False, isolation_level=None, timeout=_AT_FIRST
                )  # file:notes would be an address
                version = self._check()
                if checked:
                    self._look_through()
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._db.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
                self._db.executescript(f"BEGIN IMMEDIATE; {_CREATE} {_FROM_1 if version == 1 else ''}; COMMIT;")
                self._db.execute(f"PRAGMA busy_timeout = {_UNDER_WAY * 1000}")
            else:
                self._db = sqlite3.connect(
                    f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=_AT_FIRST
                )
                self._check()
        except sqlite3.Error as error:
            if hasattr(self, "_db"):
                self._db.close()
            raise self._explain(error) from error

    def _check(self) -> int:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version not in (0, 1, SCHEMA):
            self._db.close()
            raise CollectionError(
                f"{self._file} has schema {version}, this wirecopy knows {SCHEMA}: "
                f"use the wirecopy that wrote it, or delete the file and run `wirecopy index {self._file.parent}`",
                self._file.parent,
            )
        return version

    def _look_through(self) -> None:
        (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            self._db.close()
            raise self._damaged(found)

    def _damaged(self, how: object) -> LedgerDamaged:
        return LedgerDamaged(f"the ledger {self._file} is damaged ({how}); see `wirecopy index`", self._file)

    def _explain(self, error: sqlite3.Error) -> ArchiveError:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE:
            return self._damaged(error)
        remedy = "the WARCs are whole; see `wirecopy index`"
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR:  # a full tmpfs, for one
            remedy = f"see whether its disk is full or failing; {remedy}"
        elif "full" in str(error):
            remedy = "free some space"
        return ArchiveError(f"cannot use the ledger {self._file}: {error}; {remedy}", self._file)

    def execute(self, statement: str, *values: object) -> None:
        """Change something, to count with the next :meth:`commit`."""
        try:
            if not self._begun:
                self._db.execute("BEGIN IMMEDIATE")
                self._begun = True
            try:
                self._db.execute(statement, values)
            except UnicodeEncodeError:  # half a character, from a page's JSON or another's archive
                self._db.execute(statement, tuple(_storable(value) for value in values))
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def expect_many(self) -> None:
        """Hold more of the file from here on: a transaction of many rows begins."""
        try:
            self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def execute_synced(self, statement: str, *values: object) -> int:
        """Change something by itself, on the disk when this returns; the number of a row that was inserted."""
        try:
            self._db.execute("PRAGMA synchronous = FULL")
            done = self._db.execute(statement, tuple(map(_storable, values)))
            self._db.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            raise self._explain(error) from error
        return int(done.lastrowid or 0)

    def rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """What a question finds."""
        try:
            for row in self._db.execute(statement, tuple(map(_storable, values))):  # noqa: UP028
                yield row  # with "yield from" the cursor would be closed with us, and fail behind its file
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def commit(self) -> None:
        """Make what was changed count."""
        if self._begun:
            try:
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._explain(error) from error
            self._begun = False

    def rollback(self) -> None:
        """Forget what was changed since the last commit."""
        if self._begun:
            self._begun = False
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Finish, leaving a single file; nothing happens the second time."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._writing:
                self.rollback()
                self._db.execute("PRAGMA busy_timeout = 0")
                self._db.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _IN_USE:  # somebody reads: the next writer tidies up
                raise self._explain(error) from error
        finally:
            self._db.close()


@cache
def inserting(rows: int) -> str:
    """The statement that enters so many captures, of which those known stay as they are."""
    values = f"({', '.join('?' * len(COLUMNS))})"
    return f"INSERT OR IGNORE INTO captures VALUES {', '.join([values] * rows)}"


def _storable(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
