"""``wirecopy status``: how a scheduled job is doing, for a person, a program or a monitor."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.places import input_file
from crawler.cli.run import WATCHLIST
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.jobs.status import Alarm, Status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy status``."""
    parser.add_argument(
        "watchlist",
        nargs="?",
        type=input_file,
        default=WATCHLIST,
        metavar="WATCHLIST",
        help=f"the file that says what is watched ({WATCHLIST})",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the status as JSON")
    form.add_argument("--prometheus", action="store_true", help="print it as a Prometheus text file")


def run(options: argparse.Namespace) -> int:
    """Print the status; the exit code is 1 where there are alarms."""
    from crawler.jobs.run import book_file
    from crawler.jobs.run.unkept import unkept
    from crawler.jobs.schedule.book import Book
    from crawler.jobs.status import alarms_of, status_of
    from crawler.jobs.status.metrics import metrics
    from crawler.jobs.watchlist import WatchlistError, read_watchlist

    watchlist = read_watchlist(options.watchlist)
    file = book_file(watchlist, options.watchlist)
    if not file.exists():
        raise WatchlistError(file, [f"{options.watchlist}: has not been run yet; wirecopy run {options.watchlist}"])
    with Book.read(file) as book:
        status = status_of(book, watchlist, datetime.now(UTC))
    stale = unkept(file)
    alarms = (*alarms_of(status, watchlist.alarms), *([stale] if stale else []))
    if options.json:
        print(json.dumps(status.to_dict() | {"alarms": [a.to_dict() for a in alarms]}, indent=2, ensure_ascii=False))
    elif options.prometheus:
        print(metrics(status, alarms, options.watchlist.stem), end="")
    else:
        print("\n".join(_lines(status, alarms)))
    return exit_codes.PARTIAL if alarms else exit_codes.OK


def _lines(status: Status, alarms: Sequence[Alarm]) -> Iterator[str]:
    last = status.last_run
    ended = f"{last['result']}, {last['ended'][:16].replace('T', ' ')} UTC" if last else "none came to its end"
    coming = f"{status.next_due:%Y-%m-%d %H:%M} UTC" if status.next_due else "nothing"
    yield f"last run    {ended}{f'; {status.cut_off} of the last ten were cut off' if status.cut_off else ''}"
    watched = counted(status.watched, "story", "stories")
    yield f"watched     {watched}, {status.due:,} due, {status.overdue:,} overdue; next {coming}"
    disk = status.disk
    pace = f", growing {_size(disk.a_day)} a day" if disk.a_day is not None else ""
    full = ", which is full" if disk.is_full else ""
    left = f", full in {counted(round(disk.days_left), 'day')}" if disk.days_left else full
    yield f"archives    {_size(disk.used)}{pace}; {_size(disk.free)} free{left}"
    if status.store:
        waits = f"{counted(status.store.waiting, 'WARC')} ({_size(status.store.size)}) yet to go there"
        yield f"store       {status.store.address}; {waits if status.store.waiting else 'all of it is there'}"
    if status.sites:
        yield ""
        yield f"{'site':32}{'visits':>7}{'came':>6}{'refused':>8}{'gone':>5}{'failed':>7}{'drift':>6}  least found"
    for site in status.sites:
        least = min(site.coverage.items(), key=lambda item: item[1].recent, default=None)
        found = f"{least[0]} {least[1].recent:.0%}" if least else ""
        endings = f"{site.came:6}{site.refused:8}{site.gone:5}{site.failed:7}"
        yield f"{site.site:32}{site.visits:7}{endings}{site.drift:6}  {found}"
    yield ""
    yield from (f"alarm: {alarm.message}" for alarm in alarms)
    if not alarms:
        yield "no alarms"


def _size(number: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if abs(number) < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"
