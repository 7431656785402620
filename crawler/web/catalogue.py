"""The index of the tables of many collections: one SQLite file with full-text search, made from them, deletable.

It lies in the user's cache folder and is brought up to date when a collection's tables change; archives are only read.
An article's own line is read from ``tables/articles.jsonl`` by its offset.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from crawler.archive.errors import CollectionError
from crawler.archive.layout import refuse_newer
from crawler.export.sources import lacking
from crawler.web.catalogue_rows import Progress, enter, forget, stamp_of
from crawler.web.catalogue_tables import CREATE, SCHEMA, STORED

_CHECK_EVERY = 2.0
"""Seconds between two looks at whether tables have changed."""
_MOST_KEPT = 1000
"""Answers that are remembered."""
_UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)
"""What tables raise that another program wrote, or another version."""
Made = TypeVar("Made")


class Catalogue:
    """The index at ``file`` of the collections among ``folders`` (name to folder). Close it after use.

    Raises ``sqlite3.Error`` where the file cannot be written; a file of another version is made anew.
    """

    def __init__(self, file: Path, folders: Callable[[], Mapping[str, Path]], progress: Progress | None = None) -> None:
        self._file = file
        self._folders = folders
        self._places: Mapping[str, Path] = {}
        self._idle: list[sqlite3.Connection] = []
        """Connections that nobody uses now; the threads of a server come and go, and own none."""
        self._lock = threading.Lock()
        self._checked = 0.0
        self._kept: dict[str, tuple[int, Any]] = {}
        self.version = 0
        """Grows whenever the index has changed."""
        self.problems: dict[str, str] = {}
        """Collections whose tables cannot be read, with the reason."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._prepare()
        self.refresh(progress)

    @staticmethod
    def place(root: Path) -> Path:
        """Where the index of the collections below ``root`` is kept."""
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        named = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
        return home / "wirecopy" / f"desk-{named}.sqlite"

    def query(self, statement: str, values: Mapping[str, object] | tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows that a statement gives."""
        with self._connection() as db:
            return db.execute(statement, values).fetchall()

    def remembered(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, kept until the index changes."""
        version, value = self._kept.get(name, (-1, None))
        if version == self.version:
            return cast("Made", value)
        made = make()
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[name] = self.version, made
        return made

    def article(self, collection: str, record_id: str) -> dict[str, Any] | None:
        """The article extracted from a record, as its table has it; None where there is none."""
        found = self.query("SELECT start FROM articles WHERE collection = ? AND record_id = ?", (collection, record_id))
        folder = self._places.get(collection)
        if not found or folder is None:
            return None
        try:
            with (folder / "tables" / "articles.jsonl").open("rb") as lines:
                lines.seek(found[0]["start"])
                article: dict[str, Any] = json.loads(lines.readline())
        except (OSError, ValueError):
            return None
        return article if (article.get("record") or {}).get("id") == record_id else None

    def problem(self, collection: str) -> str | None:
        """Why the tables of a collection cannot be read, or which of them it has not; None where all is well."""
        folder = self._places.get(collection)
        if collection in self.problems or folder is None or not (folder / "tables" / "articles.jsonl").is_file():
            return self.problems.get(collection)
        absent, words = lacking(folder)
        return words if absent else None

    def stored(self, table: str, key: str, value: str, collection: str | None = None) -> list[dict[str, Any]]:
        """The rows of a story table whose ``key`` is ``value``, in their order; each with its ``collection``."""
        column = STORED[table].index(key)
        where, values = f"tab = ? AND key{column} = ?", [table, value]
        if collection is not None:
            where, values = f"{where} AND collection = ?", [*values, collection]
        found = self.query(f"SELECT collection, data FROM stored WHERE {where} ORDER BY rowid", tuple(values))
        return [{"collection": row["collection"], **json.loads(row["data"])} for row in found]

    def all_stored(self, table: str) -> Iterator[dict[str, Any]]:
        """Every row of a story table."""
        with self._connection() as db, closing(db.cursor()) as rows:
            for row in rows.execute("SELECT collection, data FROM stored WHERE tab = ?", (table,)):
                yield {"collection": row["collection"], **json.loads(row["data"])}

    def refresh(self, progress: Progress | None = None) -> None:
        """Read the tables that have changed since they were read."""
        with self._lock, self._connection() as db:
            self._checked = time.monotonic()
            known = {row["name"]: row["stamp"] for row in db.execute("SELECT name, stamp FROM collections")}
            folders = self._places = self._folders()
            for name in self.problems.keys() - folders.keys():
                del self.problems[name]
            for name in known.keys() - folders.keys():
                with db:
                    forget(db, name)
                self.version += 1
            for name, folder in folders.items():
                stamp = stamp_of(folder)
                if known.get(name) == stamp:
                    continue
                try:
                    refuse_newer(folder)
                    with db:
                        forget(db, name)
                        enter(db, name, folder, progress or _nobody)
                        db.execute("INSERT INTO collections VALUES (?, ?)", (name, stamp))
                    self.problems.pop(name, None)
                except CollectionError as error:
                    self.problems[name] = str(error)
                except _UNREADABLE as error:
                    what = f"a row has no {error}" if isinstance(error, KeyError) else error
                    self.problems[name] = f"{folder / 'tables'}: {what}; `wirecopy index {folder}` makes them anew"
                self.version += 1

    def keep_fresh(self) -> None:
        """As :meth:`refresh`, but seldom, and never while another thread does."""
        if time.monotonic() - self._checked > _CHECK_EVERY and not self._lock.locked():
            self.refresh()

    def close(self) -> None:
        """Let go of the file."""
        while self._idle:
            self._idle.pop().close()

    def _prepare(self) -> None:
        try:
            with self._connection() as db:
                version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == SCHEMA:
                return
        except sqlite3.DatabaseError:
            version = -1
        self.close()
        if version != 0:
            for rest in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + rest).unlink(missing_ok=True)
        with self._connection() as db:
            db.executescript(CREATE)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file, for one user at a time."""
        try:
            db = self._idle.pop()
        except IndexError:
            db = self._connect()
        try:
            yield db
        finally:
            self._idle.append(db)

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=30, check_same_thread=False)
        try:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # what is lost is read again
            db.execute("PRAGMA cache_size = -16000")
        except sqlite3.Error:
            db.close()
            raise
        return db


def _nobody(_: str, __: int) -> None:
    """Told something, does nothing."""
