"""``wirecopy run``: one pass over a watchlist, for a timer."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli.conditions import CONTACT, PROXY, environments_contact, proxy
from crawler.cli.errors import UsageError
from crawler.cli.places import input_file
from crawler.cli.worker import BROKER, add_broker
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.jobs.cluster import Cluster
    from crawler.jobs.run import RunReport
    from crawler.jobs.watchlist import Watchlist

WATCHLIST = Path("watchlist.toml")
"""The watchlist where none is named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy run``."""
    parser.add_argument(
        "watchlist", nargs="?", type=input_file, default=WATCHLIST, metavar="WATCHLIST",
        help=f"the file that says what to watch ({WATCHLIST}); `wirecopy init` writes one",
    )  # fmt: skip
    parser.add_argument(
        "--engine", choices=("local", "dramatiq"), default="local",
        help="who captures: this machine, or the workers at a broker, see `wirecopy worker` (local)",
    )  # fmt: skip
    add_broker(parser)
    parser.add_argument("--check", action="store_true", help="only read the watchlist and say what is wrong with it")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(options: argparse.Namespace) -> int:
    """Do what is due; the exit code says how it went."""
    from crawler.cli.bar import bar
    from crawler.fetch.logins import LOGINS, read_logins
    from crawler.jobs.run import book_file
    from crawler.jobs.run import run as run_pass
    from crawler.jobs.watchlist import read_watchlist

    if options.broker and options.engine != "dramatiq":
        raise UsageError("--broker belongs to --engine dramatiq")
    watchlist = read_watchlist(options.watchlist)
    if options.check:
        stories, sources = len(watchlist.story), len(watchlist.source)
        found = {"watchlist": str(options.watchlist), "stories": stories, "sources": sources}
        words = f"{options.watchlist}: in order; {counted(stories, 'story', 'stories')}, {counted(sources, 'source')}"
        print(json.dumps(found, ensure_ascii=False, indent=2) if options.json else words)
        return 0
    read_logins(os.environ.get(LOGINS))  # else each story would fail by it
    engine = _cluster(options.broker, book_file(watchlist, options.watchlist)) if options.engine == "dramatiq" else None
    told: list[int] = []
    before = {kind: signal.signal(kind, lambda number, _: told.append(number)) for kind in _STOPPING}
    try:
        with bar("run", " stories") as shown:
            report = run_pass(
                _proxied(watchlist),
                options.watchlist,
                contact=environments_contact(),
                stopping=lambda: bool(told),
                progress=shown.reach,
                engine=engine,
            )
    finally:
        if engine is not None:
            engine.close()
        for kind, handler in before.items():
            signal.signal(kind, handler)
    if watchlist.contact is None and environments_contact() is None:
        remedy = f'write contact = "..." into {options.watchlist}, or set {CONTACT}'
        print(f"wirecopy run: no contact is set, so sites cannot reach you; {remedy}", file=sys.stderr)
    print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2) if options.json else _summary(report))
    return report.result.code


def _proxied(watchlist: Watchlist) -> Watchlist:
    """``watchlist``, with the environment's proxy where it names none: one with a login can't stand in a watchlist."""
    if watchlist.proxy is not None:
        return watchlist
    return watchlist.model_copy(update={"proxy": proxy(os.environ.get(PROXY) or None, f"${PROXY}")})


def _cluster(named: str | None, book: Path) -> Cluster:
    from crawler.jobs.cluster import Cluster

    broker = named or os.environ.get(BROKER)
    if not broker:
        raise UsageError(f"--engine dramatiq needs a broker: say --broker redis://HOST:6379/0, or set {BROKER}")
    return Cluster(broker, book)


_STOPPING = (signal.SIGTERM, signal.SIGINT)


def _summary(report: RunReport) -> str:
    facts = [
        (report.stories, "visited", "story", "stories"),
        (report.counted, "looked at for counts", "story", "stories"),
        (report.edited, "found edited", "story", "stories"),
        (report.sources - report.sources_failed, "read", "source", "sources"),
        (report.sources_failed, "not to be had", "source", "sources"),
        (report.added, "new under watch", "story", "stories"),
        (report.gone, "gone", "page", "pages"),
        (report.refused, "refused", "page", "pages"),
        (report.failed, "failed", "page", "pages"),
        (report.later, "left for the next run", "story", "stories"),
    ]
    lines = [f"Run {report.run}: {report.result.words}"]
    lines += [f"  {counted(number, one, many)} {what}" for number, what, one, many in facts if number]
    lines += [f"  note: {note}" for note in report.notes]
    lines += [f"  failed: {failure}" for failure in report.failures]
    lines += [f"  alarm: {alarm}" for alarm in report.alarms]
    coming = f"{report.next_due:%Y-%m-%d %H:%M} UTC" if report.next_due else "nothing more"
    return "\n".join([*lines, f"  next due: {coming}"])
