"""The tables of histories: what changed between the captures of one page, and how the counts it prints moved.

Beside the tables it is kept which captures a page has, and which pages a count was printed on, so that a new capture
touches the history of its own page and the series of its own counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from crawler.export.jsonl import line
from crawler.export.rows import Row
from crawler.export.story_rows import row_of_version, rows_of_series
from crawler.export.table_files import TableFiles
from crawler.model import Article
from crawler.model.article import plain
from crawler.stories.outlets import address_of, page_of
from crawler.stories.series import count_series
from crawler.stories.timing import as_of
from crawler.stories.versions import byline_changed, headline_changed, versions_of

_VERSIONS, _SERIES = TABLES = ("versions", "count_series")
"""Parts of ``versions`` are named by the page's address, those of ``count_series`` by the series."""
_CAPTURES = "captures of a page"
_PRINTED = "series printed on a page"
_PAGES = "pages that print a series"
_LEFT = "pages that lost a capture"


def enter_capture(tables: TableFiles, part: str, article: Article, before: Article | None) -> None:
    """Note that ``article``, a part of ``articles``, is a capture of its page; ``before`` is what its record said."""
    address = _address(article)
    left = _address(before) if before else None
    if left is not None and left != address:
        tables.forget(_CAPTURES, left, part)
        tables.keep(_LEFT, "", left)
    if address is not None:
        tables.keep(_CAPTURES, address, part, line(_for_counts(article)))


def tell_histories(tables: TableFiles) -> None:
    """Put the histories of all pages whose captures were entered since the tables were committed."""
    touched: set[str] = set()
    for part in tables.parts("articles", fresh=True):
        address = _address(_article(tables, part))
        if address is not None and not tables.is_fresh(_VERSIONS, address):
            touched |= _tell_page(tables, address)
    for address in tables.kept(_LEFT, ""):
        touched |= _tell_page(tables, address)
        tables.forget(_LEFT, "", address)
    for address in tables.parts(_VERSIONS, fresh=True):
        for series in tables.kept(_PRINTED, address):
            if not tables.is_fresh(_SERIES, series):
                _tell_series(tables, series)
    for series in touched:
        _tell_series(tables, series)


def _tell_page(tables: TableFiles, address: str) -> set[str]:
    """Put the history of one page; the series that it no longer prints."""
    captures = tables.kept(_CAPTURES, address)
    tables.put(_VERSIONS, address, _rows_of_versions([_article(tables, part) for part in captures]))
    printed = {series.id for series in count_series(map(_counted, captures.values()))}
    before = set(tables.kept(_PRINTED, address))
    for series in printed - before:
        tables.keep(_PRINTED, address, series)
        tables.keep(_PAGES, series, address)
    for series in before - printed:
        tables.forget(_PRINTED, address, series)
        tables.forget(_PAGES, series, address)
    return before - printed


def _tell_series(tables: TableFiles, name: str) -> None:
    captures = (
        _counted(capture)
        for address in tables.kept(_PAGES, name)
        for capture in tables.kept(_CAPTURES, address).values()
    )
    rows = [row for series in count_series(captures) if series.id == name for row in rows_of_series(series)]
    tables.put(_SERIES, name, rows)


def _rows_of_versions(captures: list[Article]) -> Iterator[Row]:
    for version in versions_of(captures):
        before = version.previous
        yield row_of_version(
            version,
            headline_changed=before is not None and headline_changed(before, version.article),
            byline_changed=before is not None and byline_changed(before, version.article),
        )


def _address(article: Article) -> str | None:
    """The address of the page; None where nothing can be said of its history."""
    page = page_of(article)
    return address_of(page) if page and article.captured_at else None


def _article(tables: TableFiles, part: str) -> Article:
    return Article.from_dict(json.loads(tables.read("articles", part)))


def _for_counts(article: Article) -> Row:
    names = ("url", "outcome", "counts", "memento", "record")
    # An archive's copy prints the count of its day, not of ours.
    return {**{name: plain(getattr(article, name)) for name in names}, "captured_at": as_of(article)}


def _counted(noted: str) -> Article:
    return Article.from_dict(json.loads(noted))
