"""``wirecopy demo``: the main job on a small web of our own, in a few seconds and without a network."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.places import folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy demo``."""
    parser.add_argument(
        "-c", "--collection", type=folder, metavar="COLLECTION_DIR", help="default: archives/demo-DATE-TIME"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(options: argparse.Namespace) -> int:
    """Serve the small web on loopback, capture its story through a proxy, and sum up."""
    from crawler.cli.progress import watching
    from crawler.cli.summary import summary
    from crawler.jobs.demo import capture_demo

    collection = options.collection or Path("archives") / f"demo-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    with watching() as watch:
        report = capture_demo(collection, watch=watch)
    print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2) if options.json else summary(report))
    if report.faults:
        return exit_codes.FAULT
    return exit_codes.OK if report.story_pages() else exit_codes.NOTHING
