"""The tables of collections written for other programs: Parquet, CSV, JSON Lines, SQLite, schema.org JSON-LD."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.export.delivery import Delivery, Place, delivery
from crawler.export.json_ld import news_article
from crawler.export.jsonl import Advance, nobody, write_rows
from crawler.export.package import PACKAGE, Described, write_package
from crawler.export.parquet import write_tables
from crawler.export.schema import SCHEMA
from crawler.export.sources import TableSource
from crawler.export.sqlite import write_database
from crawler.model.each import Each, in_turn

FORMATS = ("parquet", "csv", "jsonl", "sqlite", "jsonld")
DATABASE = "wirecopy.sqlite"


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export, and the rows in it of each table."""

    file: Place
    rows: dict[str, int]


def export_at(place: Place) -> Delivery:
    """An export to a folder or address on its way, to be entered: an older one stays as it was until it is committed.

    Whoever makes files of it is to have ended before it is left. Raises ``OSError``, ``StoreError``.
    """
    return delivery(place, "export", _is_exported)


def write(
    sources: Sequence[TableSource],
    form: str,
    out: Delivery,
    advance: Advance | None = None,
    each: Each = in_turn,
    *,
    elsewhere: bool = False,
) -> list[Written]:
    """Write every table in ``form``, one of ``FORMATS``, with a ``datapackage.json``, and commit them.

    ``advance`` is told how many more rows were written. Of Parquet, the tables of each collection are made by ``each``
    at the same time, and then joined; whoever does so sees collections and a folder by the same paths, and where that
    is ``elsewhere``, brings what goes to an address by the store, and else by the folder for temporary files. Raises
    ``ExportError`` where a table cannot be read, ``NotWritten`` or ``OSError`` where the folder cannot be written,
    ``StoreError``, and what ``each`` raises.
    """
    files, described = [], []
    for file, rows in _made(sources, form, out, advance or nobody, each, elsewhere=elsewhere):
        size, digest = out.take(file)
        files.append(Written(out.where(file.name), rows))
        described.append(Described(file.name, size, digest, rows))
    for file in write_package(out.folder, sources, form, described):
        out.take(file)
    out.commit()
    return files


def _is_exported(name: str) -> bool:
    table, _, form = name.partition(".")
    return name in (DATABASE, *PACKAGE) or (table in SCHEMA and form in FORMATS)


def _made(
    sources: Sequence[TableSource], form: str, out: Delivery, told: Advance, each: Each, *, elsewhere: bool
) -> Iterator[tuple[Path, dict[str, int]]]:
    """Each file in the folder of ``out`` when it is made, which may then go, with the rows in it of each table."""
    folder = out.folder
    if form == "sqlite":
        yield folder / DATABASE, write_database(sources, folder / DATABASE, told)
    elif form == "parquet":
        yield from write_tables(sources, out, told, each, elsewhere=elsewhere)
    else:
        one = {"csv": _csv, "jsonl": _jsonl, "jsonld": _json_ld}[form]
        for source in sources:
            if form != "jsonld" or source.table.name == "articles":
                file = folder / f"{source.table.name}.{form}"
                yield file, {source.table.name: one(source, file, told)}


def _jsonl(source: TableSource, target: Path, told: Advance) -> int:
    return write_rows(source.rows(), target, told)


def _csv(source: TableSource, target: Path, told: Advance) -> int:
    """RFC 4180, UTF-8; null is an empty cell, nested values are JSON, booleans ``true`` and ``false``."""
    count = 0
    with target.open("w", encoding="utf-8", errors="replace", newline="") as out:
        table = csv.writer(out)
        table.writerow([column.name for column in source.columns])
        for row in source.rows():
            table.writerow([_cell(value) for value in row.values()])
            count += 1
            told(1)
    return count


def _json_ld(source: TableSource, target: Path, told: Advance) -> int:
    count = 0
    with target.open("w", encoding="utf-8", errors="replace") as out:
        out.write('{"@context": "https://schema.org", "@graph": [')
        for row in source.rows():
            told(1)
            if row["outcome"] != "article":
                continue
            out.write(("," if count else "") + "\n" + json.dumps(news_article(row), ensure_ascii=False))
            count += 1
        out.write("\n]}\n")
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
