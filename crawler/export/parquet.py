"""Tables as Parquet, by DuckDB: what the rows become is spooled as JSON Lines, which bounds memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from crawler.archive.store.staging import Staged
from crawler.export.columns import Column
from crawler.export.delivery import SCRATCH, Delivery, Target, deliver
from crawler.export.jsonl import Advance, write_rows
from crawler.export.rows import Row
from crawler.export.sources import NotWritten, TableSource
from crawler.model.each import Each

_DUCKDB = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "time": "VARCHAR"}
_ROW_BYTES = 64 << 20
"""Bytes of one row as JSON that DuckDB takes."""


def write_tables(
    sources: Sequence[TableSource], out: Delivery, told: Advance, each: Each, *, elsewhere: bool
) -> Iterator[tuple[Path, dict[str, int]]]:
    """Write ``<table>.parquet`` of each source into the folder of ``out``; each file when it is made, with its rows.

    The tables of each collection are made by ``each`` at the same time, ``elsewhere`` or on this machine, and then
    joined. Raises ``ExportError`` where a table cannot be read, ``NotWritten`` or ``OSError`` where a folder cannot be
    written, ``StoreError``.
    """
    parts = [
        [
            _Part(source, out.part(name) if elsewhere else out.folder / name, elsewhere)
            for number, source in enumerate(table.by_collection())
            for name in [f"{table.table.name}-{number:06}"]
        ]
        for table in sources
    ]
    written = each(_write_part, [part for table in parts for part in table])
    for table, of_table in zip(sources, parts, strict=True):
        files, count = [], 0
        for part, (rows, staged) in zip(of_table, written, strict=False):
            files.append(out.bring(part.target, staged))
            count += rows
            told(rows)
        target = out.folder / f"{table.table.name}.parquet"
        _join(files, target)
        for file in files:
            file.unlink(missing_ok=True)
        yield target, {table.table.name: count}


def write_parquet(columns: Sequence[Column], rows: Iterator[Row], target: Path) -> int:
    """Write ``rows``, which have these ``columns``, in their order into the file ``target``; return how many they are.

    The old file stands until the new one is whole. Raises ``NotWritten`` where DuckDB cannot write it, ``OSError``
    where the folder cannot be written.
    """
    _check_name(target)
    try:
        with TemporaryDirectory(prefix=SCRATCH, dir=target.parent) as scratch, closing(duckdb.connect()) as db:
            db.execute("SET threads = 2")
            db.execute(f"SET temp_directory = '{_literal(scratch)}'")
            spool = Path(scratch) / "rows.jsonl"
            count = write_rows(rows, spool)
            types = ", ".join(f"'{column.name}': '{_sql_type(column)}'" for column in columns)
            fresh = Path(scratch) / "table.parquet"
            db.execute(
                f"COPY (SELECT * FROM read_json('{_literal(str(spool))}', format = 'newline_delimited', "
                f"maximum_object_size = {_ROW_BYTES}, columns = {{{types}}})) "
                f"TO '{_literal(str(fresh))}' (FORMAT parquet, COMPRESSION zstd)"
            )
            fresh.replace(target)
    except duckdb.Error as error:
        raise _explain(error, target) from error
    return count


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows that one collection has of a table, and the file they go to."""

    source: TableSource
    target: Target
    elsewhere: bool
    """Whether that is written on another machine than the one that joins it to others."""


def _write_part(part: _Part) -> tuple[int, Staged | None]:
    source = part.source.here() if part.elsewhere else part.source
    return deliver(part.target, lambda file: write_parquet(source.columns, source.rows(), file))


def _join(parts: Sequence[Path], target: Path) -> None:
    """Put Parquet files of the same columns one behind the other."""
    if len(parts) == 1:
        parts[0].replace(target)
        return
    fresh = parts[0].with_name(f"{SCRATCH}{target.name}")
    files = ", ".join(f"'{_literal(str(part))}'" for part in parts)
    try:
        with closing(duckdb.connect()) as db:
            db.execute("SET threads = 2")
            db.execute(
                f"COPY (SELECT * FROM read_parquet([{files}])) TO '{_literal(str(fresh))}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
    except duckdb.Error as error:
        raise _explain(error, target) from error
    fresh.replace(target)


def _check_name(target: Path) -> None:
    try:
        str(target.absolute()).encode()
    except UnicodeEncodeError as error:
        remedy = (
            "DuckDB, which writes Parquet, takes no folder whose name is not UTF-8; name another, or another format"
        )
        raise NotWritten(f"{target} cannot be written: {remedy}") from error


def _explain(error: duckdb.Error, target: Path) -> NotWritten:
    return NotWritten(f"{target} cannot be written: {' '.join(str(error).split())}")


def _sql_type(column: Column) -> str:
    """The DuckDB type of a column: captures have times, what pages state stays as stated; nested values are JSON."""
    if column.type == "time" and column.name.endswith("captured_at"):
        return "TIMESTAMP WITH TIME ZONE"
    return _DUCKDB.get(column.type, "JSON")


def _literal(text: str) -> str:
    return text.replace("'", "''")
