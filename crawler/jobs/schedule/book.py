"""The book that a scheduled job keeps between runs: one SQLite file beside the collections.

All of it but the alarms told can be made again from watchlist and archives; it is kept so that a run need not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

from crawler.archive.size import bytes_of
from crawler.jobs.watchlist import WatchlistError
from crawler.model.moment import rfc3339

SCHEMA = 1
"""Number of the form; a book of a later one is not opened."""
KEPT = timedelta(days=90)
"""For how long a run and its visits stay; what is told of sites looks back a third of it."""
LATEST = 200
"""Runs that stay however long ago they were: those that the desk lists."""

_TABLES = f"""
CREATE TABLE IF NOT EXISTS stories (
  url TEXT PRIMARY KEY, collection TEXT NOT NULL, copies TEXT NOT NULL, source TEXT, headline TEXT,
  added TEXT NOT NULL, published TEXT, visited TEXT, changed TEXT, counted TEXT,
  failures INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0, outcome TEXT,
  digests TEXT NOT NULL DEFAULT '{{}}', cost TEXT NOT NULL DEFAULT '{{}}', watched INTEGER NOT NULL DEFAULT 1,
  next_visit TEXT, next_count TEXT, searched TEXT
);
CREATE INDEX IF NOT EXISTS stories_due ON stories (next_visit) WHERE watched;
CREATE INDEX IF NOT EXISTS stories_counted ON stories (next_count) WHERE watched;
CREATE TABLE IF NOT EXISTS sources (
  url TEXT PRIMARY KEY, visited TEXT, failures INTEGER NOT NULL DEFAULT 0, message TEXT, found INTEGER, added INTEGER
);
CREATE TABLE IF NOT EXISTS visits (
  run TEXT NOT NULL, story TEXT NOT NULL, url TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL,
  outcome TEXT NOT NULL, came INTEGER NOT NULL, refused INTEGER NOT NULL, changed INTEGER NOT NULL, message TEXT,
  fields TEXT NOT NULL, drift TEXT, record TEXT
);
CREATE INDEX IF NOT EXISTS visits_by_site ON visits (site, at);
CREATE INDEX IF NOT EXISTS visits_by_time ON visits (at);
CREATE INDEX IF NOT EXISTS visits_by_run ON visits (run);
CREATE TABLE IF NOT EXISTS requests (host TEXT, hour TEXT, number INTEGER NOT NULL, PRIMARY KEY (host, hour));
CREATE TABLE IF NOT EXISTS runs (
  id TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, code INTEGER, summary TEXT, bytes INTEGER
);
CREATE TABLE IF NOT EXISTS alarms (key TEXT PRIMARY KEY, message TEXT NOT NULL, since TEXT NOT NULL, told TEXT);
CREATE TABLE IF NOT EXISTS entered (batch TEXT, story TEXT, PRIMARY KEY (batch, story)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS policy (only INTEGER PRIMARY KEY CHECK (only = 1), words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS name (only INTEGER PRIMARY KEY CHECK (only = 1), name TEXT NOT NULL);
PRAGMA user_version = {SCHEMA};
"""
"""A column that comes to a table later may be null and stands in no index: older books have it added."""
_COLUMNS = """
SELECT tables.name, columns.name, columns.type
FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
"""


class Book:
    """An open book. Raises ``WatchlistError`` for one of another schema, ``sqlite3.Error`` where it can't be used."""

    def __init__(self, file: Path, *, lasting: bool = True) -> None:
        """Open ``file``; one that need not outlast the process is not synced to the disk."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._take(file, sqlite3.connect(file.absolute(), isolation_level=None, timeout=10), (0, SCHEMA))
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute(f"PRAGMA synchronous = {'NORMAL' if lasting else 'OFF'}")
            _complete(self._db)
        except sqlite3.Error:
            self._db.close()
            raise

    @classmethod
    def read(cls, file: Path) -> Self:
        """Open a book that is there to read it and no more, also where nothing can be written: on a full disk.

        Of one that an older wirecopy kept a copy is read, in memory, that has what came since.
        """
        book = cls.__new__(cls)
        book._take(file, _reader(file), (SCHEMA,))
        try:
            if _missing(book._db):
                kept, book._db = book._db, sqlite3.connect(":memory:", isolation_level=None)
                book._db.row_factory = sqlite3.Row
                with closing(kept):
                    kept.backup(book._db)
                _complete(book._db)
        except sqlite3.Error:
            book._db.close()
            raise
        return book

    def _take(self, file: Path, db: sqlite3.Connection, known: tuple[int, ...]) -> None:
        self.file, self._db = file, db
        db.row_factory = sqlite3.Row
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error:
            db.close()
            raise
        if version not in known:
            db.close()
            raise WatchlistError(
                file,
                [
                    f"{file}: of schema {version}, newer than the {SCHEMA} that this wirecopy knows: upgrade wirecopy"
                    if version > SCHEMA
                    else f"{file}: no book of a wirecopy; move it away to begin a new one"
                ],
            )

    def rows(self, query: str, *values: object) -> list[Any]:
        """The rows of a query, by name."""
        return self._db.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Any:
        """The first row of a query, or None."""
        return self._db.execute(query, values).fetchone()

    def write(self, statement: str, *values: object) -> int:
        """Change something; returns how many rows."""
        return self._db.execute(statement, values).rowcount

    def name(self) -> str:
        """What tells this book from every other, whatever the machine and the folder are called."""
        self.write("INSERT OR IGNORE INTO name VALUES (1, ?)", token_hex(8))
        return str(self.row("SELECT name FROM name")["name"])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            yield

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _complete(db: sqlite3.Connection) -> None:
    """Make all tables, and the columns that a book of an older wirecopy lacks: empty, they say what its lack said."""
    db.executescript(_TABLES)
    for table, column, kind in _missing(db):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


def _missing(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """The columns of our tables that this database has not, with their types; those of a new book it has."""
    present = {tuple(row)[:2] for row in db.execute(_COLUMNS)}
    with closing(sqlite3.connect(":memory:")) as new:
        new.executescript(_TABLES)
        return [row for row in new.execute(_COLUMNS) if row[:2] not in present]


def _reader(file: Path) -> sqlite3.Connection:
    """A connection that only reads.

    A file with a write-ahead log is read by way of an index beside it, for which a full disk has no room, and in a
    folder of others we have no right. It is read without one then: as it stands where no log waits, else by this
    process alone, which keeps the index in memory. A run that is at work has made the index.
    """
    log = file.with_name(f"{file.name}-wal")
    waits = bytes_of([log]) > 0
    ways = [("mode=ro", "NORMAL"), ("mode=rw", "EXCLUSIVE") if waits else ("immutable=1", "NORMAL")]
    for way, locking in ways:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?{way}", uri=True, isolation_level=None, timeout=10)
        try:
            db.execute(f"PRAGMA locking_mode = {locking}")
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            db.close()
            if way == ways[-1][0] or not isinstance(error, sqlite3.OperationalError):
                raise
        else:
            return db
    raise AssertionError


def text_of(time: datetime | None) -> str | None:
    """A time as the book writes it, to the second; texts sort as times do."""
    return rfc3339(time.replace(microsecond=0)) if time else None


def time_of(text: str) -> datetime:
    """A time that the book holds."""
    return datetime.fromisoformat(text)
