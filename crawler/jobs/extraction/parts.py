"""The table of articles as a folder of Parquet files, one for each WARC: parts that can be made anywhere, in any order.

A part is replaced as a whole, so one that is made twice, since a worker died over it, is there once.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from crawler.archive import ArchiveError, open_archive
from crawler.export.parquet import SCRATCH, write_parquet
from crawler.export.schema import SCHEMA
from crawler.export.sources import COLLECTION
from crawler.jobs.captured_pages import SourceError, Tell
from crawler.jobs.extraction.spread import Spread
from crawler.jobs.sources import archives_in
from crawler.model import Article

_ARTICLES = SCHEMA["articles"]
_COLUMNS = (COLLECTION, *_ARTICLES.columns)
_PART = re.compile(r"articles-\d{6,}\.parquet")


@dataclass(frozen=True, slots=True)
class Part:
    """A WARC to extract, and the file its articles go to."""

    archive: Path | str
    """Its path, the same for whoever extracts it, or its address."""
    warc: str
    file: Path


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of a part."""

    part: Part
    rows: int
    problems: tuple[str, ...]


def parts_of(sources: Sequence[Path | str], folder: Path, tell: Tell) -> list[Part]:
    """A part for each WARC of the archives among ``sources`` and in the folders among them, in their order.

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
                    found.extend((_everywhere(path), name) for name in archive.sources)
            except ArchiveError as error:
                failed.append(error)
    if failed and not found:
        raise failed[0]
    for each in failed:
        tell(str(each))
    return [
        Part(path, name, folder.absolute() / f"articles-{number:06}.parquet")
        for number, (path, name) in enumerate(found)
    ]


def extract_part(part: Part, processes: int = 1) -> Extracted:
    """Extract one WARC into its file. Raises ``ArchiveError``, ``ExportError``, ``OSError``."""
    problems: list[str] = []
    rows = 0
    with open_archive(part.archive) as archive, Spread(row_of, processes) as spread:
        try:
            made = spread.archive(archive, part.archive, str(part.archive), problems.append, part.warc)
            named = ({COLLECTION.name: PurePosixPath(part.archive).name, **row} for row in made)
            rows = write_parquet(_COLUMNS, named, part.file)
        except SourceError as error:
            problems.append(str(error))
            rows = write_parquet(_COLUMNS, iter(()), part.file)
    return Extracted(part, rows, tuple(problems))


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


@contextmanager
def replacing(folder: Path, parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The same parts with files beside the table, which take its place once all are made.

    Where that fails or is interrupted, the table stays as it was, also for workers that go on. Raises ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{SCRATCH}*"):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=SCRATCH, dir=folder.absolute(), ignore_cleanup_errors=True) as scratch:
        fresh = [replace(part, file=Path(scratch) / part.file.name) for part in parts]
        yield fresh
        for part, made in zip(parts, fresh, strict=True):
            made.file.replace(part.file)
    mine = {part.file.name for part in parts}
    for file in folder.iterdir():
        if _PART.fullmatch(file.name) and file.name not in mine:
            file.unlink()
