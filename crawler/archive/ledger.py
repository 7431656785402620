"""The ledger: what was asked for when, where its record lies, and how it ended, in one SQLite file.

The WARCs are the truth. All of the ledger but the failures that left no byte can be made again from them, so its own
commits need no sync to disk: write-ahead logging keeps the file sound whatever happens, and what a power cut takes from
its end is read again from the WARCs at the next start. Closing returns to a single file, so the folder stays copyable.

The same tables, in a temporary file, index archives that others wrote.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import Path

from crawler.archive.errors import ArchiveError, CollectionError, LedgerDamaged
from crawler.archive.row import Row, from_micros, to_micros
from crawler.model import Failure, Outcome, Purpose, Role

SCHEMA = 2
"""2 knows which WARCs are entered whole (``files``) and which captures were asked for and not finished (``runs``)."""
_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

_COLUMNS = tuple(field.name for field in fields(Row))
_TYPES = {"offset", "length", "first", "span", "captured_at", "status", "payload_length", "refers_to_date", "hops"}
_CREATE = f"""
CREATE TABLE IF NOT EXISTS captures (
  {", ".join(f"{name} {'INTEGER' if name in _TYPES else 'TEXT'}" for name in _COLUMNS)}
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
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM captures"
_values: Callable[[Row], tuple[object, ...]] = attrgetter(*_COLUMNS)
_VALUES = f"({', '.join('?' * len(_COLUMNS))})"
_MANY = 1024
"""Rows that wait at most."""


@dataclass(frozen=True, slots=True)
class Part:
    """The captures of one WARC that ended in one way; times in microseconds since 1970, ``size`` in bytes."""

    warc: str
    outcome: str | None
    captures: int
    first: int
    last: int
    size: int


class Ledger:
    """An open ledger. One thread at a time; raises ``ArchiveError`` for whatever SQLite cannot do."""

    def __init__(self, file: Path, *, writing: bool = True) -> None:
        self.file = file
        try:
            if writing:
                self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None, timeout=10)
                version = self._check()
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._db.executescript(f"BEGIN IMMEDIATE; {_CREATE} {_FROM_1 if version == 1 else ''}; COMMIT;")
            else:
                self._db = sqlite3.connect(
                    f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=10
                )
                self._check()
        except sqlite3.Error as error:
            raise self._explain(error) from error
        self._waiting: dict[str, Row] = {}
        self._payloads: dict[str, Row] = {}
        """Whole responses among the rows that wait, by their payload."""
        self._fresh: list[Row] = []
        """Whole responses entered since the last commit."""
        self._writing = writing
        self._begun = False
        self._closed = False

    def _check(self) -> int:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version not in (0, 1, SCHEMA):
            self._db.close()
            raise CollectionError(
                f"{self.file} has schema {version}, this wirecopy knows {SCHEMA}: "
                f"use the wirecopy that wrote it, or delete the file and run `wirecopy index {self.file.parent}`",
                self.file.parent,
            )
        return version

    def _explain(self, error: sqlite3.Error) -> ArchiveError:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
            return LedgerDamaged(f"the ledger {self.file} is damaged ({error}); see `wirecopy index`", self.file)
        remedy = "free some space" if "full" in str(error) else "the WARCs are whole; see `wirecopy index`"
        return ArchiveError(f"cannot use the ledger {self.file}: {error}; {remedy}", self.file)

    def add(self, row: Row) -> None:
        """Enter a capture; one already entered under this id is left as it is.

        Rows wait for the commit or the next question and are entered together: a thread that calls SQLite for each of
        them lets go of the interpreter each time, and must wait to get it back.
        """
        self._waiting.setdefault(row.id, row)
        if row.type == "response" and not row.truncated and row.payload_digest:
            self._payloads.setdefault(row.payload_digest, row)
            self._fresh.append(row)
        if len(self._waiting) >= _MANY:
            self._enter()

    def _enter(self) -> None:
        rows = [_values(row) for row in self._waiting.values()]
        self._waiting, self._payloads = {}, {}
        for size in (64, 16, 4, 1):
            while len(rows) >= size:
                group, rows = rows[:size], rows[size:]
                self._execute(_inserting(size), tuple(chain.from_iterable(group)))

    def fail(self, failure: Failure) -> None:
        """Enter a request that left no byte."""
        why = failure.purpose
        values = (
            failure.url, to_micros(failure.started_at), failure.outcome.value, failure.message,
            why.role.value, why.story, why.via, why.hops, why.because,
        )  # fmt: skip
        self._execute(f"INSERT INTO failures VALUES ({', '.join('?' * len(values))})", values)

    def _execute(self, statement: str, values: tuple[object, ...]) -> None:
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

    def commit(self) -> list[Row]:
        """Make what was entered since the last commit count; the whole responses among it."""
        fresh, self._fresh = self._fresh, []
        self._enter()
        if self._begun:
            try:
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._explain(error) from error
            self._begun = False
        return fresh

    def rollback(self) -> None:
        """Forget what was entered since the last commit."""
        self._waiting, self._payloads, self._fresh = {}, {}, []
        if self._begun:
            self._begun = False
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def get(self, record_id: str) -> Row | None:
        """The capture with this record id."""
        if row := self._waiting.get(record_id):
            return row
        return self._one("WHERE id = ?", record_id)

    def with_payload(self, digest: str) -> Row | None:
        """The earliest whole response with this payload."""
        return self.with_payloads([digest]).get(digest)

    def with_payloads(self, digests: Iterable[str]) -> dict[str, Row]:
        """The earliest whole response with each of these payloads, of those there are."""
        found: dict[str, Row] = {}
        left = list(dict.fromkeys(digests))
        for size in (64, 16, 4, 1):
            while len(left) >= size:
                group, left = left[:size], left[size:]
                where = f"WHERE payload_digest IN ({', '.join('?' * size)})"
                for row in self._query(f"{where} AND type = 'response' AND truncated IS NULL ORDER BY rowid", *group):
                    found.setdefault(row.payload_digest or "", row)
        return {**{digest: self._payloads[digest] for digest in digests if digest in self._payloads}, **found}

    def of_url(self, urlkey: str) -> Iterator[Row]:
        """The captures of one URL key, latest first."""
        return self._rows("WHERE urlkey = ? ORDER BY captured_at DESC", urlkey)

    def nearest(self, urlkey: str, at: int) -> Iterator[Row]:
        """The captures of one URL key, nearest in time first."""
        return self._rows("WHERE urlkey = ? ORDER BY abs(captured_at - ?)", urlkey, at)

    def of_roles(self, roles: Iterable[Role]) -> Iterator[Row]:
        """The captures for these roles, as they were entered."""
        values = [role.value for role in roles]
        return self._rows(f"WHERE role IN ({', '.join('?' * len(values))}) ORDER BY rowid", *values)

    def borrowing(self) -> Iterator[Row]:
        """The revisits whose payload is in no capture of this ledger."""
        return self._rows(
            "AS row WHERE type = 'revisit' AND NOT EXISTS (SELECT 1 FROM captures WHERE id = row.refers_to) AND "
            "NOT EXISTS (SELECT 1 FROM captures WHERE payload_digest = row.payload_digest AND type = 'response' "
            "AND truncated IS NULL)"
        )

    def in_order_of_url(self) -> Iterator[Row]:
        """All captures by URL key, then time; SQLite sorts, on disk where they are many."""
        return self._rows("ORDER BY urlkey, captured_at")

    def in_order_of_capture(self) -> Iterator[Row]:
        """All captures as they were entered."""
        return self._rows("ORDER BY rowid")

    def failures(self) -> Iterator[Failure]:
        """The requests that left no byte, in the order they were entered."""
        for row in self._db.execute("SELECT * FROM failures ORDER BY rowid"):
            url, started, outcome, message, role, story, via, hops, because = row
            purpose = Purpose(Role(role), story, via, hops, because)
            yield Failure(url, from_micros(started), purpose, Outcome(outcome), message)

    def summed_up(self) -> Iterator[Part]:
        """How many captures of each WARC ended how, from when to when, and their size in the WARC."""
        statement = (
            "SELECT warc, outcome, count(*), min(captured_at), max(captured_at), sum(length) FROM captures "
            "GROUP BY warc, outcome ORDER BY warc, outcome"
        )
        self._enter()
        try:
            yield from (Part(*row) for row in self._db.execute(statement))
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def count(self) -> int:
        """How many captures there are."""
        self._enter()
        return int(self._db.execute("SELECT count(*) FROM captures").fetchone()[0])

    def indexed(self) -> tuple[int, int]:
        """The last capture that is in the index, and how many are; nothing where they have to be written anew."""
        found = self._db.execute("SELECT last, captures FROM indexed").fetchone()
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def enter_indexed(self) -> None:
        """Note that all captures are in the index."""
        self._enter()
        self._execute("DELETE FROM indexed", ())
        self._execute("INSERT INTO indexed SELECT coalesce(max(rowid), 0), count(*) FROM captures", ())

    def entered_after(self, last: int) -> Iterator[Row]:
        """The captures that were entered after one, by URL key, then time."""
        return self._rows("WHERE rowid > ? ORDER BY urlkey, captured_at", last)

    def clear_captures(self, warc: str | None = None) -> None:
        """Forget all captures, or those in one file, to enter them anew from the WARCs."""
        self._enter()
        self._execute("DELETE FROM indexed", ())
        if warc is None:
            self._execute("DELETE FROM captures", ())
            self._execute("DELETE FROM files", ())
        else:
            self._execute("DELETE FROM captures WHERE warc = ?", (warc,))

    def enter_file(self, name: str, size: int) -> None:
        """Note that all captures of a finished WARC of ``size`` bytes are entered."""
        self._execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (name, size))

    def files(self) -> dict[str, int]:
        """The finished WARCs whose captures are all entered, with their lengths in bytes (-1: not known)."""
        try:
            return dict(self._db.execute("SELECT name, bytes FROM files"))
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def begin_run(self, asked: str, at: datetime, *, since: datetime) -> tuple[int, datetime]:
        """Enter that a capture of ``asked`` begins at ``at``; its number and when it was first begun.

        Where a run of the same was begun after ``since`` and never ended, that one goes on. On the disk when this
        returns, unlike all else here: what was not entered could not be gone on with.
        """
        try:
            found = self._db.execute(
                "SELECT id, started_at FROM runs WHERE asked = ? AND ended_at IS NULL AND started_at >= ? "
                "ORDER BY id DESC LIMIT 1",
                (asked, to_micros(since)),
            ).fetchone()
            if found:
                return int(found[0]), from_micros(found[1])
            self._db.execute("PRAGMA synchronous = FULL")
            number = self._db.execute("INSERT INTO runs (asked, started_at) VALUES (?, ?)", (asked, to_micros(at)))
            self._db.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            raise self._explain(error) from error
        return int(number.lastrowid or 0), at

    def end_runs(self, asked: str, at: datetime) -> None:
        """Enter that nothing asked for as ``asked`` is left to do."""
        self._execute("UPDATE runs SET ended_at = ? WHERE asked = ? AND ended_at IS NULL", (to_micros(at), asked))

    def _rows(self, where: str, *values: object) -> Iterator[Row]:
        if self._waiting:
            self._enter()
        return self._query(where, *values)

    def _query(self, where: str, *values: object) -> Iterator[Row]:
        try:
            for row in self._db.execute(f"{_SELECT} {where}", tuple(map(_storable, values))):
                yield Row(*row)
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def _one(self, where: str, *values: object) -> Row | None:
        return next(self._rows(where, *values), None)

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
def _inserting(rows: int) -> str:
    return f"INSERT OR IGNORE INTO captures VALUES {', '.join([_VALUES] * rows)}"


def _storable(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
