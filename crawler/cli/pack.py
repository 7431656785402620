"""``wirecopy pack``: a collection as one WACZ file."""

from __future__ import annotations

import argparse
import json
import sys

from crawler.cli import exit_codes
from crawler.cli.places import folder, output
from crawler.model.counted import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy pack``."""
    parser.add_argument("collection", type=folder, metavar="COLLECTION_DIR", help="what is zipped")
    parser.add_argument("-o", "--output", type=output, metavar="FILE", help="default: COLLECTION_DIR.wacz beside it")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(options: argparse.Namespace) -> int:
    """Zip the collection, its files stored as they are."""
    from crawler.archive import bring_home, pack
    from crawler.archive.size import bytes_of
    from crawler.cli.bar import bar

    collection = options.collection.resolve()
    output = options.output or collection.with_name(collection.name + ".wacz")
    if brought := bring_home(collection):
        print(
            f"{collection}: copied {counted(brought, 'payload')} from the collections beside it",
            file=sys.stderr,
        )
    size = bytes_of((collection / "archive").glob("*.warc*"))
    with bar("pack", "B", size) as storing:
        packed = pack(collection, output, progress=storing.advance)
    if options.json:
        written = {"file": str(packed.file), "size": packed.size, "files": packed.files, "digest": packed.digest}
        print(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        print(f"{output}: {packed.size / 1e6:.1f} MB")
    return exit_codes.OK
