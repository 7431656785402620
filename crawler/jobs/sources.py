"""What ``wirecopy extract`` is pointed at: an archive, page, text dump, folder or stream, told apart by content."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from crawler.archive import Archive, ArchiveError, is_remote, open_archive
from crawler.archive.arc import arc_in_words
from crawler.archive.layout import is_collection
from crawler.archive.scratch import Scratch
from crawler.archive.store import collections_at, is_address
from crawler.extract import extract_article, extract_text_dump
from crawler.jobs.captured_pages import MAX_PAGE, SourceError, Tell, articles_of_archive, ignored
from crawler.jobs.kinds import Kind, kind_of, media_type
from crawler.model import Article
from crawler.model.presence import is_there

_WACZ = ".wacz"
_WARC_NAMES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
_ARCHIVE_NAMES = (*_WARC_NAMES, _WACZ)
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".txt")
_NAMES = (*_ARCHIVE_NAMES, *_PAGE_NAMES, *(f"{name}.gz" for name in _PAGE_NAMES))


@dataclass(frozen=True, slots=True)
class Context:
    """What the user knows of a page whose file doesn't say it."""

    url: str | None = None
    captured_at: datetime | None = None


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


def articles_of(path: Path | str, context: Context = Context(), tell: Tell = ignored) -> Iterator[Article]:
    """The articles of an archive, page, text dump, or folder of any of these; see :func:`read_source`."""
    return read_source(path, context, tell, InTurn())


def read_source(path: Path | str, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    """What ``reading`` makes of the articles of an archive, page, text dump, or folder of any of these.

    An archive may also be at an address.

    ``tell`` is called with a line for each part that was left out because it can't be read. Raises ``SourceError``
    where ``path`` is nothing that can be read, ``ArchiveError`` where an archive can't be.
    """
    if isinstance(path, str) and is_remote(path):
        for archive in archives_in(path):
            yield from _read_archive(archive, str(archive), tell, reading)
        return
    path = Path(path)
    if not is_there(path):
        raise SourceError(f"{path}: there is no such file or folder")
    try:
        if path.is_dir() and not is_archive(path):
            yield from _read_folder(path, context, tell, reading)
        elif path.is_dir():
            yield from _read_archive(path, str(path), tell, reading)
            for packed in _packed_in(path):
                try:
                    yield from _read_archive(packed, str(packed), tell, reading)
                except (SourceError, ArchiveError) as error:
                    tell(str(error))
        elif path.is_file():
            yield from _read_file(path, str(path), context, tell, reading)
        else:
            with path.open("rb") as pipe:
                yield from read_stream(pipe, context, tell, reading, name=str(path))
    except OSError as error:
        if isinstance(error, ArchiveError):
            raise
        raise SourceError(f"{path}: can't be read ({error.strerror})") from error


def read_stream(
    stream: BinaryIO, context: Context, tell: Tell, reading: Reading[Shown], *, name: str = "standard input"
) -> Iterator[Shown]:
    """What ``reading`` makes of the articles in a stream that holds a WARC, a WACZ, a page or a text dump.

    It is set down in a temporary file first: a pipe can be read once, and records are found by their offsets.
    """
    with Scratch() as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        yield from _read_file(path, name, context, tell, reading)


def _read_file(path: Path, name: str, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    with path.open("rb") as file:
        start = file.read(1 << 14)
    kind = kind_of(start)
    if kind is Kind.ARC:
        raise SourceError(arc_in_words(name, is_file=name == str(path)))
    if kind in (Kind.WARC, Kind.ZIP) or path.name.endswith(_ARCHIVE_NAMES):
        yield from _read_archive(path, name, tell, reading)
        return
    data = _gunzipped(path, name) if kind is Kind.GZIP else _beginning(path)
    kind = kind_of(data)
    if kind is Kind.HAR:
        raise SourceError(f"{name}: a HAR file; `wirecopy import` makes a collection of it")
    if kind not in (Kind.HTML, Kind.TEXT):
        found = media_type(data) or "binary data"
        raise SourceError(f"{name}: {found}, where a WARC, WACZ, HTML page or text was expected")
    yield reading.article(article_of_bytes(data, context))


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_PAGE)


def _gunzipped(path: Path, name: str) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(MAX_PAGE)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{name}: compressed, and damaged ({error})") from error


def _read_archive(path: Path | str, name: str, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    """Raises ``SourceError`` where damage leaves nothing to read."""
    with open_archive(path) as archive:
        for line in archive.left_out:
            tell(line)
        yield from reading.archive(archive, path, name, tell)


def article_of_bytes(data: bytes, context: Context) -> Article:
    """The article in a page or text dump, whichever ``data`` looks like."""
    if kind_of(data) is Kind.HTML:
        article = extract_article(data, url=context.url or "", captured_at=context.captured_at)
        return article if context.url else replace(article, url=None)
    return extract_text_dump(decoded(data), url=context.url, captured_at=context.captured_at)


def is_archive(path: Path) -> bool:
    """True for a folder that is a collection, or has WARC files in it."""
    return (path / "datapackage.json").exists() or any(
        name.name.endswith(_WARC_NAMES) for folder in (path, path / "archive") for name in _files(folder)
    )


def archives_in(path: Path | str) -> Iterator[Path | str]:
    """The archive that ``path`` is, or those in the folders below it, in the order of their names.

    Of a store, the collection at an address or those below it. Raises ``StoreError``.
    """
    if isinstance(path, str):
        is_file = not is_address(path) or path.endswith(_ARCHIVE_NAMES)
        yield from [path] if is_file else collections_at(path) or [path]
        return
    if not path.is_dir() or is_archive(path):
        yield path
        yield from _packed_in(path)
        return
    for below in sorted(path.iterdir()):
        if below.is_dir() or (below.name.endswith(_ARCHIVE_NAMES) and not _is_packed_form(below)):
            yield from archives_in(below)


def _packed_in(path: Path) -> list[Path]:
    """The WACZ in a folder of WARCs, which open together without these."""
    if is_collection(path):
        return []
    return sorted(file for file in path.rglob(f"*{_WACZ}") if file.is_file() and not _is_packed_form(file))


def _is_packed_form(file: Path) -> bool:
    """Whether it is what `wirecopy pack` made of a collection that lies beside it: all in it is there already."""
    return file.name.endswith(_WACZ) and is_collection(file.with_suffix(""))


def decoded(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _read_folder(folder: Path, context: Context, tell: Tell, reading: Reading[Shown]) -> Iterator[Shown]:
    paths = list(_sources_in(folder))
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


def _sources_in(folder: Path) -> Iterator[Path]:
    """The files below a folder, and the collections, of which a store may have what is not here."""
    for path in sorted(_files(folder)):
        if path.is_dir():
            if is_collection(path):
                yield path
            elif not path.is_symlink():
                with suppress(PermissionError):  # a file system's lost+found, for one
                    yield from _sources_in(path)
        elif path.name.endswith(_NAMES) and path.is_file() and not _is_packed_form(path):
            yield path


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):  # a run deletes what it kept long enough
        return []
