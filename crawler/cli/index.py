"""``wirecopy index``: everything that can be made again from the WARCs of a collection, made again."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.cli import exit_codes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy index``."""
    parser.add_argument("collection", type=Path, metavar="COLLECTION_DIR")


def run(options: argparse.Namespace) -> int:
    """Rebuild index, ledger, pages and tables, and say how many captures they hold."""
    from crawler.jobs.derive import rebuild

    captures, articles = rebuild(options.collection)
    print(f"{options.collection}: {captures:,} captures indexed, {articles:,} pages extracted")
    return exit_codes.OK
