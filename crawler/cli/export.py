"""``wirecopy export``: the tables of collections for pandas, DuckDB, R, spreadsheets and Datasette."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.engines import add_engine, engine, interrupted_by_sigterm
from crawler.cli.errors import UsageError
from crawler.cli.places import at_hand, destination, place, refuse_inside
from crawler.model.counted import counted

_LARGE = 50_000_000
"""Bytes of tables from which on more than one process is worth while."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy export``."""
    parser.add_argument(
        "collections", nargs="+", type=place, metavar="COLLECTION_DIR",
        help="a collection, also of a store (s3://...), or a folder that collections are in",
    )  # fmt: skip
    parser.add_argument(
        "--format",
        choices=("parquet", "csv", "jsonl", "sqlite", "jsonld"),
        default="parquet",
        help="what is written (parquet)",
    )
    parser.add_argument(
        "-o", "--output", type=destination, required=True, metavar="DIR",
        help="the folder to write into, also of a store (s3://...); older files stay as they are until all are made",
    )  # fmt: skip
    parser.add_argument(
        "--table", action="append", default=[], metavar="NAME", help="only this table; may be repeated (all there are)"
    )
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")
    add_engine(parser, see="whose workers see the collections, and a folder -o, under the same paths")


def run(options: argparse.Namespace) -> int:
    """Write the tables and say how many rows are in each."""
    from crawler.archive.size import bytes_of
    from crawler.cli.bar import bar
    from crawler.export.sources import sources_of
    from crawler.export.written import export_at, write

    if options.engine == "dask" and options.format != "parquet":
        raise UsageError("--engine dask writes Parquet: leave --format, or --engine")
    _check(options)
    named = [collection for place in options.collections for collection in _collections_in(place)]
    folders = [at_hand(each, "export") for each in named]
    addresses = {path: str(each) for path, each in zip(folders, named, strict=True) if each != path}
    wanted = options.table or (["articles"] if options.format == "jsonld" else [])
    readable, problems = _with_tables(folders, wanted)
    sources = sources_of(readable, options.table, addresses)
    size = bytes_of(file.path for source in sources for file in source.files)
    with (
        interrupted_by_sigterm(),
        export_at(options.output) as out,
        bar("export", " rows") as writing,
        engine(options, few=0 if size > _LARGE else len(sources)) as each,
    ):
        written = write(sources, options.format, out, writing.advance, each, elsewhere=bool(options.scheduler))
        for problem in problems:  # behind the work: of what failed altogether one line is told
            writing.tell(problem)
    if options.json:
        found = [{"file": str(part.file), "rows": part.rows} for part in written]
        print(json.dumps({"format": options.format, "files": found}, ensure_ascii=False, indent=2))
    else:
        for part in written:
            rows = ", ".join(f"{counted(count, 'row')} of {name}" for name, count in part.rows.items())
            print(f"{part.file}: {rows}")
        print(f"{str(options.output).rstrip('/')}/datapackage.json: what each column means")
        if options.format == "csv":
            print("import the columns into a spreadsheet as text: what begins with =, +, - or @ is a formula there")
    return exit_codes.PARTIAL if problems else exit_codes.OK


def _collections_in(named: Path | str) -> list[Path | str]:
    """What was named, or where it is a folder that only holds collections, these in the order of their names."""
    from crawler.archive.layout import is_collection

    if isinstance(named, str) or not named.is_dir() or is_collection(named):
        return [named]
    with suppress(PermissionError):  # which is told where its tables are looked for
        return [*sorted(path for path in named.iterdir() if is_collection(path))] or [named]
    return [named]


def _with_tables(collections: Sequence[Path], tables: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The collections that have ``tables`` (or any), and what the others lack: `archives/*/` names what is there.

    Raises ``ExportError`` where none of them has any.
    """
    from crawler.export.sources import ExportError, lacking, tables_in

    found: list[Path] = []
    problems: list[str] = []
    for path in collections:
        try:
            tables_in(path)
            absent, words = lacking(path, tables)
            if absent and len(absent) == len(set(tables)):
                raise ExportError(f"{path} has {words}")
            problems += [f"{path} has {words}"] if absent else []
            found.append(path)
        except ExportError as error:
            if path == collections[-1] and not found:
                raise
            problems.append(f"{error}; left out")
    return found, problems


def _check(options: argparse.Namespace) -> None:
    """Raise ``UsageError`` where tables can't be written so."""
    if options.format == "jsonld" and options.table and "articles" not in options.table:
        raise UsageError(f"--format jsonld writes articles, and no {' or '.join(options.table)}: name another format")
    refuse_inside(options.output)
    if isinstance(options.output, str):
        return
    if options.output.exists() and not options.output.is_dir():
        raise UsageError(f"{options.output}: is a file; name a folder with -o")
    if any((options.output / name).is_dir() for name in ("archive", "tables")):
        raise UsageError(f"{options.output}: is a collection; name another folder with -o")
