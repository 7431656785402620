"""``wirecopy import``: archives of other programs into a collection."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.conditions import environments_contact
from crawler.cli.places import folder, path
from crawler.model.counted import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy import``."""
    parser.add_argument(
        "sources", nargs="+", type=path, metavar="SOURCE", help="WARC, WACZ, HAR, a folder of these, or a collection"
    )
    parser.add_argument("-c", "--collection", type=folder, required=True, metavar="COLLECTION_DIR", help="where to")
    parser.add_argument("--json", action="store_true", help="print what was imported as JSON")


def run(options: argparse.Namespace) -> int:
    """Take the sources over, index and extract them, and say what came of it."""
    from crawler.cli.bar import bar
    from crawler.jobs.imports import import_archives

    with (
        bar("import", "B") as copying,
        bar("import", "B") as indexing,
        bar("import", " articles") as extracting,
    ):
        done = import_archives(
            options.collection,
            options.sources,
            contact=environments_contact(),
            progress=copying.advance,
            indexed=indexing.advance,
            extracted=lambda _: extracting.advance(1),
        )
        for problem in done.problems:
            copying.tell(problem)
    rebuilt = done.rebuilt
    if options.json:
        found = {
            "collection": str(done.collection), "files": done.files, "records": done.records, "whole": done.whole,
            "converted": done.converted, "known": list(done.known), "problems": done.problems,
            "captures": rebuilt.captures if rebuilt else None, "articles": rebuilt.articles if rebuilt else None,
        }  # fmt: skip
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif done.files or done.converted or done.known or not done.problems:
        records, files = counted(done.records, "record", "records"), counted(len(done.files), "WARC", "WARCs")
        print(
            f"{done.collection}: {records} of {files}, {done.whole:,} as {'it was' if done.whole == 1 else 'they were'}"
        )
        if done.converted:
            print(f"  {counted(done.converted, 'entry', 'entries')} of HAR files, rebuilt as messages")
        for known, number in done.known.items():
            was = "was" if number == 1 else "were"
            print(f"  {known if Path(known).is_file() else f'{number:,} of {known}'} {was} imported before")
        if rebuilt:
            captures, pages = (
                counted(rebuilt.captures, "capture", "captures"),
                counted(rebuilt.articles, "page", "pages"),
            )
            print(f"  now {captures}, {pages} extracted")
    if done.problems:
        return exit_codes.PARTIAL if done.files or done.converted or done.known else exit_codes.UNREADABLE
    return exit_codes.OK
