"""What is made of a collection's WARCs and can be made again: tables and pages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from crawler.archive import Archive, Collection, Damage, rebuild_index
from crawler.archive.damage import in_words_of_collection
from crawler.archive.datapackage import write_datapackage
from crawler.archive.layout import PAGES, TABLES
from crawler.archive.pages import HEADER, page_line
from crawler.export.jsonl import line, read_articles
from crawler.export.rows import TABLES as PAGE_TABLES
from crawler.export.rows import Row, rows_of
from crawler.export.table_files import NOTES, TableFiles
from crawler.export.table_notes import TableNotes
from crawler.jobs.captured_pages import SourceError, articles_of_archive, readable
from crawler.jobs.history_tables import TABLES as HISTORY_TABLES
from crawler.jobs.history_tables import enter_capture, tell_histories
from crawler.jobs.pages import with_pictures
from crawler.jobs.pictures import INDEX as PICTURES
from crawler.jobs.pictures import Gallery
from crawler.jobs.story_tables import INDEX, tell_stories
from crawler.jobs.story_tables import TABLES as STORY_TABLES
from crawler.model import Article, Image, RecordRef, Role
from crawler.stories.index import StoryIndex, key_of

logger = logging.getLogger(__name__)
_PAGES = "pages"
_CHANGED = "archive", "changed"
"""The note that the WARCs are others than those of which the tables were made."""


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
    those of a crawl that was killed, are read now. Rows that nothing new touches stay as they are; where others changed
    a table, or a part of the notes on them is lost, all are made again of the articles that are there. Raises
    ``OSError`` where the folder can't be written, ``ValueError`` where the table of articles can't be read.
    """
    with Collection(collection) as archive, _tables(collection) as tables:
        into = _Derived(tables, archive)
        if tables.anew:
            for article in read_articles(tables.file("articles")):
                into.put(article)
        for article in articles:
            into.put(with_pictures(article, records))
        for article in _left_out(archive, tables):
            into.put(article)
        into.finish()


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
        problems[in_words_of_collection(found, folder)] = None

    def tell(problem: str) -> None:
        problems[problem] = None

    captures = rebuild_index(folder, progress=indexed, damage=damage)
    with Collection(folder) as collection, _tables(folder, anew=True) as tables:
        for name in (INDEX, f"{INDEX}.wal"):  # not before nobody else is writing the tables
            (folder / TABLES / name).unlink(missing_ok=True)
        into = _Derived(tables, collection)
        for article in _extracted(collection, tell, extracted):
            into.put(article)
        into.finish(compared)
        return Rebuilt(captures, tables.rows("articles"), tuple(problems))


def note_changed(collection: Path) -> None:
    """Note that its WARCs are about to change, until all tables are made again. Raises ``OSError``."""
    if (file := collection / TABLES / NOTES).exists():
        with closing(TableNotes(file)) as notes:
            notes.keep(*_CHANGED, "")
            notes.commit()


def is_changed(collection: Path) -> bool:
    """Whether that was noted; not where somebody writes the tables now."""
    if (file := collection / TABLES / NOTES).exists():
        with suppress(OSError), closing(TableNotes(file)) as notes:
            return bool(notes.kept(*_CHANGED))
    return False


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


def _left_out(archive: Collection, tables: TableFiles) -> Iterator[Article]:
    """The pages of a collection that are in no table, of those that were not looked at before."""
    (seen,) = tables.kept("ledger", "seen") or ("",)
    for capture in archive.pages_without(lambda record: tables.has("articles", record), seen):
        if article := readable(capture, logger.warning):
            yield _with_nearest_pictures(article, archive)


def _with_nearest_pictures(article: Article, archive: Archive) -> Article:
    """``article`` with the records of its pictures; of several captures of one the nearest in time."""
    if article.captured_at is None:
        return article
    at = datetime.fromisoformat(article.captured_at)
    found = {image.url: archive.find_record(image.url, at, Role.IMAGE) for image in article.images}
    return with_pictures(article, {url: record for url, record in found.items() if record})


class _Derived:
    """Tables and pages of a collection on the way to what the articles given make of them."""

    def __init__(self, tables: TableFiles, archive: Collection) -> None:
        self._tables = tables
        self._archive = archive
        if not tables.has(_PAGES, ""):
            tables.put(_PAGES, "", [HEADER])

    def put(self, article: Article) -> None:
        """Put an article, and what is made of it alone."""
        tables, part = self._tables, key_of(article)
        before = tables.read("articles", part)
        if before == line(article.to_dict()).encode("utf-8", "replace"):
            return
        rows: dict[str, list[Row]] = {name: [] for name in PAGE_TABLES}
        for name, row in rows_of(article):
            rows[name].append(row)
        for name, of_table in rows.items():
            tables.put(name, part, of_table)
        page = page_line(article, self._archive.index())
        tables.put(_PAGES, part, [page] if page else [])
        enter_capture(tables, part, article, Article.from_dict(json.loads(before)) if before else None)

    def finish(self, compared: Callable[[Article], None] | None = None) -> None:
        """Put what is made of many articles, and all of it in place."""
        tables = self._tables
        for seen in tables.kept("ledger", "seen"):
            tables.forget("ledger", "seen", seen)
        tables.keep("ledger", "seen", self._archive.index().mark())
        names = (*PAGE_TABLES, *STORY_TABLES, *HISTORY_TABLES, _PAGES)
        if next(tables.parts("articles", fresh=True), None) is None:
            changed = tables.commit(*names)
        else:
            tell_histories(tables)
            folder = tables.file("articles").parent
            with closing(Gallery(folder / PICTURES, self._archive)) as gallery, StoryIndex(folder / INDEX) as index:
                tell_stories(tables, index, partial(gallery.matches, pictures_of=self._pictures_of), compared)
                gallery.keep()  # before the tables count as made: what fails here is then begun anew
                changed = tables.commit(*names)
                index.tell()
        if changed:
            write_datapackage(self._archive.path)

    def _pictures_of(self, record: str) -> Sequence[Image]:
        row = self._tables.read("articles", record)
        return Article.from_dict(json.loads(row)).images if row else ()


def _tables(collection: Path, *, anew: bool = False) -> TableFiles:
    return TableFiles(collection / TABLES, {_PAGES: collection / PAGES}, anew=anew)
