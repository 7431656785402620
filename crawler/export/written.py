"""The tables of collections written for other programs: Parquet, CSV, JSON Lines, SQLite, schema.org JSON-LD."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from crawler.export.columns import Column
from crawler.export.json_ld import news_article
from crawler.export.jsonl import line
from crawler.export.package import write_package
from crawler.export.sources import NotWritten, TableSource
from crawler.model.each import Each, in_turn

FORMATS = ("parquet", "csv", "jsonl", "sqlite", "jsonld")
DATABASE = "wirecopy.sqlite"
SCRATCH = "wirecopy-"
"""What folders begin with that are there while a table is written; a process that is killed leaves its own behind."""
_DUCKDB = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "time": "VARCHAR"}
_SQLITE = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_ROW_BYTES = 64 << 20
_BATCH = 500
Advance = Callable[[int], None]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export, and the rows in it of each table."""

    file: Path
    rows: dict[str, int]


def write(
    sources: Sequence[TableSource],
    form: str,
    folder: Path,
    advance: Advance | None = None,
    each: Each = in_turn,
) -> list[Written]:
    """Write every table in ``form``, one of ``FORMATS``, into ``folder``, with a ``datapackage.json`` about them.

    ``advance`` is told how many more rows were written. Of Parquet, the tables of each collection are made by ``each``
    at the same time, and then joined; whoever does so sees folder and collections by the same paths. Raises
    ``ExportError`` where a table cannot be read, ``NotWritten`` or ``OSError`` where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = advance or _nobody
    if form == "sqlite":
        files = [_sqlite(sources, folder / DATABASE, told)]
    elif form == "parquet":
        files = _parquet(sources, folder, told, each)
    elif form == "jsonld":
        files = [_json_ld(source, folder, told) for source in sources if source.table.name == "articles"]
    else:
        one = {"csv": _csv, "jsonl": _jsonl}[form]
        files = [Written(*one(source, folder, told)) for source in sources]
    write_package(folder, sources, form, [(written.file, written.rows) for written in files])
    return files


def sql_type(column: Column) -> str:
    """The DuckDB type of a column: captures have times, what pages state stays as stated; nested values are JSON."""
    if column.type == "time" and column.name.endswith("captured_at"):
        return "TIMESTAMP WITH TIME ZONE"
    return _DUCKDB.get(column.type, "JSON")


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows that one collection has of a table, and the file they go to."""

    source: TableSource
    file: Path


def _parquet(sources: Sequence[TableSource], folder: Path, told: Advance, each: Each) -> list[Written]:
    with TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        parts = [
            [
                _Part(source, Path(scratch).absolute() / f"{source.table.name}-{number:06}.parquet")
                for number, source in enumerate(table.by_collection())
            ]
            for table in sources
        ]
        counts = each(_write_part, [part for table in parts for part in table])
        written = []
        for table, of_table in zip(sources, parts, strict=True):
            count = 0
            for _, rows in zip(of_table, counts, strict=False):
                count += rows
                told(rows)
            target = folder / f"{table.table.name}.parquet"
            _join([part.file for part in of_table], target)
            written.append(Written(target, {table.table.name: count}))
    return written


def _write_part(part: _Part) -> int:
    return write_parquet(part.source.columns, part.source.rows(), part.file)


def _join(parts: Sequence[Path], target: Path) -> None:
    """Put Parquet files of the same columns one behind the other."""
    if len(parts) == 1:
        parts[0].replace(target)
        return
    fresh = parts[0].with_name(target.name)
    files = ", ".join(f"'{_literal(str(part))}'" for part in parts)
    try:
        with closing(duckdb.connect()) as db:
            db.execute("SET threads = 2")
            db.execute(
                f"COPY (SELECT * FROM read_parquet([{files}])) TO '{_literal(str(fresh))}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
    except duckdb.Error as error:
        raise NotWritten(f"{target} cannot be written: {' '.join(str(error).split())}") from error
    fresh.replace(target)


def write_parquet(columns: Sequence[Column], rows: Iterator[Row], target: Path, advance: Advance | None = None) -> int:
    """Write ``rows``, which have these ``columns``, in their order into the file ``target``; return how many they are.

    The old file stands until the new one is whole. ``advance`` is told how many more rows were written. Raises
    ``NotWritten`` where DuckDB cannot write it, ``OSError`` where the folder cannot be written.
    """
    try:
        with TemporaryDirectory(prefix=SCRATCH, dir=target.parent) as scratch, closing(duckdb.connect()) as db:
            db.execute("SET threads = 2")
            db.execute(f"SET temp_directory = '{_literal(scratch)}'")
            spool = Path(scratch) / "rows.jsonl"
            count = _spool(rows, spool, advance or _nobody)
            types = ", ".join(f"'{column.name}': '{sql_type(column)}'" for column in columns)
            fresh = Path(scratch) / "table.parquet"
            db.execute(
                f"COPY (SELECT * FROM read_json('{_literal(str(spool))}', format = 'newline_delimited', "
                f"maximum_object_size = {_ROW_BYTES}, columns = {{{types}}})) "
                f"TO '{_literal(str(fresh))}' (FORMAT parquet, COMPRESSION zstd)"
            )
            fresh.replace(target)
    except duckdb.Error as error:
        raise NotWritten(f"{target} cannot be written: {' '.join(str(error).split())}") from error
    return count


def _spool(rows: Iterator[Row], spool: Path, told: Advance) -> int:
    count = 0
    with spool.open("w", encoding="utf-8", errors="replace") as out:
        for row in rows:
            out.write(line(row))
            count += 1
            told(1)
    return count


def _jsonl(source: TableSource, folder: Path, told: Advance) -> tuple[Path, dict[str, int]]:
    target = folder / f"{source.table.name}.jsonl"
    fresh = target.with_name(f".{target.name}.new")
    count = _spool(source.rows(), fresh, told)
    fresh.replace(target)
    return target, {source.table.name: count}


def _csv(source: TableSource, folder: Path, told: Advance) -> tuple[Path, dict[str, int]]:
    """RFC 4180, UTF-8; null is an empty cell, nested values are JSON, booleans ``true`` and ``false``."""
    target = folder / f"{source.table.name}.csv"
    fresh = target.with_name(f".{target.name}.new")
    count = 0
    with fresh.open("w", encoding="utf-8", errors="replace", newline="") as out:
        table = csv.writer(out)
        table.writerow([column.name for column in source.columns])
        for row in source.rows():
            table.writerow([_cell(value) for value in row.values()])
            count += 1
            told(1)
    fresh.replace(target)
    return target, {source.table.name: count}


def _sqlite(sources: Sequence[TableSource], target: Path, told: Advance) -> Written:
    """Tables as Datasette likes them: types, keys, indexes, and full-text search over the articles."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    counts = {}
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
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
        fresh.replace(target)
    except sqlite3.Error as error:
        raise NotWritten(f"{target} cannot be written: {' '.join(str(error).split())}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return Written(target, counts)


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


def _json_ld(source: TableSource, folder: Path, told: Advance) -> Written:
    target = folder / "articles.jsonld"
    fresh = target.with_name(f".{target.name}.new")
    count = 0
    with fresh.open("w", encoding="utf-8", errors="replace") as out:
        out.write('{"@context": "https://schema.org", "@graph": [')
        for row in source.rows():
            told(1)
            if row["outcome"] != "article":
                continue
            out.write(("," if count else "") + "\n" + json.dumps(news_article(row), ensure_ascii=False))
            count += 1
        out.write("\n]}\n")
    fresh.replace(target)
    return Written(target, {"articles": count})


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _stored(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _literal(text: str) -> str:
    return text.replace("'", "''")


def _nobody(_: int) -> None:
    """Told something, does nothing."""
