"""What is made of a collection's WARCs and can be made again: tables and pages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

from crawler.archive import Archive, Collection, Damage, rebuild_index, write_pages
from crawler.export.jsonl import line, read_articles, write_tables
from crawler.jobs.pictures import write_image_matches
from crawler.jobs.sources import SourceError, articles_of_archive, in_words, readable
from crawler.jobs.story_tables import write_story_tables
from crawler.model import Article, RecordRef, Role

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What ``wirecopy index`` found."""

    captures: int
    articles: int
    problems: tuple[str, ...]
    """A line for each thing that could not be read, with its file and place."""


def add_derived(collection: Path, articles: Iterable[Article], records: Mapping[str, RecordRef]) -> None:
    """Add ``articles`` to the tables and pages that ``collection`` already has; a new row replaces that of its record.

    ``records`` says which record holds the picture at an address. Pages that were captured and are in no table, such as
    those of a crawl that was killed, are read now. Raises ``OSError`` where the folder can't be written.
    """
    table = _table(collection)
    with TemporaryFile("w+", encoding="utf-8") as spool, Collection(collection) as archive:
        fresh = _spooled((with_pictures(article, records) for article in articles), spool)
        known = {article.record.id for article in read_articles(table) if article.record} | fresh.keys()
        write_tables(table.parent, _merged(table, spool, fresh, _left_out(archive, known)))
        write_story_tables(table.parent)
        write_image_matches(table.parent, archive)
    write_pages(collection, read_articles(table))


def rebuild(
    folder: Path,
    *,
    indexed: Callable[[int], None] | None = None,
    extracted: Callable[[Article], None] | None = None,
    compared: Callable[[Article], None] | None = None,
) -> Rebuilt:
    """Make index, ledger, tables and pages again from the WARCs alone.

    ``indexed`` is told how many more bytes of the WARCs were indexed, ``extracted`` each article that was read from
    them, ``compared`` each that is on its way into the tables of stories. Raises
    ``CollectionError`` where ``folder`` is no collection, ``ArchiveError`` where it can't be written.
    """
    problems: dict[str, None] = {}

    def damage(found: Damage) -> None:
        problems[in_words(found)] = None

    def tell(problem: str) -> None:
        problems[problem] = None

    captures = rebuild_index(folder, progress=indexed, damage=damage)
    table = _table(folder)
    with Collection(folder) as collection:
        rows = write_tables(table.parent, _extracted(collection, tell, extracted))
        write_story_tables(table.parent, anew=True, told=compared)
        write_image_matches(table.parent, collection)
    write_pages(folder, read_articles(table))
    return Rebuilt(captures, rows["articles"], tuple(problems))


def with_pictures(article: Article, records: Mapping[str, RecordRef]) -> Article:
    """``article`` with the record of each picture that was captured, by the picture's address."""
    images = tuple(replace(image, record=records.get(image.url, image.record)) for image in article.images)
    return replace(article, images=images)


def _extracted(
    archive: Archive, tell: Callable[[str], None], extracted: Callable[[Article], None] | None
) -> Iterator[Article]:
    try:
        for article in articles_of_archive(archive, tell):
            if extracted:
                extracted(article)
            yield _with_nearest_pictures(article, archive)
    except SourceError as error:
        tell(str(error))


def _left_out(archive: Collection, known: set[str]) -> Iterator[Article]:
    """The pages of a collection that are in no table."""
    for capture in archive.pages_without(known):
        if article := readable(capture, logger.warning):
            yield _with_nearest_pictures(article, archive)


def _with_nearest_pictures(article: Article, archive: Archive) -> Article:
    """``article`` with the records of its pictures; of several captures of one the nearest in time."""
    if article.captured_at is None:
        return article
    at = datetime.fromisoformat(article.captured_at)
    found = {image.url: archive.find_record(image.url, at, Role.IMAGE) for image in article.images}
    return with_pictures(article, {url: record for url, record in found.items() if record})


def _spooled(articles: Iterable[Article], spool: TextIO) -> dict[str, int]:
    """Write ``articles`` down; the line of the last article of each record, by the record's id."""
    lines: dict[str, int] = {}
    for number, article in enumerate(articles):
        spool.write(line(article.to_dict()))
        lines[article.record.id if article.record else f"line {number}"] = number
    return lines


def _merged(table: Path, spool: TextIO, fresh: Mapping[str, int], left_out: Iterator[Article]) -> Iterator[Article]:
    for article in read_articles(table):
        if article.record is None or article.record.id not in fresh:
            yield article
    yield from left_out
    last = set(fresh.values())
    spool.seek(0)
    for number, row in enumerate(spool):
        if number in last:
            yield Article.from_dict(json.loads(row))


def _table(collection: Path) -> Path:
    return collection / "tables" / "articles.jsonl"
