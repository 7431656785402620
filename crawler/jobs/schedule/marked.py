"""Stories under watch whose address has a session or mark of a visit: named so, or listed so by earlier versions."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.jobs.schedule.book import Book
from crawler.model.address import without_visit


def marked(book: Book, urls: Iterable[str]) -> set[str]:
    """Those of ``urls``, which have no such marks, that are watched under an address that has.

    An id of a session before the last step of a path is not seen. Raises ``sqlite3.Error``.
    """
    unknown = {url for url in urls if book.row("SELECT 1 FROM stories WHERE url = ?", url) is None}
    found: set[str] = set()
    for page in {url.partition("#")[0].partition("?")[0] for url in unknown}:
        rows = book.rows(
            "SELECT url FROM stories WHERE url >= ? AND url < ?"
            " UNION ALL SELECT url FROM stories WHERE url >= ? AND url < ?",
            f"{page};", f"{page}<", f"{page}?", f"{page}@",
        )  # fmt: skip
        found.update(without_visit(row["url"]) for row in rows)
    return unknown & found
