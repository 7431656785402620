"""``wirecopy repair``: damaged archives made whole; nothing that can be read is lost, nothing thrown away."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.places import folder
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.jobs.repair import Repair


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy repair``."""
    parser.add_argument("paths", type=folder, nargs="+", metavar="PATH", help="a collection, a WARC, a folder of WARCs")
    parser.add_argument("-n", "--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(options: argparse.Namespace) -> int:
    """Repair each path, and say what was done."""
    from crawler.archive.verify.archives import size_of
    from crawler.cli.bar import bar
    from crawler.jobs.repair import repair

    done = []
    for path in options.paths:
        with bar("repair", "B", size_of(path) if path.exists() else 0) as reading:
            done.append(repair(path, dry_run=options.dry_run, progress=reading.advance))
    if options.json:
        archives = [one.to_dict() for one in done]
        print(json.dumps({"dry_run": options.dry_run, "archives": archives}, ensure_ascii=False, indent=2))
    else:
        for one in done:
            _print(one, options.dry_run)
    hopeless = any(not file.records and not file.kept for one in done for file in one.files)
    return exit_codes.PARTIAL if hopeless else exit_codes.OK


def _print(done: Repair, dry_run: bool) -> None:
    if not done.files and done.rebuilt is None:
        print(f"{done.path}: nothing to repair")
    for file in done.files:
        for damage in file.damage:
            print(f"{file.file} at {damage.offset}: {damage.message}")
        if not file.records and not file.kept:
            print(f"{file.file}: no record can be read, left as it is")
            continue
        lost = "" if file.lost is None else f", {counted(file.lost, 'byte is', 'bytes are')} in none"
        kept = f"; kept in {file.kept}" if file.kept else ""
        verb = "can be kept" if dry_run else "kept"
        print(f"{file.file}: {counted(file.records, 'whole record')} {verb}{lost}{kept}")
    if done.rebuilt is not None:
        captures, pages = counted(done.rebuilt.captures, "capture"), counted(done.rebuilt.articles, "page")
        print(f"{done.path}: {captures} indexed, {pages} extracted")
