"""What is made of a collection's WARCs and can be made again: tables and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from crawler.archive import Collection, rebuild_index, write_pages
from crawler.export.jsonl import read_articles, write_tables
from crawler.jobs.sources import articles_of_archive
from crawler.model import Article, Capture, RecordRef, Role


def add_derived(collection: Path, articles: Iterable[Article], records: Mapping[str, RecordRef]) -> None:
    """Add ``articles`` to the tables and pages that ``collection`` already has.

    ``records`` says which record holds the picture at an address. Raises ``OSError`` where the folder can't be written.
    """
    table = _table(collection)
    articles = (with_pictures(article, records) for article in articles)
    write_tables(table.parent, chain(read_articles(table), articles))
    write_pages(collection, read_articles(table))


def rebuild(folder: Path) -> tuple[int, int]:
    """Make index, ledger, tables and pages again from the WARCs alone; return the numbers of captures and articles.

    Raises ``CollectionError`` where ``folder`` is no collection, ``ArchiveError`` where it can't be written.
    """
    captures = rebuild_index(folder)
    collection = Collection(folder)
    records = {capture.url: capture.record for capture in collection.captures() if _is_picture(capture)}
    table = _table(folder)
    articles = (with_pictures(article, records) for article in articles_of_archive(collection))
    rows = write_tables(table.parent, articles)
    write_pages(folder, read_articles(table))
    return captures, rows["articles"]


def with_pictures(article: Article, records: Mapping[str, RecordRef]) -> Article:
    """``article`` with the record of each picture that was captured, by the picture's address."""
    images = tuple(replace(image, record=records.get(image.url, image.record)) for image in article.images)
    return replace(article, images=images)


def _is_picture(capture: Capture) -> bool:
    return capture.purpose is not None and capture.purpose.role is Role.IMAGE


def _table(collection: Path) -> Path:
    return collection / "tables" / "articles.jsonl"
