"""``wirecopy index``: everything that can be made again from the WARCs of a collection, made again."""

from __future__ import annotations

import argparse
import json

from crawler.cli import exit_codes
from crawler.cli.places import at_hand, place
from crawler.model.counted import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy index``."""
    parser.add_argument(
        "collection", type=place, metavar="COLLECTION_DIR", help="one of a store (s3://...) is put back there"
    )
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(options: argparse.Namespace) -> int:
    """Rebuild index, ledger, pages and tables, and say how many captures they hold and what is damaged."""
    from crawler.archive.store.address import plain
    from crawler.archive.verify.archives import size_of
    from crawler.cli.bar import bar
    from crawler.jobs.derive import rebuild

    collection = at_hand(options.collection, "index")
    size = size_of(collection) if collection.is_dir() else None
    with (
        bar("index", "B", size) as reading,
        bar("index", " articles") as extracting,
        bar("index", " texts") as comparing,
    ):
        rebuilt = rebuild(
            collection,
            indexed=reading.advance,
            extracted=lambda _: extracting.advance(1),
            compared=lambda _: comparing.advance(1),
        )
        for problem in rebuilt.problems:
            reading.tell(problem)
    if isinstance(options.collection, str):
        from crawler.archive.store import push

        push(collection, plain(options.collection))
    if options.json:
        found = {"captures": rebuilt.captures, "articles": rebuilt.articles, "problems": rebuilt.problems}
        print(json.dumps({"collection": str(options.collection), **found}, ensure_ascii=False, indent=2))
    else:
        captures, pages = counted(rebuilt.captures, "capture"), counted(rebuilt.articles, "page")
        print(f"{options.collection}: {captures} indexed, {pages} extracted")
    return exit_codes.PARTIAL if rebuilt.problems else exit_codes.OK
