"""``wirecopy pack``: a collection as one WACZ file."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.cli import exit_codes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy pack``."""
    parser.add_argument("collection", type=Path, metavar="COLLECTION_DIR")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: COLLECTION_DIR.wacz beside it")


def run(options: argparse.Namespace) -> int:
    """Zip the collection, its files stored as they are."""
    from crawler.archive import pack

    collection = options.collection.resolve()
    output = options.output or collection.with_name(collection.name + ".wacz")
    pack(collection, output)
    print(f"{output}: {output.stat().st_size / 1e6:.1f} MB")
    return exit_codes.OK
