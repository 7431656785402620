"""Tables as one SQLite database, as Datasette likes them: types, keys, indexes, full-text search over the articles."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.export.jsonl import Advance
from crawler.export.sources import NotWritten, TableSource

_SQLITE = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_BATCH = 500
"""Rows that are entered at a time."""


def write_database(sources: Sequence[TableSource], target: Path, told: Advance) -> dict[str, int]:
    """Write the tables into the new database ``target``; return how many rows each has. Raises ``NotWritten``."""
    counts = {}
    try:
        with closing(sqlite3.connect(target.absolute(), isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("BEGIN")
            for source in sources:
                counts[source.table.name] = _fill(db, source, told)
            db.execute("COMMIT")
            if "articles" in counts:
                db.execute(
                    "CREATE VIRTUAL TABLE articles_fts USING fts5 (headline, text, content='articles',"
                    " tokenize='unicode61 remove_diacritics 2')"
                )
                db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    except sqlite3.Error as error:
        raise NotWritten(f"{target} cannot be written: {' '.join(str(error).split())}") from error
    return counts


def _fill(db: sqlite3.Connection, source: TableSource, told: Advance) -> int:
    name = source.table.name
    columns = ", ".join(f'"{column.name}" {_SQLITE.get(column.type, "TEXT")}' for column in source.columns)
    db.execute(f"CREATE TABLE {name} ({columns})")
    marks = ", ".join("?" * len(source.columns))
    count = 0
    for rows in _batches(source.rows()):
        db.executemany(
            f"INSERT INTO {name} VALUES ({marks})", [[_stored(value) for value in row.values()] for row in rows]
        )
        count += len(rows)
        told(len(rows))
    named = {column.name for column in source.columns}
    for column in ("record_id", "article_url", "url", "story_id", "series", "source_record_id"):
        if column in named:
            db.execute(f"CREATE INDEX {name}_by_{column} ON {name} ({column})")
    return count


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _stored(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
