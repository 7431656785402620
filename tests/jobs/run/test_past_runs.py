"""The runs that a book keeps: those of late with their visits, not all there ever were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.jobs.run import book_file, run
from crawler.jobs.run.apart import Ended
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.past_runs import PastRuns
from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import KEPT, LATEST, Book, text_of
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.status.site import BEFORE, RECENT, sites_of
from crawler.jobs.watchlist import Revisit
from crawler.model import Outcome
from crawler.web.scheduled import scheduled_runs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
URL = "https://quay.example/ferry"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book(tmp_path / "watch.schedule.sqlite") as book:
        yield book


def past(book: Book, *starts: datetime, every: timedelta = HOUR, number: int = 1) -> None:
    """Runs of one visit each: from each start on, ``number`` of them."""
    agenda, runs = Agenda(book), PastRuns(book)
    agenda.watch([Watched(URL, (), "c")], min(starts))
    for at in (start + each * every for start in starts for each in range(number)):
        runs.begin(f"run-{at:%Y%m%dT%H%M}", at)
        book.write("UPDATE stories SET next_visit = ?", text_of(at))
        (due,) = agenda.due(at)
        visit = Visit(URL, URL, at, Outcome.SERVER_ERROR, False, "status 500")
        agenda.enter(f"run-{at:%Y%m%dT%H%M}", due, [visit], {}, Revisit(), "batch")
        book.write("UPDATE runs SET ended = started, code = 1 WHERE ended IS NULL")


def number(book: Book, table: str) -> int:
    return int(book.row(f"SELECT count(*) FROM {table}")[0])


def test_runs_of_long_ago_are_dropped_with_their_visits(book: Book) -> None:
    past(book, NOW - KEPT - 20 * DAY, NOW - 10 * DAY, number=LATEST)
    PastRuns(book).forget_old(NOW)
    assert (number(book, "runs"), number(book, "visits"), number(book, "stories")) == (LATEST, LATEST, 1)
    assert str(book.row("SELECT min(at) AS at FROM visits")["at"]) == text_of(NOW - 10 * DAY)


def test_the_latest_runs_stay_however_long_ago_they_were(book: Book) -> None:
    past(book, NOW - 3 * KEPT, every=DAY, number=LATEST - 1)
    before = scheduled_runs(book.file.parent)
    PastRuns(book).forget_old(NOW)
    assert scheduled_runs(book.file.parent) == before
    assert number(book, "visits") == LATEST - 1


def test_what_is_told_of_sites_is_the_same_without_the_runs_of_long_ago(book: Book) -> None:
    assert KEPT > BEFORE + RECENT
    past(book, NOW - KEPT - 30 * DAY, NOW - 28 * DAY, number=LATEST)
    before = sites_of(book, NOW)
    PastRuns(book).forget_old(NOW)
    assert sites_of(book, NOW) == before
    assert before[0].visits == LATEST


def test_of_a_run_all_failures_are_found_without_a_look_at_the_others(book: Book) -> None:
    plan = book.rows("EXPLAIN QUERY PLAN SELECT url FROM visits WHERE run = ? AND came = 0", "run")
    assert "USING INDEX" in plan[0]["detail"]


def test_a_run_drops_what_was_long_ago_when_the_run_before_it_ended(watchlist: Any) -> None:
    """Of a clock that is years ahead for one run, nothing is lost."""
    what, file = watchlist("/1")
    with Book(book_file(what, file)) as book:
        past(book, NOW - 10 * DAY, number=LATEST + 5)
    left = []
    for ahead in (2 * KEPT, 2 * KEPT + HOUR):
        run(what, file, clock=lambda ahead=ahead: NOW + ahead, capture=lambda *_, **__: Captured(Ended.WELL))
        with Book.read(book_file(what, file)) as book:
            left.append(number(book, "runs"))
    assert left == [LATEST + 5 + 1, LATEST + 1]
