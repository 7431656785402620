"""The captured pages of an archive as articles, and what is told of those that can't be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crawler.archive import Archive, ArchiveError
from crawler.archive.damage import in_words, nothing_readable
from crawler.archive.row import Row
from crawler.model import Article, Capture, Role
from crawler.spiders.reading import read_page

Tell = Callable[[str], None]
"""Called with a line about something that was left out."""

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_PAGE = 32 << 20
"""Bytes of a page that are read; a longer one is not a page anyone reads."""


class SourceError(Exception):
    """A source that can't be read; the message names it and says what was expected."""


def ignored(_: str) -> None:
    """Told something, does nothing."""


def articles_of_archive(archive: Archive, tell: Tell = ignored, name: str | None = None) -> Iterator[Article]:
    """The article of every page in an archive, in the order of capture.

    ``tell`` is called with a line for each damage, which costs the records it touches and no others. Raises
    ``SourceError`` where the damage left no capture at all.
    """
    for found in pages_of(archive, name):
        if isinstance(found, str):
            tell(found)
        elif article := readable(found[1], tell):
            yield article


def pages_of(archive: Archive, name: str | None = None, warc: str | None = None) -> Iterator[tuple[Row, Capture] | str]:
    """The pages in an archive, or in one of its files, in the order of capture, and between them a line each damage.

    Raises ``SourceError`` where the damage left no capture at all.
    """
    read, told = 0, 0
    for row, capture in archive.entries(warc):
        read += 1
        if is_page(capture):
            yield row, capture
        for damage in archive.damage[told:]:
            yield in_words(damage, archive, name)
        told = len(archive.damage)
    if not read and not archive.damage and archive.sources and warc is None:
        yield f"{name or archive.path}: there is no capture in it; what was made of pages (WET, WAT) is not extracted"
    if archive.damage and not read:
        raise SourceError(nothing_readable(archive, name))
    for damage in archive.damage[told:]:
        yield in_words(damage, archive, name)


def readable(capture: Capture, tell: Tell) -> Article | None:
    """The article of one captured page; None, and a line to ``tell``, where it can't be had."""
    try:
        return article_of_capture(capture)
    except ArchiveError as error:
        tell(str(error))
    except Exception as error:  # noqa: BLE001 - a page we fail to read must not cost all the others
        tell(f"{capture.url}: {type(error).__name__}: {error}; a fault of wirecopy's own, please report it")
    return None


def article_of_capture(capture: Capture) -> Article:
    """The article of one captured page, tied to its record."""
    return read_page(
        capture.body(MAX_PAGE),
        url=capture.url,
        captured_at=capture.captured_at,
        headers=dict(capture.headers),
        outcome=capture.outcome,
        record=capture.record,
        purpose=capture.purpose,
        reason=capture.outcome_reason,
    )


def is_page(capture: Capture) -> bool:
    """True for what a reader would open: by the purpose noted at capture time, else by status and type."""
    why = capture.purpose
    # What a Scrapy project of others fetched without saying why is a requisite of no story.
    if why is not None and not (why.role is Role.REQUISITE and why.story is None):
        return why.role.is_page and (capture.status in (None, 304) or not 300 <= capture.status < 400)
    return capture.status in (None, 200) and capture.mime in _PAGE_TYPES
