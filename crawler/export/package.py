"""``datapackage.json`` of an export (Frictionless Data Package): its files, and every column with type and meaning.

Beside an SQLite file also ``metadata.json``, which Datasette shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.export.columns import Column
from crawler.export.sources import TableSource

_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "list": "array", "object": "object"}
_MEDIA = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "sqlite": "application/vnd.sqlite3",
    "jsonld": "application/ld+json",
}
_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"


PACKAGE = ("metadata.json", "datapackage.json")
"""The files that describe an export."""


@dataclass(frozen=True, slots=True)
class Described:
    """A file of an export."""

    name: str
    size: int
    digest: str
    """Its SHA-256, hexadecimal."""
    rows: dict[str, int]
    """How many each of its tables has."""


def write_package(
    folder: Path, sources: Sequence[TableSource], form: str, files: Sequence[Described]
) -> Iterator[Path]:
    """Write into ``folder`` what describes the ``files`` of an export; each file that does so, the package last."""
    by_name = {source.table.name: source for source in sources}
    resources = [
        resource
        for file in files
        for resource in _resources(file, form, [(by_name[name], count) for name, count in file.rows.items()])
    ]
    collections = sorted({file.collection for source in sources for file in source.files})
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "wirecopy-export",
        "title": f"Tables of {', '.join(collections)}",
        "description": "Articles, stories and counts read from web archives; each row leads to its proof.",
        "resources": resources,
    }
    if form == "sqlite":
        tables = {source.table.name: _for_datasette(source) for source in sources}
        described = {"title": package["title"], "databases": {Path(files[0].name).stem: {"tables": tables}}}
        yield _write(folder / "metadata.json", described)
    yield _write(folder / "datapackage.json", package)


def _resources(file: Described, form: str, tables: Sequence[tuple[TableSource, int]]) -> Iterator[dict[str, Any]]:
    about = {"path": file.name, "mediatype": _MEDIA[form], "bytes": file.size, "hash": f"sha256:{file.digest}"}
    if form == "jsonld":
        yield {"name": "articles", **about, "format": "json", "encoding": "utf-8"}
        return
    for source, rows in tables:
        resource: dict[str, Any] = {"name": source.table.name, "type": "table", **about, "format": form}
        if form in ("csv", "jsonl"):
            resource["encoding"] = "utf-8"
        if form == "sqlite":
            resource["dialect"] = {"table": source.table.name}
        yield {
            **resource, "description": f"One row: {source.table.row}.", "rows": rows,
            "schema": {
                "fields": [_field(column) for column in source.columns], "missingValues": [""],
                **({"primaryKey": ["collection", *source.table.key]} if source.table.key else {}),
            },
        }  # fmt: skip


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "string"),
        "description": column.meaning,
    }
    if column.type == "time":  # with any offset and fraction, which the type "datetime" does not allow
        field["rdfType"] = _TIME
    if column.unit:
        field["unit"] = column.unit
    return field


def _for_datasette(source: TableSource) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": f"One row: {source.table.row}.",
        "columns": {column.name: column.meaning for column in source.columns},
    }
    if units := {column.name: column.unit for column in source.columns if column.unit}:
        found["units"] = units
    return found


def _write(file: Path, value: object) -> Path:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file
