"""``wirecopy schedule``: what comes when, a watchlist tried in time, and the timer that runs it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli.conditions import CONTACT, PROXY
from crawler.cli.engines import interrupted_by_sigterm
from crawler.cli.errors import UsageError
from crawler.cli.places import input_file, named
from crawler.cli.run import WATCHLIST

if TYPE_CHECKING:
    from crawler.jobs.schedule.simulation import Day, Simulation
    from crawler.jobs.schedule.timer import Timer
    from crawler.jobs.watchlist import Watchlist

LONGEST = timedelta(days=3650)
STORE_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
ACTIONS = ("show", "install", "remove")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy schedule``."""
    parser.add_argument(
        "words", nargs="*", type=named, metavar="[show|install|remove] WATCHLIST",
        help=f"show what comes next (or said alone), put a timer in place, take it away; WATCHLIST: {WATCHLIST}",
    )  # fmt: skip
    parser.add_argument(
        "--simulate", type=_span, metavar="TIME", help='what would be fetched in "90d", without a network'
    )
    parser.add_argument(
        "--new",
        type=_number,
        metavar="N",
        help="with --simulate: stories that a source brings in a day (10)",
    )
    parser.add_argument(
        "--every", type=_span, default=timedelta(minutes=30), metavar="TIME", help="time between runs (30m)"
    )
    parser.add_argument("--cron", action="store_true", help="a line in the crontab, even where systemd runs")
    parser.add_argument("--system", action="store_true", help="units of the whole machine; the user's own if not said")
    parser.add_argument("--print", dest="only_print", action="store_true", help="show what would be installed")
    parser.add_argument("--json", action="store_true", help="print what is shown as JSON")


def run(options: argparse.Namespace) -> int:
    """Show, simulate, install or remove."""
    from crawler.jobs.schedule.timer import Timer
    from crawler.jobs.watchlist import read_watchlist

    words = list(options.words)
    action = words.pop(0) if words and words[0] in ACTIONS else "show"
    file = input_file(words.pop(0)) if words else WATCHLIST
    if words:
        raise UsageError(f"{words[0]}: one word too many; `wirecopy schedule [show|install|remove] WATCHLIST`")
    _check(action, options)
    if action == "remove":  # also that of a watchlist that is broken, or gone
        _remove(Timer(file, file.parent), options)
        return 0
    watchlist = read_watchlist(file)
    if options.simulate:
        _simulate(watchlist, options)
        return 0
    beside = tuple(path.parent for path in (watchlist.log, watchlist.metrics) if path)
    timer = Timer(file, watchlist.archives, options.every, beside=beside)
    if action == "install":
        _install(timer, options, _variables(watchlist))
    else:
        _show(watchlist, file, timer, options)
    return 0


def _check(action: str, options: argparse.Namespace) -> None:
    """Refuse what was said and would have no effect. Raises ``UsageError``."""
    if options.simulate and action != "show":
        raise UsageError(f"--simulate shows, and `schedule {action}` does: say one of them")
    if options.new is not None and not options.simulate:
        raise UsageError("--new belongs to --simulate")
    if options.json and action != "show":
        raise UsageError(f"--json prints what is shown, and `schedule {action}` does: leave it")
    if options.only_print and action != "install":
        raise UsageError("--print belongs to `wirecopy schedule install`")
    if options.cron and options.system:
        raise UsageError("--cron is a line of the crontab, --system a unit of systemd: say one of them")


def _simulate(watchlist: Watchlist, options: argparse.Namespace) -> None:
    from crawler.jobs.schedule.simulation import simulate

    if options.simulate > LONGEST:
        raise UsageError("--simulate: ten years are the most that is tried; say 3650d or less")
    start = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    new = 10.0 if options.new is None else options.new
    if not options.json:
        print(f"{'day':12}{'new':>8}{'visits':>8}{'counts':>8}{'edits':>8}{'waiting':>9}{'requests':>10}", flush=True)
    with interrupted_by_sigterm():
        done = simulate(
            watchlist, start=start, time=options.simulate, every=options.every, new_a_day=new,
            watch=(lambda day: None) if options.json else _tell_day,
        )  # fmt: skip
    print(json.dumps(done.to_dict(), indent=2) if options.json else "\n".join(_hosts(done)))


def _tell_day(day: Day) -> None:
    print(
        f"{day.date:%Y-%m-%d}  {day.new:8}{day.visits:8}{day.counts:8}{day.edits:8}{day.waiting:9}{day.requests:10}",
        flush=True,
    )


def _hosts(done: Simulation) -> list[str]:
    return [
        "",
        f"{'host':48}{'busiest hour':>14}{'allowed':>10}",
        *(f"{host:48}{number:14}{done.allowed[host]:10}" for host, number in done.busiest.items()),
        "",
        "a made-up web, edited as news is; a first visit is taken to cost 60 requests, later ones 1 a page",
    ]


def _show(watchlist: Watchlist, file: Path, timer: Timer, options: argparse.Namespace) -> None:
    from crawler.jobs.run import book_file
    from crawler.jobs.schedule.book import Book
    from crawler.jobs.schedule.coming import coming
    from crawler.jobs.schedule.timer import installed

    book = book_file(watchlist, file)
    next_ones = []
    if book.exists():
        with Book.read(book) as opened:
            next_ones = coming(opened, watchlist, datetime.now(UTC), None if options.json else 20)
    timers = installed(timer)
    if options.json:
        said = {"timer": timers[0] if timers else None, "coming": [each.to_dict() for each in next_ones]}
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return
    for each in timers or ["none of ours; `wirecopy schedule install` sets one"]:
        print(f"timer: {each}")
    print("\n".join(f"{each.at:%Y-%m-%d %H:%M} UTC  {each.kind:7} {each.url}" for each in next_ones) or "no run yet")


def _variables(watchlist: Watchlist) -> list[str]:
    """The environment variables that a run needs, and those it heeds and this shell has: a timer's run has none."""
    from crawler.fetch.logins import LOGINS
    from crawler.spiders.providers.mediacloud import KEY

    email, providers = watchlist.alarms.email, watchlist.capture.providers
    heeded = {
        CONTACT: watchlist.contact is None,
        **dict.fromkeys(STORE_KEYS, watchlist.store is not None),
        (email.password_env if email else ""): email is not None and email.user is not None,
        KEY: any(each.partition("=")[0] == "mediacloud" for each in providers),
        PROXY: watchlist.proxy is None and PROXY in os.environ,
        LOGINS: LOGINS in os.environ,
        "SSL_CERT_FILE": "SSL_CERT_FILE" in os.environ,
    }
    return [name for name, needed in heeded.items() if needed]


def _install(timer: Timer, options: argparse.Namespace, variables: Sequence[str]) -> None:
    from crawler.jobs.schedule import timer as timers

    told = f"a run has nothing of this shell's environment: set {', '.join(variables)}" if variables else ""

    if options.cron or not (timers.has_systemd() or options.only_print):
        line = timers.cron_line(timer)
        if options.only_print:
            print(line)
            return
        timers.write_crontab(timers.crontab_with(timers.read_crontab(), timer))
        print(f"in the crontab: {line}")
        if told:
            print(f"{told} above it, as NAME=value, by `crontab -e`")
        return
    if options.only_print:
        print(timers.service_unit(timer, system=options.system), timers.timer_unit(timer), sep="\n", end="")
        return
    for file in timers.install_units(timer, timers.unit_folder(system=options.system), system=options.system):
        print(f"written: {file}")
    if told:
        print(f"{told} in {timer.environment}, as NAME=value")
    if not options.system:
        print(
            f"so that it runs while nobody is logged in: loginctl enable-linger {os.environ.get('USER', '')}".rstrip()
        )


def _remove(timer: Timer, options: argparse.Namespace) -> None:
    from crawler.jobs.schedule import timer as timers

    removed = []
    if not options.cron:
        folder = timers.unit_folder(system=options.system)
        units = timers.remove_units(timer, folder, system=options.system, stop=timers.has_systemd())
        removed = [f"removed: {file}" for file in units]
    if not options.system and timers.has_cron():
        crontab = timers.read_crontab()
        rest = timers.crontab_without(crontab, timer)
        if rest != crontab:
            timers.write_crontab(rest)
            removed.append("removed: its line in the crontab")
    print("\n".join(removed) or f"no timer of {timer.watchlist} is there", file=None if removed else sys.stderr)


def _number(words: str) -> float:
    try:
        number = float(words)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100_000:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of stories; write one from 0 to 100000")
    return number


def _span(words: str) -> timedelta:
    from crawler.jobs.watchlist.values import span

    try:
        time = span(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if time < timedelta(minutes=1):
        raise argparse.ArgumentTypeError(f"{words!r} is less than a minute")
    return time
