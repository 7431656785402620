"""The rows of a collection's tables, put into the catalogue's and taken out again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.archive.surt import surt
from crawler.model.address import host_of
from crawler.model.words import count_words
from crawler.stories.apart import story_id
from crawler.web.catalogue_tables import STORED
from crawler.web.words import parted

Progress = Callable[[str, int], None]
"""Told the collection being read, and how many bytes more of its tables."""


_NUMBER, _TEXT = (int, float), (str,)
_TAKEN: dict[str, dict[str, tuple[type, ...]]] = {
    "copies": {"coverage_of_copy": (*_NUMBER, type(None))},
    "count_series": {
        **dict.fromkeys(("series", "captured_at", "article_url", "site", "name"), _TEXT),
        **dict.fromkeys(("of", "raw"), (str, type(None))), "value": (*_NUMBER, type(None)), "flags": (list,),
    },
}  # fmt: skip
"""What the pages over all collections are made of: a row that has it otherwise must not cost the others theirs."""


def forget(db: sqlite3.Connection, name: str) -> None:
    """Take out what is of a collection."""
    db.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM articles WHERE collection = ?)", (name,))
    for table in ("articles", "stories", "copies", "stored"):
        db.execute(f"DELETE FROM {table} WHERE collection = ?", (name,))
    db.execute("DELETE FROM collections WHERE name = ?", (name,))


def enter(db: sqlite3.Connection, name: str, folder: Path, progress: Progress) -> None:
    """Put in what the tables in a collection's folder hold. Raises ``OSError``, ``ValueError``."""
    tables = folder / "tables"
    for start, row in _lines(tables / "articles.jsonl", name, progress):
        if row.get("captured_at") is not None:
            datetime.fromisoformat(row["captured_at"])
        record = row.get("record") or {}
        if not record.get("id") or not row.get("url"):
            continue
        publisher = row.get("publisher") or {}
        site = host_of(row["url"])
        inserted = db.execute(
            "INSERT OR IGNORE INTO articles (collection, record_id, url, surt, site, headline, outlet, byline,"
            " language, published, captured_at, outcome, words, start, first_of)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name, record["id"], row["url"], surt(row["url"]), site, row.get("headline"),
                publisher.get("name") or site, row.get("byline"), row.get("language"),
                row.get("date_published") or row.get("date_published_earliest"),
                row.get("captured_at"), row.get("outcome"), count_words(row.get("text") or ""), start,
                story_id((row.get("memento") or {}).get("page") or row["url"]),
            ),
        )  # fmt: skip
        if inserted.rowcount:
            authors = " ".join(row.get("authors") or ())
            values = (inserted.lastrowid, parted(row.get("headline")), parted(authors), parted(row.get("text")))
            db.execute("INSERT INTO words (rowid, headline, authors, text) VALUES (?, ?, ?, ?)", values)
    for _, row in _lines(tables / "stories.jsonl", name, progress):
        db.execute(
            "INSERT INTO stories (collection, story_id, headline, outlet, published, articles, sites)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                name, row["story_id"], row["headline"],
                row["original_publisher"] or host_of(row.get("original_url")) or None,
                row["first_published_earliest"], row["articles"], row["sites"],
            ),
        )  # fmt: skip
    for table, keys in STORED.items():
        for _, row in _lines(tables / f"{table}.jsonl", name, progress):
            _check(table, row)
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


def _check(table: str, row: dict[str, Any]) -> None:
    for key, types in _TAKEN.get(table, {}).items():
        if not isinstance(row[key], types):
            raise TypeError(f"{table}.jsonl: {key} is {str(row[key])[:40]!r}")
    if table == "count_series":
        datetime.fromisoformat(row["captured_at"])


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


def stamp_of(folder: Path) -> str:
    """What changes whenever one of a collection's tables does."""
    return " ".join(map(_stamp_of_file, sorted((folder / "tables").glob("*.jsonl"))))


def _stamp_of_file(file: Path) -> str:
    try:
        found = file.stat()
    except FileNotFoundError:  # its collection was just deleted, as a run does that has kept it long enough
        return f"{file.name}:"
    return f"{file.name}:{found.st_mtime_ns}:{found.st_size}"
