"""The tables of collections written for other programs: Parquet, CSV, JSON Lines, SQLite, schema.org JSON-LD."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.export.json_ld import news_article
from crawler.export.package import write_package
from crawler.export.parquet import Advance, nobody, spool_rows, write_tables
from crawler.export.sources import TableSource
from crawler.export.sqlite import write_database
from crawler.model.each import Each, in_turn

FORMATS = ("parquet", "csv", "jsonl", "sqlite", "jsonld")
DATABASE = "wirecopy.sqlite"


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
    told = advance or nobody
    if form == "sqlite":
        files = [Written(folder / DATABASE, write_database(sources, folder / DATABASE, told))]
    elif form == "parquet":
        files = [Written(*one) for one in write_tables(sources, folder, told, each)]
    elif form == "jsonld":
        files = [_json_ld(source, folder, told) for source in sources if source.table.name == "articles"]
    else:
        rows_into = {"csv": _csv, "jsonl": _jsonl}[form]
        files = [Written(*rows_into(source, folder, told)) for source in sources]
    write_package(folder, sources, form, [(written.file, written.rows) for written in files])
    return files


def _jsonl(source: TableSource, folder: Path, told: Advance) -> tuple[Path, dict[str, int]]:
    target = folder / f"{source.table.name}.jsonl"
    fresh = target.with_name(f".{target.name}.new")
    count = spool_rows(source.rows(), fresh, told)
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


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
