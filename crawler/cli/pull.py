"""``wirecopy pull``: a collection out of an S3-compatible store, or what is new in it since."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy pull``."""
    parser.add_argument("address", metavar="ADDRESS", help="s3://BUCKET/PREFIX/NAME, where a collection was pushed to")
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="where it goes (archives/NAME); an earlier copy is renewed",
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(options: argparse.Namespace) -> int:
    """Fetch what is missing here, verified, and say how much it was."""
    from crawler.archive.store import is_address, pull
    from crawler.archive.store.address import name_of
    from crawler.cli.bar import bar
    from crawler.jobs.lookup import ARCHIVES

    if not is_address(options.address):
        raise UsageError(f"{options.address}: no address of a store; write s3://BUCKET/PREFIX/NAME")
    folder = options.folder or ARCHIVES / name_of(options.address)
    with bar("pull", "B") as fetching:
        done = pull(options.address, folder, progress=fetching.advance)
    if options.json:
        values = {"folder": str(done.folder), "fetched": done.fetched, "bytes": done.size, "held": done.held}
        print(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        print(f"{done.folder}: {done.fetched} files, {done.size / 1e6:.1f} MB fetched; it has {done.held} files")
    return exit_codes.OK
