"""What ``wirecopy extract`` is pointed at: an archive, page, text dump, folder or stream, told apart by content."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol, TypeVar

from crawler.archive import Archive, ArchiveError, Damage, is_remote, open_archive
from crawler.archive.row import Row
from crawler.extract import extract_article, extract_text_dump
from crawler.jobs.kinds import Kind, kind_of, media_type
from crawler.model import Article, Capture
from crawler.spiders.reading import read_page

Tell = Callable[[str], None]
"""Called with a line about something that was left out."""

_ARCHIVE_NAMES = (".warc", ".warc.gz", ".warc.zst", ".wacz", ".arc", ".arc.gz")
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".txt")
_NAMES = (*_ARCHIVE_NAMES, *_PAGE_NAMES, *(f"{name}.gz" for name in _PAGE_NAMES))
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_PAGE = 32 << 20
"""Bytes of a page that are read; a longer one is not a page anyone reads."""


class SourceError(Exception):
    """A source that can't be read; the message names it and says what was expected."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the user knows of a page whose file doesn't say it."""

    url: str | None = None
    captured_at: datetime | None = None


def _ignored(_: str) -> None:
    """Told something, does nothing."""


Shown = TypeVar("Shown", covariant=True)


class Reading(Protocol[Shown]):
    """How articles are made of what is found, and what becomes of them."""

    def archive(self, archive: Archive, where: Path | str, name: str, tell: Tell) -> Iterator[Shown]:
        """Of every page in an archive, opened from ``where``, in the order of capture; see `articles_of_archive`."""
        ...

    def article(self, article: Article) -> Shown:
        """Of a page or text dump that lies by itself."""
        ...


class InTurn:
    """The articles themselves, made one after the other by this process."""

    def archive(self, archive: Archive, where: Path | str, name: str, tell: Tell) -> Iterator[Article]:
        """The archive's articles."""
        return articles_of_archive(archive, tell, name)

    def article(self, article: Article) -> Article:
        """As it is."""
        return article


def articles_of(path: Path | str, context: Context = Context(), tell: Tell = _ignored) -> Iterator[Article]:
    """The articles of an archive, page, text dump, or folder of any of these; see :func:`read_source`."""
    return read_source(path, context, tell, InTurn())


def read_source(path: Path | str, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    """What ``reading`` makes of the articles of an archive, page, text dump, or folder of any of these.

    An archive may also be at an address.

    ``tell`` is called with a line for each part that was left out because it can't be read. Raises ``SourceError``
    where ``path`` is nothing that can be read, ``ArchiveError`` where an archive can't be.
    """
    if is_remote(path):
        yield from _read_archive(path, str(path), tell, reading)
        return
    path = Path(path)
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder")
    try:
        if path.is_dir() and not is_archive(path):
            yield from _read_folder(path, context, tell, reading)
        elif path.is_dir():
            yield from _read_archive(path, str(path), tell, reading)
        else:
            yield from _read_file(path, str(path), context, tell, reading)
    except OSError as error:
        if isinstance(error, ArchiveError):
            raise
        raise SourceError(f"{path}: can't be read ({error.strerror})") from error


def articles_of_stream(stream: BinaryIO, context: Context = Context(), tell: Tell = _ignored) -> Iterator[Article]:
    """The articles in a stream that holds a WARC, a WACZ, a page or a text dump; see :func:`read_stream`."""
    return read_stream(stream, context, tell, InTurn())


def read_stream(stream: BinaryIO, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    """What ``reading`` makes of the articles in a stream that holds a WARC, a WACZ, a page or a text dump.

    An archive is set down in a temporary file first, since its records are found by their offsets.
    """
    with TemporaryDirectory(prefix="wirecopy-") as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        yield from _read_file(path, "standard input", context, tell, reading)


def _read_file(path: Path, name: str, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    with path.open("rb") as file:
        start = file.read(1 << 14)
    kind = kind_of(start)
    if kind is Kind.ARC:
        raise SourceError(f"{name}: an ARC file, the format before WARC; convert it first (warcio recompress)")
    if kind in (Kind.WARC, Kind.ZIP) or path.name.endswith(_ARCHIVE_NAMES):
        yield from _read_archive(path, name, tell, reading)
        return
    data = _gunzipped(path, name) if kind is Kind.GZIP else path.read_bytes()
    if kind_of(data[: 1 << 14]) not in (Kind.HTML, Kind.TEXT):
        found = media_type(data) or "binary data"
        raise SourceError(f"{name}: {found}, where a WARC, WACZ, HTML page or text was expected")
    yield reading.article(article_of_bytes(data, context))


def _gunzipped(path: Path, name: str) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(MAX_PAGE)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{name}: compressed, and damaged ({error})") from error


def _read_archive(path: Path | str, name: str, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    """Raises ``SourceError`` where damage leaves nothing to read."""
    with open_archive(path) as archive:
        for file in archive.unfinished:
            tell(f"{file}: left out, since a crawl is writing it, or was killed; then `wirecopy index` finishes it")
        yield from reading.archive(archive, path, name, tell)


def article_of_bytes(data: bytes, context: Context) -> Article:
    """The article in a page or text dump, whichever ``data`` looks like."""
    if kind_of(data[: 1 << 14]) is Kind.HTML:
        article = extract_article(data, url=context.url or "", captured_at=context.captured_at)
        return article if context.url else replace(article, url=None)
    return extract_text_dump(decoded(data), url=context.url, captured_at=context.captured_at)


def articles_of_archive(archive: Archive, tell: Tell = _ignored, name: str | None = None) -> Iterator[Article]:
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
            yield in_words(damage)
        told = len(archive.damage)
    if not read and not archive.damage and archive.sources and warc is None:
        yield f"{name or archive.path}: there is no capture in it; what was made of pages (WET, WAT) is not extracted"
    if archive.damage and not read:
        raise SourceError(f"{name or archive.path}: nothing in it can be read ({in_words(archive.damage[0])})")
    for damage in archive.damage[told:]:
        yield in_words(damage)


def readable(capture: Capture, tell: Tell) -> Article | None:
    """The article of one captured page; None, and a line to ``tell``, where it can't be had."""
    try:
        return article_of_capture(capture)
    except ArchiveError as error:
        tell(str(error))
    except Exception as error:  # noqa: BLE001 - a page we fail to read must not cost all the others
        tell(f"{capture.url}: {type(error).__name__}: {error}; a fault of wirecopy's own, please report it")
    return None


def in_words(damage: Damage) -> str:
    """Damage as a line: the file, where in it, and what is wrong."""
    return f"{damage.warc} at {damage.offset}: {damage.message}"


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
    )


def is_page(capture: Capture) -> bool:
    """True for what a reader would open: by the purpose noted at capture time, else by status and type."""
    if capture.purpose is not None:
        return capture.purpose.role.is_page and (capture.status in (None, 304) or not 300 <= capture.status < 400)
    return capture.status in (None, 200) and capture.mime in _PAGE_TYPES


def is_archive(path: Path) -> bool:
    """True for a folder that is a collection, or has WARC files in it."""
    return (path / "datapackage.json").exists() or any(
        name.name.endswith(_ARCHIVE_NAMES) for folder in (path, path / "archive") for name in _files(folder)
    )


def archives_in(path: Path | str) -> Iterator[Path | str]:
    """The archive that ``path`` is, or those in the folders below it, in the order of their names."""
    if isinstance(path, str) or not path.is_dir() or is_archive(path):
        yield path
        return
    for below in sorted(path.iterdir()):
        if below.is_dir() or below.name.endswith(_ARCHIVE_NAMES):
            yield from archives_in(below)


def decoded(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _read_folder(folder: Path, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    paths = [path for path in sorted(folder.rglob("*")) if path.name.endswith(_NAMES) and path.is_file()]
    if not paths:
        raise SourceError(f"{folder}: no collection, WARC, WACZ, HTML or text file in this folder")
    unreadable = 0
    for path in paths:
        try:
            yield from read_source(path, context, tell, reading)
        except (SourceError, ArchiveError) as error:
            unreadable += 1
            tell(str(error))
    if unreadable == len(paths):
        raise SourceError(f"{folder}: none of the files in this folder can be read")


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.iterdir()
