"""Pages that have visits of their own: no other story that names one of them needs to ask for it as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from crawler.jobs.schedule.book import Book, text_of, time_of


def visited_for_themselves(book: Book, collection: str, now: datetime) -> Iterator[tuple[str, datetime]]:
    """The watched stories of a collection that are not overdue, and when each was visited last.

    Also those that failed, which are asked for ever less often, and those that are gone for good.
    """
    rows = book.rows(
        "SELECT url, visited FROM stories WHERE watched AND collection = ? AND visited IS NOT NULL"
        " AND (next_visit IS NULL OR next_visit > ?)",
        collection, text_of(now),
    )  # fmt: skip
    for row in rows:
        yield row["url"], time_of(row["visited"])
