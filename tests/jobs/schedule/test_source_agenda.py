"""When the sources are read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.watchlist import SourceEntry

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FEED = "https://a.example/feed"


@pytest.fixture
def agenda(tmp_path: Path) -> Iterator[SourceAgenda]:
    with Book(tmp_path / "book.sqlite") as book:
        yield SourceAgenda(book)


def readings(agenda: SourceAgenda, every: timedelta, timer: timedelta, *, failing: bool = False) -> int:
    """How often a source is read in a day by runs that take some seconds, now more, now less, until they read it."""
    source = SourceEntry(url=FEED, every=every)
    read = 0
    for number in range(DAY // timer):
        at = START + number * timer + timedelta(seconds=(number * 37) % 50)
        if agenda.due([source], at):
            agenda.enter(FEED, at, message="status 500" if failing else None, found=0, added=0)
            read += 1
    return read


@pytest.mark.parametrize("often", [5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR])
def test_a_source_is_read_by_every_run_of_a_timer_as_often_as_it_is_wanted(
    agenda: SourceAgenda, often: timedelta
) -> None:
    assert readings(agenda, often, often) == DAY // often


@pytest.mark.parametrize(("often", "timer"), [(HOUR, 30 * MINUTE), (HOUR, 7 * MINUTE), (6 * HOUR, 10 * MINUTE)])
def test_a_source_is_read_hardly_more_often_than_wanted_by_a_timer_that_is_quicker(
    agenda: SourceAgenda, often: timedelta, timer: timedelta
) -> None:
    assert readings(agenda, often, timer) <= 1.1 * (DAY // often)


def test_a_source_that_fails_is_read_less_and_less_often(agenda: SourceAgenda) -> None:
    assert readings(agenda, HOUR, 30 * MINUTE, failing=True) == 4  # after 2, 4 and 8 hours


def test_a_source_that_failed_for_years_is_read_every_so_often(agenda: SourceAgenda) -> None:
    source = SourceEntry(url=FEED, every=HOUR)
    with agenda.book.transaction():
        for number in range(1100):
            agenda.enter(FEED, START + number * DAY, message="status 500", found=0, added=0)
    assert agenda.due_at(source) == START + 1099 * DAY + DAY
