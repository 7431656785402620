"""The book of a job: one that an older wirecopy kept is gone on with and read, one of a newer is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.status import status_of
from crawler.jobs.watchlist import Revisit, WatchlistError
from crawler.jobs.watchlist.reading import parse_watchlist
from crawler.model import Outcome

URL = "https://quay.example/ferry"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SINCE = """
ALTER TABLE stories DROP COLUMN searched;
DROP TABLE entered; DROP TABLE policy; DROP TABLE name; DROP INDEX stories_counted;
"""
"""What the first wirecopy that kept books knew nothing of."""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A book as the first wirecopy wrote it."""
    file = tmp_path / "watch.schedule.sqlite"
    with Book(file) as book:
        agenda = Agenda(book)
        agenda.watch([Watched(URL, (), "c")], NOW - DAY)
        visit(agenda, NOW - DAY)
    with closing(sqlite3.connect(file)) as db:
        db.executescript(SINCE)
    return file


def visit(agenda: Agenda, at: datetime) -> None:
    (due,) = agenda.due(at)
    agenda.enter("run", due, [Visit(URL, URL, at, Outcome.OK, True, None)], {}, Revisit(), "batch")


def test_a_book_of_the_first_wirecopy_is_gone_on_with(first: Path) -> None:
    with Book(first) as book:
        agenda = Agenda(book)
        agenda.keep_to(Revisit())
        visit(agenda, NOW)
        assert [row["at"] for row in book.rows("SELECT at FROM visits ORDER BY at")] == [
            "2026-11-21T12:00:00Z",
            "2026-11-22T12:00:00Z",
        ]
        assert book.name()


def test_a_book_of_the_first_wirecopy_is_read_and_left_as_it_is(first: Path, tmp_path: Path) -> None:
    before = first.read_bytes()
    watchlist = parse_watchlist(f'[[story]]\nurl = "{URL}"\n', tmp_path / "watch.toml")
    with Book.read(first) as book:
        assert status_of(book, watchlist, NOW).watched == 1
        assert [(story.url, story.search) for story in Agenda(book).due(NOW + DAY)] == [(URL, True)]
        assert book.rows("SELECT * FROM policy") == []
    assert first.read_bytes() == before


@pytest.mark.parametrize("opened", [Book, Book.read])
def test_a_book_of_a_newer_wirecopy_is_left_alone(first: Path, opened: type[Book]) -> None:
    with closing(sqlite3.connect(first)) as db:
        db.execute("PRAGMA user_version = 99")
    before = first.read_bytes()
    with pytest.raises(WatchlistError, match=r"of schema 99, newer than the 1 that this wirecopy knows: upgrade"):
        opened(first)
    assert first.read_bytes() == before
