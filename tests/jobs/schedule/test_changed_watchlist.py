"""A watchlist that is changed between two runs: what it says now holds for what came under watch before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.coming import coming, next_due
from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.watchlist import Revisit, Watchlist
from crawler.jobs.watchlist.reading import parse_watchlist
from crawler.model import Outcome

URL, FEED = "https://quay.example/ferry", "https://quay.example/feed"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SLOW = Revisit(shortest=timedelta(days=20))


@pytest.fixture
def agenda(tmp_path: Path) -> Iterator[Agenda]:
    with Book(tmp_path / "book.sqlite") as book:
        agenda = Agenda(book)
        agenda.watch([Watched(URL, (), "c", FEED)], NOW)
        yield agenda


def visited(agenda: Agenda, at: datetime, policy: Revisit, kind: Kind = Kind.FULL, digest: str = "1") -> None:
    seen = Visit(URL, URL, at, Outcome.ARTICLE, True, digest=digest)
    agenda.enter("run", Due(URL, (), "c", kind, at, {}), [seen], {}, policy, "batch")


def test_other_words_on_revisits_hold_for_visits_that_were_set(agenda: Agenda) -> None:
    assert agenda.keep_to(SLOW) == 0
    visited(agenda, NOW, SLOW)
    assert agenda.coming()[0][0] >= NOW + 20 * DAY
    assert agenda.keep_to(SLOW) == 0
    assert agenda.keep_to(Revisit(counts=6 * HOUR)) == 1
    assert agenda.coming()[0][0] < NOW + 2 * HOUR
    assert agenda.keep_to(SLOW.model_copy(update={"counts": 6 * HOUR})) == 1
    assert next((at, kind) for at, _, kind in agenda.coming()) == (NOW + 6 * HOUR, Kind.COUNTS)


def test_a_story_given_up_for_its_age_is_watched_again_where_it_may_be_older(agenda: Agenda) -> None:
    short = Revisit(until=DAY)
    agenda.keep_to(short)
    visited(agenda, NOW + 2 * DAY, short)
    assert agenda.coming() == []
    agenda.keep_to(Revisit(until=30 * DAY))
    assert len(agenda.coming()) == 1


def test_an_edit_that_waits_for_its_capture_waits_no_longer_for_it(agenda: Agenda) -> None:
    agenda.keep_to(SLOW)
    visited(agenda, NOW, SLOW)
    visited(agenda, NOW + HOUR, SLOW, Kind.COUNTS, digest="2")
    agenda.keep_to(Revisit(shortest=timedelta(days=10)))
    assert agenda.coming()[0][0] == NOW + HOUR


def test_stories_of_a_source_move_to_the_collection_that_is_named_for_it(agenda: Agenda) -> None:
    agenda.keep_in({FEED: "other", "https://quay.example/": "c"})
    assert [due.collection for due in agenda.due(NOW)] == ["other"]


def test_stories_that_are_where_they_belong_are_not_written_again(agenda: Agenda) -> None:
    written: list[str] = []
    agenda.book._db.set_trace_callback(written.append)
    agenda.keep_in({FEED: "c", "https://quay.example/": "c"})
    assert not any(statement.startswith("UPDATE") for statement in written)


def test_stories_of_a_source_that_is_named_no_more_stay(agenda: Agenda) -> None:
    agenda.keep_in({"https://quay.example/": "other"})
    assert [due.collection for due in agenda.due(NOW)] == ["c"]


def test_what_comes_is_looked_up_among_any_number_of_stories(agenda: Agenda) -> None:
    asked: list[str] = []
    agenda.book._db.set_trace_callback(asked.append)
    agenda.coming(1)
    list(agenda.due(NOW))
    agenda.book._db.set_trace_callback(None)
    plans = [step["detail"] for query in asked for step in agenda.book.rows(f"EXPLAIN QUERY PLAN {query}")]
    assert sum("SEARCH stories" in step for step in plans) == 4
    assert not any("SCAN" in step for step in plans)


def test_of_a_long_list_a_run_takes_so_many_new_ones_and_the_next_run_the_next(agenda: Agenda) -> None:
    listed = [Watched(f"{URL}/{number}", (), "c", FEED) for number in range(5)]
    added = [[story.url[-1] for story in agenda.watch(listed, NOW, most=2)] for _ in range(4)]
    assert added == [["0", "1"], ["2", "3"], ["4"], []]


@pytest.fixture
def watchlist(tmp_path: Path) -> Watchlist:
    return parse_watchlist(f'[[source]]\nurl = "{FEED}"\nevery = "2h"\n', tmp_path / "w.toml")


def test_sources_come_among_the_visits(agenda: Agenda, watchlist: Watchlist) -> None:
    visited(agenda, NOW, SLOW)
    assert next_due(agenda.book, watchlist, NOW) == NOW, "a source that was never read"
    SourceAgenda(agenda.book).enter(FEED, NOW, message=None, found=0, added=0)
    first, second = coming(agenda.book, watchlist, NOW)
    assert (first.at, first.url, first.kind, second.kind) == (NOW + 2 * HOUR, FEED, "source", "full")
    assert next_due(agenda.book, watchlist, NOW) == NOW + 2 * HOUR


def test_a_source_that_nobody_reads_is_overdue(agenda: Agenda, watchlist: Watchlist) -> None:
    sources = SourceAgenda(agenda.book)
    sources.enter(FEED, NOW, message=None, found=0, added=0)
    assert sources.overdue(watchlist.source, NOW + 4 * HOUR, HOUR) == 0
    assert sources.overdue(watchlist.source, NOW + 5 * HOUR, HOUR) == 1
