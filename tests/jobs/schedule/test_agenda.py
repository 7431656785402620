"""What a clock that ran ahead leaves in the book, once it is set right: nothing that waits for the wrong time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.status.site import sites_of
from crawler.jobs.watchlist import Revisit
from crawler.model import Outcome

URL = "https://quay.example/ferry"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WRONG = NOW + timedelta(days=400)
DAY = timedelta(days=1)


@pytest.fixture
def agenda(tmp_path: Path) -> Iterator[Agenda]:
    with Book(tmp_path / "book.sqlite") as book:
        agenda = Agenda(book)
        agenda.watch([Watched(URL, (), "c")], NOW - DAY)
        yield agenda


def due(agenda: Agenda, at: datetime) -> Due:
    (found,) = agenda.due(at)
    return found


def visited(agenda: Agenda, at: datetime, cost: int = 1) -> None:
    seen = Visit(URL, URL, at, Outcome.OK, True, None)
    agenda.enter("run", due(agenda, at), [seen], {"quay.example": cost}, Revisit(), "batch")


def test_a_visit_postponed_by_a_clock_ahead_is_due_when_its_last_visit_says(agenda: Agenda) -> None:
    visited(agenda, NOW - DAY)
    ((policy, _, _),) = agenda.coming()
    agenda.postpone(due(agenda, WRONG), WRONG + DAY)
    assert agenda.turn_back(NOW, Revisit()) == 0
    assert agenda.coming()[0][0] == policy


def test_a_first_visit_postponed_by_a_clock_ahead_is_due(agenda: Agenda) -> None:
    agenda.postpone(due(agenda, WRONG), WRONG + DAY)
    agenda.turn_back(NOW, Revisit())
    assert due(agenda, NOW).url == URL


def test_what_a_clock_ahead_saw_of_a_site_is_not_its_latest_for_ever(agenda: Agenda) -> None:
    visited(agenda, WRONG)
    agenda.turn_back(NOW, Revisit())
    lost = Visit(URL, URL, NOW + DAY, Outcome.UNREACHABLE, False, None)
    agenda.enter("run", due(agenda, NOW + DAY), [lost], {}, Revisit(), "another")
    (site,) = sites_of(agenda.book, NOW + DAY)
    assert (site.last, site.in_a_row) == (NOW + DAY, 1)


def test_what_a_host_was_asked_at_the_wrong_time_is_not_spent_now(agenda: Agenda) -> None:
    visited(agenda, NOW - timedelta(minutes=9), cost=2)
    visited(agenda, WRONG, cost=500)
    assert agenda.spent(NOW) == {"quay.example": 502}
    agenda.turn_back(NOW, Revisit())
    assert agenda.spent(NOW) == {"quay.example": 2}


def test_a_story_that_was_old_by_the_wrong_clock_is_watched_on(agenda: Agenda) -> None:
    visited(agenda, WRONG)
    assert agenda.coming() == []
    assert agenda.turn_back(NOW, Revisit()) == 1
    assert due(agenda, NOW + DAY).url == URL


def test_copies_are_searched_for_again_though_they_were_at_the_wrong_time(agenda: Agenda) -> None:
    visited(agenda, WRONG)
    agenda.turn_back(NOW, Revisit())
    assert due(agenda, NOW + 4 * DAY).search


def test_counts_wanted_every_day_are_read_every_day_though_a_run_came_late_to_the_page(agenda: Agenda) -> None:
    policy = Revisit(shortest=30 * DAY, longest=60 * DAY, counts=DAY)
    late = timedelta(minutes=4)
    seen = Visit(URL, URL, NOW + late, Outcome.OK, True, None)
    agenda.enter("run", due(agenda, NOW), [seen], {"quay.example": 1}, policy, "batch")
    assert list(agenda.due(NOW + DAY - timedelta(hours=1))) == []
    assert due(agenda, NOW + DAY).kind is Kind.COUNTS


def test_a_story_wanted_every_hour_is_visited_by_most_hourly_runs(agenda: Agenda) -> None:
    policy = Revisit(shortest=timedelta(hours=1), longest=timedelta(hours=1))
    times = 0
    for hour in range(24):
        for story in agenda.due(at := NOW + timedelta(hours=hour)):
            seen = Visit(URL, URL, at + timedelta(seconds=40), Outcome.OK, True, None)
            agenda.enter("run", story, [seen], {"quay.example": 1}, policy, f"batch {hour}")
            times += 1
    assert times >= 18


def test_what_a_host_was_asked_long_ago_is_not_kept_for_ever(agenda: Agenda) -> None:
    visited(agenda, NOW - DAY)
    agenda.forget_spent(NOW + DAY)
    assert agenda.book.row("SELECT count(*) FROM requests")[0] == 0


def test_what_a_host_was_asked_of_late_is_kept(agenda: Agenda) -> None:
    visited(agenda, NOW)
    agenda.forget_spent(NOW + timedelta(hours=1))
    assert agenda.spent(NOW) == {"quay.example": 1}
