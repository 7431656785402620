"""``wirecopy pull``: a collection out of an S3-compatible store, or what is new in it since."""

from __future__ import annotations

import argparse
import json

from crawler.cli import exit_codes
from crawler.cli.places import folder, store
from crawler.model.counted import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy pull``."""
    parser.add_argument("address", metavar="ADDRESS", help="s3://BUCKET/PREFIX/NAME, where a collection was pushed to")
    parser.add_argument(
        "folder",
        nargs="?",
        type=folder,
        metavar="FOLDER",
        help="where it goes (archives/NAME); an earlier copy is renewed",
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(options: argparse.Namespace) -> int:
    """Fetch what is missing here, verified, and say how much it was."""
    from crawler.archive.store import pull
    from crawler.archive.store.address import name_of
    from crawler.cli.bar import bar
    from crawler.jobs.lookup import ARCHIVES

    address = store(options.address)
    into = options.folder or ARCHIVES / name_of(address)
    with bar("pull", "B") as fetching:
        done = pull(address, into, progress=fetching.advance)
    if options.json:
        values = {"folder": str(done.folder), "fetched": done.fetched, "bytes": done.size, "held": done.held}
        print(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        fetched, held = counted(done.fetched, "file"), counted(done.held, "file")
        print(f"{done.folder}: {fetched}, {done.size / 1e6:.1f} MB fetched; it has {held}")
    return exit_codes.OK
