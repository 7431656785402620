"""``wirecopy extract --format parquet``: the table of articles as a folder of Parquet files, a file for each WARC."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.engines import engine
from crawler.cli.errors import UsageError
from crawler.cli.numbers import counted
from crawler.cli.places import place


def run(options: argparse.Namespace) -> int:
    """Extract the archives named into the folder ``-o``, and say how many rows came of them."""
    from crawler.cli.bar import bar
    from crawler.jobs.extraction.parts import extract_here, extract_part, parts_of, replacing
    from crawler.jobs.tasks.pool import cores

    folder = _folder(options)
    processes = options.processes or cores()
    rows = 0
    with bar("extract", " WARCs") as reading:
        parts = parts_of([place(source) for source in options.sources], folder, reading.tell)
        if not parts:
            if not reading.problems:
                reading.tell(f"{' '.join(options.sources)}: no WARC with pages there, so there is no table to write")
            return exit_codes.UNREADABLE
        with ExitStack() as stack:
            fresh = stack.enter_context(replacing(folder, parts))
            if options.engine == "dask":
                done = stack.enter_context(engine(options))(extract_part, fresh)
            else:
                done = extract_here(fresh, processes)
            for extracted in done:
                rows += extracted.rows
                reading.advance(1)
                for problem in extracted.problems:
                    reading.tell(problem)
        partial = bool(reading.problems)
    if options.json:
        print(json.dumps({"folder": str(folder), "files": len(parts), "rows": rows}, ensure_ascii=False))
    else:
        print(f"{folder}: {counted(rows, 'article', 'articles')} of {counted(len(parts), 'WARC', 'WARCs')}")
    return exit_codes.PARTIAL if partial else exit_codes.OK


def _folder(options: argparse.Namespace) -> Path:
    folder: Path | None = options.output
    if folder is None or (folder.exists() and not folder.is_dir()):
        file = f", and {folder} is a file" if folder else ""
        raise UsageError(f"a table in Parquet is a folder{file}: name it with -o DIR")
    if options.explain or options.report:
        raise UsageError("--explain and --report print, and write no table")
    if any(source == "-" or source.lower().startswith(("http://", "https://")) for source in options.sources):
        raise UsageError("a table in Parquet is made of archives: name collections, WARCs, WACZs, or folders of them")
    return folder
