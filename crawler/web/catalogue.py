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
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from crawler.web.catalogue_tables import CREATE, SCHEMA, STORED

_CHECK_EVERY = 2.0
"""Seconds between two looks at whether tables have changed."""
_MOST_KEPT = 1000
Made = TypeVar("Made")
Progress = Callable[[str, int], None]
"""Told the collection being read, and how many bytes more of its tables."""


class Catalogue:
    """The index at ``file`` of the collections among ``folders`` (name to folder). Close it after use.

    Raises ``sqlite3.Error`` where the file cannot be written; a file of another version is made anew.
    """

    def __init__(self, file: Path, folders: Callable[[], Mapping[str, Path]], progress: Progress | None = None) -> None:
        self._file = file
        self._folders = folders
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
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
        return self._connection().execute(statement, values).fetchall()

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
        folder = self._folders().get(collection)
        if not found or folder is None:
            return None
        try:
            with (folder / "tables" / "articles.jsonl").open("rb") as lines:
                lines.seek(found[0]["start"])
                article: dict[str, Any] = json.loads(lines.readline())
        except (OSError, ValueError):
            return None
        return article if (article.get("record") or {}).get("id") == record_id else None

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
        for row in self._connection().execute("SELECT collection, data FROM stored WHERE tab = ?", (table,)):
            yield {"collection": row["collection"], **json.loads(row["data"])}

    def refresh(self, progress: Progress | None = None) -> None:
        """Read the tables that have changed since they were read."""
        with self._lock:
            self._checked = time.monotonic()
            db = self._connection()
            known = {row["name"]: row["stamp"] for row in db.execute("SELECT name, stamp FROM collections")}
            folders = self._folders()
            for name in known.keys() - folders.keys():
                with db:
                    _forget(db, name)
                self.version += 1
            for name, folder in folders.items():
                stamp = _stamp(folder)
                if known.get(name) == stamp:
                    continue
                try:
                    with db:
                        _forget(db, name)
                        _enter(db, name, folder, progress or _nobody)
                        db.execute("INSERT INTO collections VALUES (?, ?)", (name, stamp))
                    self.problems.pop(name, None)
                except (OSError, ValueError, TypeError, AttributeError) as error:
                    self.problems[name] = f"{folder / 'tables'}: {error}; `wirecopy index {folder}` makes them anew"
                self.version += 1

    def keep_fresh(self) -> None:
        """As :meth:`refresh`, but seldom, and never while another thread does."""
        if time.monotonic() - self._checked > _CHECK_EVERY and not self._lock.locked():
            self.refresh()

    def close(self) -> None:
        """Let go of the file."""
        for connection in self._open:
            connection.close()
        self._open.clear()

    def _prepare(self) -> None:
        try:
            version = self._connection().execute("PRAGMA user_version").fetchone()[0]
            if version == SCHEMA:
                return
        except sqlite3.DatabaseError:
            version = -1
        self.close()
        self._local = threading.local()
        if version != 0:
            for rest in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + rest).unlink(missing_ok=True)
        self._connection().executescript(CREATE)

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self._file, timeout=30, check_same_thread=False)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # what is lost is read again
            db.execute("PRAGMA cache_size = -16000")
            self._local.db = db
            self._open.append(db)
        return db


def _forget(db: sqlite3.Connection, name: str) -> None:
    db.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM articles WHERE collection = ?)", (name,))
    for table in ("articles", "stories", "copies", "stored"):
        db.execute(f"DELETE FROM {table} WHERE collection = ?", (name,))
    db.execute("DELETE FROM collections WHERE name = ?", (name,))


def _enter(db: sqlite3.Connection, name: str, folder: Path, progress: Progress) -> None:
    tables = folder / "tables"
    for start, row in _lines(tables / "articles.jsonl", name, progress):
        record = row.get("record") or {}
        if not record.get("id") or not row.get("url"):
            continue
        publisher = row.get("publisher") or {}
        site = _site(row["url"])
        inserted = db.execute(
            "INSERT OR IGNORE INTO articles (collection, record_id, url, site, headline, outlet, byline, language,"
            " published, captured_at, outcome, words, start) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name, record["id"], row["url"], site, row.get("headline"), publisher.get("name") or site,
                row.get("byline"), row.get("language"), row.get("date_published") or row.get("date_published_earliest"),
                row.get("captured_at"), row.get("outcome"), len((row.get("text") or "").split()), start,
            ),
        )  # fmt: skip
        if inserted.rowcount:
            authors = " ".join(row.get("authors") or ())
            values = (inserted.lastrowid, row.get("headline"), authors, row.get("text"))
            db.execute("INSERT INTO words (rowid, headline, authors, text) VALUES (?, ?, ?, ?)", values)
    for _, row in _lines(tables / "stories.jsonl", name, progress):
        db.execute(
            "INSERT INTO stories (collection, story_id, headline, outlet, published, articles, sites)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                name, row["story_id"], row["headline"], row["original_publisher"], row["first_published_earliest"],
                row["articles"], row["sites"],
            ),
        )  # fmt: skip
    for table, keys in STORED.items():
        for _, row in _lines(tables / f"{table}.jsonl", name, progress):
            found = [row.get(key) for key in keys] + [None] * (3 - len(keys))
            db.execute(
                "INSERT INTO stored (tab, collection, key0, key1, key2, data) VALUES (?, ?, ?, ?, ?, ?)",
                (table, name, *found, json.dumps(row, ensure_ascii=False)),
            )
            if table == "copies":
                _enter_copy(db, name, row)
    db.execute(
        "UPDATE articles SET story = (SELECT story FROM copies WHERE copies.collection = articles.collection"
        " AND copies.record_id = articles.record_id) WHERE collection = ?",
        (name,),
    )
    db.execute(
        "UPDATE stories SET captured_at = (SELECT max(captured_at) FROM articles WHERE story = stories.id)"
        " WHERE collection = ?",
        (name,),
    )


def _enter_copy(db: sqlite3.Connection, name: str, row: dict[str, Any]) -> None:
    db.execute(
        "INSERT INTO copies (collection, story, record_id, source_record_id, role, direction, coverage)"
        " SELECT ?, id, ?, ?, ?, ?, ? FROM stories WHERE collection = ? AND story_id = ?",
        (
            name, row["record_id"], row["source_record_id"], row["role"], row["direction"], row["coverage_of_copy"],
            name, row["story_id"],
        ),
    )  # fmt: skip


def _lines(file: Path, name: str, progress: Progress) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a JSON Lines file with their offsets; none where there is no such file."""
    if not file.exists():
        return
    start = 0
    with file.open("rb") as lines:
        for raw in lines:
            yield start, json.loads(raw)
            start += len(raw)
            progress(name, len(raw))


def _stamp(folder: Path) -> str:
    files = sorted((folder / "tables").glob("*.jsonl"))
    return " ".join(f"{file.name}:{file.stat().st_mtime_ns}:{file.stat().st_size}" for file in files)


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _nobody(_: str, __: int) -> None:
    """Told something, does nothing."""
