"""``wirecopy extract --format parquet``: the table of articles as Parquet files, one for each WARC."""

from __future__ import annotations

import argparse
import json
from contextlib import nullcontext
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.engines import engine
from crawler.cli.errors import UsageError
from crawler.cli.places import place
from crawler.model.counted import counted


def run(options: argparse.Namespace) -> int:
    """Extract the archives named into the folder ``-o``, and say how many rows came of them."""
    from crawler.cli.bar import bar
    from crawler.jobs.extraction.parts import extract_here, extract_part, parts_of, table_at, warcs_of
    from crawler.jobs.tasks.pool import cores

    folder = _folder(options)
    processes = options.processes or cores()
    rows, is_read = 0, False
    with bar("extract", " WARCs") as reading:
        warcs = warcs_of([place(source) for source in options.sources], reading.tell)
        if not warcs:
            if not reading.problems:
                reading.tell(f"{' '.join(options.sources)}: no WARC with pages there, so there is no table to write")
            return exit_codes.UNREADABLE
        with table_at(folder) as table:
            parts = parts_of(warcs, table)
            with engine(options) if options.engine == "dask" else nullcontext() as each:
                for extracted in each(extract_part, parts) if each else extract_here(parts, processes):
                    table.accept(extracted.name, extracted.staged)
                    rows += extracted.rows
                    is_read = is_read or extracted.is_read
                    reading.advance(1)
                    for problem in extracted.problems:
                        reading.tell(problem)
            if not is_read:
                return exit_codes.UNREADABLE
            table.commit()
        partial = bool(reading.problems)
    if options.json:
        print(json.dumps({"folder": str(folder), "files": len(warcs), "rows": rows}, ensure_ascii=False))
    else:
        print(f"{folder}: {counted(rows, 'article', 'articles')} of {counted(len(warcs), 'WARC', 'WARCs')}")
    return exit_codes.PARTIAL if partial else exit_codes.OK


def _folder(options: argparse.Namespace) -> Path | str:
    folder: Path | str | None = options.output
    if folder is None or (isinstance(folder, Path) and folder.exists() and not folder.is_dir()):
        file = f", and {folder} is a file" if folder else ""
        raise UsageError(f"a table in Parquet is a folder{file}: name it with -o DIR")
    if options.explain or options.report:
        raise UsageError("--explain and --report print, and write no table")
    if any(source == "-" or source.lower().startswith(("http://", "https://")) for source in options.sources):
        raise UsageError("a table in Parquet is made of archives: name collections, WARCs, WACZs, or folders of them")
    return folder if isinstance(folder, Path) else folder.rstrip("/")
