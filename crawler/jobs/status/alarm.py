"""What deserves an alarm, and which alarms are to be told now: each once, again while it stays, and when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.status.site import ARTICLE, FieldShare
from crawler.jobs.status.status import Status
from crawler.jobs.watchlist import Alarms
from crawler.model.counted import counted
from crawler.model.moment import rfc3339


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something is wrong, or is right again."""

    key: str
    """What it is about; the same as long as it lasts: ``failing:HOST``, ``coverage:HOST:FIELD``, ``disk``."""
    message: str
    since: datetime
    over: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The alarm as JSON values."""
        return {"key": self.key, "message": self.message, "since": rfc3339(self.since), "over": self.over}


def alarms_of(status: Status, rules: Alarms) -> tuple[Alarm, ...]:
    """What is wrong, by the watchlist's rules."""
    return tuple(Alarm(key, message, status.at) for key, message in _wrong(status, rules))


def to_tell(book: Book, alarms: Iterable[Alarm], rules: Alarms, now: datetime) -> list[Alarm]:
    """Those of ``alarms`` that are new or have not been told for a while, and those told before that are over."""
    known = {row["key"]: row for row in book.rows("SELECT * FROM alarms")}
    present = {alarm.key: alarm for alarm in alarms}
    telling: list[Alarm] = []
    for key, alarm in present.items():
        row = known.get(key)
        since = time_of(row["since"]) if row else now
        book.write(
            "INSERT INTO alarms (key, message, since) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET message = ?",
            key, alarm.message, text_of(since), alarm.message,
        )  # fmt: skip
        if row is None or row["told"] is None or abs(now - time_of(row["told"])) >= rules.repeat:
            telling.append(Alarm(key, alarm.message, since))
    for key, row in known.items():
        if key not in present:
            if row["told"] is None:
                book.write("DELETE FROM alarms WHERE key = ?", key)
            else:
                telling.append(Alarm(key, row["message"], time_of(row["since"]), over=True))
    return telling


def told(book: Book, alarm: Alarm, now: datetime) -> None:
    """Note that an alarm reached someone."""
    if alarm.over:
        book.write("DELETE FROM alarms WHERE key = ?", alarm.key)
    else:
        book.write("UPDATE alarms SET told = ? WHERE key = ?", text_of(now), alarm.key)


def _wrong(status: Status, rules: Alarms) -> Iterator[tuple[str, str]]:
    for site in status.sites:
        if site.refused_in_a_row >= rules.failing_runs:
            yield f"refused:{site.site}", f"{site.site} refused {_last(site.refused_in_a_row)} ({site.ending})"
        elif site.in_a_row >= rules.failing_runs:
            yield f"failing:{site.site}", f"{site.site} failed on {_last(site.in_a_row)} ({site.ending})"
        if site.drift:
            yield (
                f"drift:{site.site}",
                f"{site.site} looks redesigned: {site.drift_reason} ({counted(site.drift, 'visit')})",
            )
        for field, coverage in site.coverage.items():
            if coverage.drop >= rules.coverage_drop:
                yield f"coverage:{site.site}:{field}", f"{site.site}: {_fallen(field, coverage)}"
    for source in status.sources:
        if source.failures >= rules.failing_runs:
            yield (
                f"source:{source.url}",
                f"{source.url} could not be read {counted(source.failures, 'time')}: {source.message}",
            )
    if status.overdue or status.sources_overdue:
        yield "overdue", f"{_overdue(status)} overdue; runs are too few, too short, or fail"
    if status.disk.is_full:
        yield "disk", f"the disk is full: {status.disk.free / 1e6:.0f} MB free"
    elif (left := status.disk.days_left) is not None and left < rules.disk_days:
        yield (
            "disk",
            f"at this pace the disk is full in {counted(round(left), 'day')} ({status.disk.free / 1e9:.1f} GB free)",
        )
    if status.last_run and status.last_run["result"] in ("storage", "fault"):
        reason = next(iter(status.last_run["failures"]), "").splitlines()
        yield f"run:{status.last_run['result']}", f"the last run failed: {reason[-1] if reason else 'no reason given'}"


def _fallen(field: str, coverage: FieldShare) -> str:
    before = f"{coverage.before or 0:.0%} before"
    if field == ARTICLE:
        return (
            f"{coverage.recent:.0%} of {counted(coverage.articles, 'visit')} show that the page is an article, {before}"
        )
    return f"{field} found on {coverage.recent:.0%} of {counted(coverage.articles, 'article')}, on {before}"


def _overdue(status: Status) -> str:
    numbers = ((status.overdue, "story", "stories"), (status.sources_overdue, "source", "sources"))
    said = [counted(number, one, many) for number, one, many in numbers if number]
    return f"{' and '.join(said)} {'is' if status.overdue + status.sources_overdue == 1 else 'are'}"


def _last(visits: int) -> str:
    return f"its last {visits} visits" if visits > 1 else "its last visit"
