"""A watchlist tried in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.jobs.schedule.simulation import Day, simulate
from crawler.jobs.watchlist.reading import parse_watchlist

START = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = """
politeness.per_hour = 200
revisit.counts = "12h"
[[story]]
url = "https://a.example/1"
[[source]]
url = "https://b.example/feed"
every = "2h"
"""


def test_it_is_the_same_each_time_and_no_host_is_over_its_rate() -> None:
    watchlist = parse_watchlist(TEXT, Path("/w.toml"))
    first, second = (
        simulate(watchlist, start=START, time=timedelta(days=5), every=timedelta(hours=1), new_a_day=20) for _ in "ab"
    )
    assert first == second
    assert len(first.days) == 5
    assert 80 <= sum(day.new for day in first.days) <= 120
    assert sum(day.edits for day in first.days) > 5
    assert sum(day.counts for day in first.days) > 50
    assert first.busiest.keys() == {"a.example", "b.example"}
    assert all(number <= first.allowed[host] for host, number in first.busiest.items())


def test_each_day_is_told_as_it_ends() -> None:
    told = list[Day]()
    done = simulate(
        parse_watchlist(TEXT, Path("/w.toml")),
        start=START, time=timedelta(days=3), every=timedelta(hours=6), new_a_day=2, watch=told.append,
    )  # fmt: skip
    assert tuple(told) == done.days
