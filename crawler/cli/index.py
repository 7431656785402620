"""``wirecopy index``: everything that can be made again from the WARCs of a collection, made again."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from crawler.cli import exit_codes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy index``."""
    parser.add_argument("collection", type=Path, metavar="COLLECTION_DIR")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(options: argparse.Namespace) -> int:
    """Rebuild index, ledger, pages and tables, and say how many captures they hold and what is damaged."""
    from crawler.cli.bar import bar
    from crawler.jobs.derive import rebuild

    size = sum(file.stat().st_size for file in (options.collection / "archive").glob("*.warc*"))
    with (
        bar("index", "B", size) as reading,
        bar("index", " articles") as extracting,
        bar("index", " texts") as comparing,
    ):
        rebuilt = rebuild(
            options.collection,
            indexed=reading.advance,
            extracted=lambda _: extracting.advance(1),
            compared=lambda _: comparing.advance(1),
        )
        for problem in rebuilt.problems:
            reading.tell(problem)
    if options.json:
        found = {"captures": rebuilt.captures, "articles": rebuilt.articles, "problems": rebuilt.problems}
        print(json.dumps({"collection": str(options.collection), **found}, ensure_ascii=False, indent=2))
    else:
        print(f"{options.collection}: {rebuilt.captures:,} captures indexed, {rebuilt.articles:,} pages extracted")
    return exit_codes.PARTIAL if rebuilt.problems else exit_codes.OK
