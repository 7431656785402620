"""``wirecopy worker``: captures what runs on other machines hand to a broker."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.conditions import CONTACT, PROXY, contact, proxy
from crawler.cli.errors import UsageError
from crawler.cli.numbers import positive, some
from crawler.cli.places import folder
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.jobs.cluster import Work

BROKER = "WIRECOPY_BROKER"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy worker``."""
    add_broker(parser)
    parser.add_argument(
        "--archives", type=folder, default=Path("archives"), metavar="DIR",
        help="where the collections go, one a site (archives); workers that share this folder go on in each other's",
    )  # fmt: skip
    parser.add_argument(
        "--jobs", type=some, default=4, metavar="N", help="sites captured at once, each in a process (4)"
    )
    parser.add_argument(
        "--heartbeat", type=positive, default=15, metavar="S",
        help="seconds without a sign of life after which a worker's jobs are given to others (15); the same for all",
    )  # fmt: skip
    parser.add_argument(
        "--contact", type=contact, default=os.environ.get(CONTACT), metavar="WHO",
        help=f"whom the User-Agent names where the watchlist names nobody (default: ${CONTACT})",
    )  # fmt: skip
    parser.add_argument(
        "--proxy", default=os.environ.get(PROXY), metavar="URL",
        help=f"a proxy in the place of that of the watchlist, whose login stays on its machine (default: ${PROXY})",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each job that is done")


def add_broker(parser: argparse.ArgumentParser) -> None:
    """The option that names the broker."""
    parser.add_argument(
        "--broker", metavar="URL",
        help=f"a Redis or Valkey server, redis://HOST:6379/0; with a password better in ${BROKER} (default: that)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; what is under way is then finished or given back."""
    from crawler.fetch.logins import LOGINS, read_logins
    from crawler.jobs.cluster import work

    broker = options.broker or os.environ.get(BROKER)
    if not broker:
        raise UsageError(f"which broker? say --broker redis://HOST:6379/0, or set {BROKER}")
    read_logins(os.environ.get(LOGINS))  # else each story would fail by it
    signals: list[int] = []  # no Event: set by a signal while another one sets it, it would wait for itself
    kinds = (signal.SIGTERM, signal.SIGINT)
    before = {kind: signal.signal(kind, lambda number, _: signals.append(number)) for kind in kinds}
    try:
        work(
            broker,
            options.archives,
            jobs=options.jobs,
            contact=options.contact,
            proxy=proxy(options.proxy),
            heartbeat=options.heartbeat,
            stopping=lambda: bool(signals),
            told=lambda done: print(_as_json(done) if options.json else _as_text(done), flush=True),
            warned=lambda line: print(f"wirecopy worker: {line}", file=sys.stderr, flush=True),
        )
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
    return exit_codes.OK


def _as_json(done: Work) -> str:
    values = {
        "job": done.job,
        "collection": str(done.folder),
        "stories": done.stories,
        "ended": done.ended.value,
        "message": done.message,
        "seconds": round(done.seconds, 1),
    }
    return json.dumps(values, ensure_ascii=False)


def _as_text(done: Work) -> str:
    ending = "" if done.ended.value == "well" else f"; {done.ended.value}: {done.message or 'not finished'}"
    stories = counted(done.stories, "story", "stories")
    return f"wirecopy worker: {stories} into {done.folder} in {done.seconds:.1f} s{ending}"
