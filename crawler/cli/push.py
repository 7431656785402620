"""``wirecopy push``: a collection into an S3-compatible store, or what is new in it since."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta

from crawler.cli import exit_codes
from crawler.cli.places import folder, store
from crawler.model.counted import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy push``."""
    parser.add_argument("collection", type=folder, metavar="COLLECTION_DIR", help="what is sent")
    parser.add_argument(
        "address", metavar="ADDRESS",
        help="s3://BUCKET/PREFIX/NAME; with a slash at its end, the collection's own name is added. Keys, endpoint and "
        "region come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL, AWS_REGION)",
    )  # fmt: skip
    parser.add_argument(
        "--keep-local", type=_span, metavar="SPAN",
        help='then remove WARCs finished longer ago from this machine, such as "7d" or "0s", each after the store was '
        "asked for it once more (all are kept)",
    )  # fmt: skip
    parser.add_argument("--read-back", action="store_true", help="read every upload back, whatever the store tells")
    parser.add_argument(
        "--give-up", action="store_true",
        help="send nothing: the collection is not to be in that store any more, and no WARC waits for it",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(options: argparse.Namespace) -> int:
    """Send what the store lacks, verified, and say how much it was."""
    from crawler.archive import bring_home
    from crawler.archive.size import bytes_of
    from crawler.archive.store import Access, give_up, push, waiting
    from crawler.archive.store.address import below
    from crawler.cli.bar import bar

    collection = options.collection.resolve()
    address = store(options.address)
    if options.address.endswith("/"):
        address = below(address, collection.name)
    if options.give_up:
        give_up(collection, address)
        told = json.dumps({"address": address, "given_up": True}, ensure_ascii=False)
        print(told if options.json else f"{address}: given up; what is there stays there")
        return exit_codes.OK
    if brought := bring_home(collection):
        print(f"{collection}: copied {counted(brought, 'payload')} from the collections beside it", file=sys.stderr)
    size = bytes_of(waiting(collection, address))
    with bar("push", "B", size) as sending:
        done = push(
            collection, address, Access(read_back=options.read_back),
            keep=options.keep_local, progress=sending.advance,
        )  # fmt: skip
    if options.json:
        print(json.dumps(
            {"address": done.address, "sent": done.sent, "bytes": done.size, "held": done.held,
             "removed": list(done.removed), "kept": list(done.kept)},
            ensure_ascii=False, indent=2,
        ))  # fmt: skip
    else:
        gone = f"; {counted(len(done.removed), 'WARC is', 'WARCs are')} there alone now" if done.removed else ""
        if done.kept:
            stay = counted(len(done.kept), "stays", "stay")
            gone += f"; {stay} until the other stores hold them (push there, or --give-up the store)"
        sent, held = counted(done.sent, "file"), counted(done.held, "file")
        print(f"{done.address}: {sent}, {done.size / 1e6:.1f} MB sent; it holds {held}{gone}")
    return exit_codes.OK


def _span(words: str) -> timedelta:
    from crawler.jobs.watchlist.values import span

    try:
        return span(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
