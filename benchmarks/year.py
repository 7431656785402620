"""A year of the scheduled job in minutes: the real runs, book, plan, alarms and archive against a made-up web.

200 stories named, 40 sources that bring more, and what befalls a crawl in a year: three outages, two redesigns, a clock
set back, a full disk, runs that overlap. At its end three things must hold: every capture that a run counted is in the
archive, no host got more requests in an hour than it may, and the alarms told are those that were due.

    python benchmarks/year.py [--days 365] [--every 3]
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.archive import ArchiveError, Recorder, open_archive
from crawler.jobs.conditions import Conditions
from crawler.jobs.run import Result, RunActive, run
from crawler.jobs.run.apart import Ended
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.discovery import Discovered, Lead
from crawler.jobs.schedule.plan import per_hour
from crawler.jobs.schedule.visit import FIELDS, Visit
from crawler.jobs.watchlist import SourceEntry, Watchlist, read_watchlist
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.spiders.wanted import Wanted

START = datetime(2026, 1, 1, tzinfo=UTC)
HOSTS = 20
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

WATCHLIST = """
archives = "archives"
politeness = { per_hour = 1200 }
revisit = { counts = "1d", counts_until = "3650d", longest = "14d" }
limits = { time = "30d" }
alarms = { command = ["true"], repeat = "3650d" }
collection = [{ name = "year", rotate = "monthly" }]
"""


def host(number: int) -> str:
    return f"paper{number % HOSTS}.example"


def chance(*of: object) -> float:
    return int.from_bytes(sha256(repr(of).encode()).digest()[:4], "big") / 2**32


class Web:
    """The made-up web, and everything that befalls it; ``day`` numbers count from the start."""

    outages = ((40, 43, host(1)), (120, 122, host(2)), (260, 264, host(3)))
    blocked = (180, 185, host(4))
    redesigns = ((90, 97, host(5), "authors", None), (300, 307, host(6), None, "drift: no byline where one was"))
    feed_down = (210, 215, 7)
    disk_full = (150, 151)

    def __init__(self, days: int) -> None:
        self.now = START
        self.days = days
        self.recorded: list[str] = []
        self.requests: Counter[tuple[str, str]] = Counter()
        self.overlapped = 0
        self.told: dict[str, list[tuple[float, bool]]] = {}

    def clock(self) -> datetime:
        return self.now

    @property
    def day(self) -> float:
        return (self.now - START) / DAY

    def during(self, begin: float, end: float) -> bool:
        return begin <= self.day < end

    def capture(self, wanted: Wanted, conditions: Conditions, **_: Any) -> Captured:
        """Visit pages and archive what each says, as a crawl does; at one time the disk is full."""
        full = self.during(*self.disk_full)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        if full:
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        try:
            assert conditions.collection is not None
            with Recorder(conditions.collection, software="year") as recorder:
                visits = [self.visit(url, story, recorder) for url, story in pages(wanted)]
        except (ArchiveError, OSError) as error:
            return Captured(Ended.STORAGE, str(error))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        self.recorded += [visit.record for visit in visits if visit.record]
        cost: dict[str, Counter[str]] = {}
        for visit in visits:
            number = 1 if not wanted.requisites else 12
            where = urlsplit(visit.url).hostname or ""
            cost.setdefault(visit.story, Counter())[where] += number
            self.requests[where, f"{self.now:%Y-%m-%dT%H}"] += number
        return Captured(Ended.WELL, visits=tuple(visits), cost=cost)

    def visit(self, url: str, story: str, recorder: Recorder) -> Visit:
        where = urlsplit(url).hostname or ""
        if any(where == name and self.during(begin, end) for begin, end, name in self.outages):
            return Visit(story, url, self.now, Outcome.UNREACHABLE, False, "connection refused")
        refused = where == self.blocked[2] and self.during(*self.blocked[:2])
        recorded = recorder.record(self.exchange(url, refused)).result()
        if refused:
            return Visit(story, url, self.now, Outcome.BLOCKED, False, "403", record=recorded.record.id)
        fields, drift = set(FIELDS), ()
        for begin, end, name, missing, words in self.redesigns:
            if where == name and self.during(begin, end):
                fields -= {missing}
                drift = (words,) if words else ()
        edition = int(chance(url, "edited") < 0.18 and self.day > 365 * chance(url, "when"))
        return Visit(story, url, self.now, Outcome.ARTICLE, True, digest=f"{url} {edition}", fields=frozenset(fields),
                     drift=drift, record=recorded.record.id)  # fmt: skip

    def exchange(self, url: str, refused: bool) -> Exchange:
        body = f"<title>{url}</title><p>{self.now}".encode()
        status = b"403 Forbidden" if refused else b"200 OK"
        head = b"HTTP/1.1 %b\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        request = io.BytesIO(f"GET / HTTP/1.1\r\nHost: {urlsplit(url).hostname}\r\n\r\n".encode())
        outcome = Outcome.BLOCKED if refused else Outcome.OK
        return Exchange(url, self.now, request, io.BytesIO(head + body), Purpose(Role.SEED, story=url), outcome)

    def discover(self, sources: Sequence[SourceEntry], _: Conditions, **__: Any) -> list[Discovered]:
        found = []
        for source in sources:
            number = int(source.url.rpartition("/")[2])
            if number == self.feed_down[2] and self.during(*self.feed_down[:2]):
                found.append(Discovered(source.url, (), "server error: status 500"))
                continue
            stories = int(self.day * 0.05 + chance(number))  # a story in three weeks from each
            leads = (Lead(f"https://{host(number)}/{number}/{story}") for story in range(max(0, stories - 5), stories))
            found.append(Discovered(source.url, tuple(leads)))
        return found

    def due_alarms(self) -> dict[str, tuple[float, float]]:
        """The alarms that are due, with the days on which what they are about begins and ends."""
        due = {f"failing:{name}": (begin, end) for begin, end, name in self.outages}
        due[f"refused:{self.blocked[2]}"] = self.blocked[0], self.blocked[1]
        (begin, end, name, missing, _), (other, last, second, _, _) = self.redesigns
        due[f"coverage:{name}:{missing}"] = begin, end
        due[f"drift:{second}"] = other, last
        due[f"source:https://{host(self.feed_down[2])}/feed/{self.feed_down[2]}"] = self.feed_down[0], self.feed_down[1]
        due["run:storage"] = self.disk_full
        due["overdue"] = self.disk_full
        return {key: when for key, when in due.items() if when[0] < self.days - 5}


def pages(wanted: Wanted) -> list[tuple[str, str]]:
    return [(url, story) for story in wanted.urls for url in (story, *wanted.copies.get(story, ()))]


def write_watchlist(folder: Path) -> Path:
    text = WATCHLIST
    for number in range(200):
        text += f'[[story]]\nurl = "https://{host(number)}/named/{number}"\n'
    for number in range(40):
        text += f'[[source]]\nurl = "https://{host(number)}/feed/{number}"\nevery = "6h"\n'
    (folder / "year.toml").write_text(text)
    return folder / "year.toml"


def live(web: Web, watchlist: Watchlist, file: Path, every: timedelta) -> Counter[str]:
    """Run after run to the end of the year; returns how they ended."""
    ended: Counter[str] = Counter()
    alarms: set[str] = set()
    set_back = False
    while web.day < web.days:
        capture = web.capture
        if int(web.day) % 30 == 7 and not web.overlapped:
            capture = overlapping(web, watchlist, file)
        report = run(watchlist, file, clock=web.clock, capture=capture, discover=web.discover)
        ended[report.result.name.lower()] += 1
        present = set(active_alarms(watchlist, file))
        for key in present ^ alarms:
            web.told.setdefault(key, []).append((round(web.day, 2), key in present))
        alarms = present
        web.now += every
        if web.day > 230 and not set_back:
            web.now -= DAY
            set_back = True
        web.overlapped = web.overlapped if int(web.day) % 30 == 7 else 0
    return ended


def overlapping(web: Web, watchlist: Watchlist, file: Path) -> Any:
    def capture(wanted: Wanted, conditions: Conditions, **how: Any) -> Captured:
        try:
            run(watchlist, file, clock=web.clock, capture=web.capture, discover=web.discover)
        except RunActive:
            web.overlapped += 1
        return web.capture(wanted, conditions, **how)

    return capture


def active_alarms(watchlist: Watchlist, file: Path) -> list[str]:
    from crawler.jobs.run import book_file
    from crawler.jobs.schedule.book import Book

    with Book(book_file(watchlist, file)) as book:
        return [row["key"] for row in book.rows("SELECT key FROM alarms")]


def archived(archives: Path) -> set[str]:
    found: set[str] = set()
    for folder in archives.glob("year-*"):
        with open_archive(folder) as archive:
            found |= {capture.record.id for capture in archive.captures()}
            assert not archive.damage, archive.damage
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--every", type=float, default=3, help="hours between runs (3)")
    options = parser.parse_args()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = write_watchlist(Path(folder))
        watchlist = read_watchlist(file)
        web = Web(options.days)
        ended = live(web, watchlist, file, timedelta(hours=options.every))
        lost = set(web.recorded) - archived(watchlist.archives)
    over = {key: number for key, number in web.requests.items() if number > per_hour(key[0], watchlist)}
    due, wrong = web.due_alarms(), []
    for key, (begin, end) in due.items():
        told = web.told.pop(key, [])
        if not told or not begin <= told[0][0] <= end + 1 or told[-1][1] or not told[-1][0] >= end:
            wrong.append((key, (begin, end), told))
    print(json.dumps({
        "days": options.days, "runs": dict(ended), "captures": len(web.recorded), "lost": len(lost),
        "busiest hour": max(web.requests.values()), "hours over a host's rate": len(over),
        "alarms due": len(due), "alarms wrong": wrong, "alarms not due": web.told,
        "minutes": round((time.monotonic() - began) / 60, 1),
    }, indent=1))  # fmt: skip
    return int(bool(lost or over or wrong or web.told or ended[Result.FAULT.name.lower()]))


if __name__ == "__main__":
    sys.exit(main())
