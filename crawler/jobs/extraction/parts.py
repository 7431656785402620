"""The table of articles as Parquet files, one for each WARC: parts that can be made anywhere, in any order.

A part is taken as a whole, so one that is made twice, since a worker died over it, is there once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from crawler.archive import ArchiveError, open_archive
from crawler.archive.store.staging import Staged
from crawler.export.delivery import Delivery, Numbered, Place, Target, deliver, delivery
from crawler.export.parquet import write_parquet
from crawler.export.schema import SCHEMA
from crawler.export.sources import COLLECTION
from crawler.jobs.captured_pages import SourceError, Tell
from crawler.jobs.extraction.spread import Spread
from crawler.jobs.sources import archives_in
from crawler.model import Article

_ARTICLES = SCHEMA["articles"]
_COLUMNS = (COLLECTION, *_ARTICLES.columns)
_FILES = Numbered("articles", ".parquet")


@dataclass(frozen=True, slots=True)
class Part:
    """A WARC to extract, and where the file with its articles goes."""

    archive: Path | str
    """Its path, the same for whoever extracts it, or its address."""
    warc: str
    target: Target


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of a part."""

    rows: int
    problems: tuple[str, ...]
    name: str
    """Of its file."""
    staged: Staged | None
    """The file, where it is in a store by now."""
    is_read: bool = True
    """False where nothing in the WARC could be read."""


def warcs_of(sources: Sequence[Path | str], tell: Tell) -> list[tuple[Path | str, str]]:
    """The archives among ``sources`` and in the folders among them, in their order, each with the name of each WARC.

    ``tell`` is called with a line for each that can't be read. Raises ``ArchiveError`` where none can be.
    """
    found: list[tuple[Path | str, str]] = []
    failed: list[ArchiveError] = []
    for source in sources:
        archives = list(archives_in(source))
        if not archives:
            tell(f"{source}: no collection, WARC or WACZ there")
        for path in archives:
            try:
                with open_archive(path) as archive:
                    for line in archive.left_out:
                        tell(line)
                    found.extend((_everywhere(path), name) for name in archive.sources)
            except ArchiveError as error:
                failed.append(error)
    if failed and not found:
        raise failed[0]
    for each in failed:
        tell(str(each))
    return found


def table_at(place: Place) -> Delivery:
    """The table at a folder or address on its way, to be entered: an older one stays as it was until it is committed.

    Where that fails or is interrupted before, also for workers that go on.
    """
    return delivery(place, "extract", _FILES.__contains__, _FILES)


def parts_of(warcs: Sequence[tuple[Path | str, str]], table: Delivery) -> list[Part]:
    """A part of the table for each WARC, in their order."""
    return [Part(archive, warc, table.target(_FILES.name(number))) for number, (archive, warc) in enumerate(warcs)]


def extract_part(part: Part, processes: int = 1) -> Extracted:
    """Extract one WARC into its file. Raises ``ArchiveError``, ``ExportError``, ``OSError``."""
    problems: list[str] = []
    is_read = True

    def write(file: Path) -> int:
        nonlocal is_read
        with open_archive(part.archive) as archive, Spread(row_of, processes) as spread:
            try:
                made = spread.archive(archive, part.archive, str(part.archive), problems.append, part.warc)
                named = ({COLLECTION.name: PurePosixPath(part.archive).name, **row} for row in made)
                return write_parquet(_COLUMNS, named, file)
            except SourceError as error:
                problems.append(str(error))
                is_read = False
                return write_parquet(_COLUMNS, iter(()), file)

    rows, staged = deliver(part.target, write)
    return Extracted(rows, tuple(problems), part.target.name, staged, is_read)


def extract_here(parts: Iterable[Part], processes: int) -> Iterator[Extracted]:
    """Extract parts one after the other on this machine, each on all its cores."""
    for part in parts:
        yield extract_part(part, processes)


def _everywhere(path: Path | str) -> Path | str:
    return path if isinstance(path, str) else path.absolute()


def row_of(article: Article) -> dict[str, Any]:
    """An article as a row of the table."""
    values = article.to_dict()
    return {column.name: values.get(column.name) for column in _ARTICLES.columns}
