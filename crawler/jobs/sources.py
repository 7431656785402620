"""What ``wirecopy extract`` is pointed at: an archive, page, text dump, folder or stream, told apart by content."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from crawler.archive import Archive, open_archive
from crawler.extract import extract_article, extract_text_dump
from crawler.model import Article, Capture
from crawler.spiders.reading import read_page

_ARCHIVE_NAMES = (".warc", ".warc.gz", ".wacz", ".arc.gz")
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".txt")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p)\b", re.I)
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_MAGIC = {b"WARC/": ".warc", b"\x1f\x8b": ".warc.gz", b"PK\x03\x04": ".wacz"}
MAX_PAGE = 32 << 20
"""Bytes of a page that are read; a longer one is not a page anyone reads."""


class SourceError(Exception):
    """A source that can't be read; the message names it and says what was expected."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the user knows of a page whose file doesn't say it."""

    url: str | None = None
    captured_at: datetime | None = None


def articles_of(path: Path, context: Context = Context()) -> Iterator[Article]:
    """The articles of an archive, page, text dump, or folder of any of these.

    Raises ``SourceError`` where ``path`` is nothing that can be read, ``ArchiveError`` where an archive can't be.
    """
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder")
    if is_archive(path):
        yield from articles_of_archive(open_archive(path))
    elif path.is_dir():
        yield from _articles_of_folder(path, context)
    else:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise SourceError(f"{path}: can't be read ({error.strerror})") from error
        yield article_of_bytes(data, context)


def articles_of_stream(stream: BinaryIO, context: Context = Context()) -> Iterator[Article]:
    """The articles in a stream that holds a WARC, a WACZ, a page or a text dump.

    An archive is set down in a temporary file first, since its records are found by their offsets.
    """
    start = stream.read(4096)
    suffix = next((name for magic, name in _MAGIC.items() if start.startswith(magic)), None)
    if suffix is None:
        yield article_of_bytes(start + stream.read(), context)
        return
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(start)
        shutil.copyfileobj(stream, file)
        file.flush()
        yield from articles_of_archive(open_archive(Path(file.name)))


def article_of_bytes(data: bytes, context: Context) -> Article:
    """The article in a page or text dump, whichever ``data`` looks like."""
    if looks_like_html(data):
        article = extract_article(data, url=context.url or "", captured_at=context.captured_at)
        return article if context.url else replace(article, url=None)
    return extract_text_dump(decoded(data), url=context.url, captured_at=context.captured_at)


def articles_of_archive(archive: Archive) -> Iterator[Article]:
    """The article of every page in an archive, in the order of capture."""
    for capture in archive.captures():
        if is_page(capture):
            yield article_of_capture(capture)


def article_of_capture(capture: Capture) -> Article:
    """The article of one captured page, tied to its record."""
    return read_page(
        capture.body(MAX_PAGE),
        url=capture.url,
        captured_at=capture.captured_at,
        headers=dict(capture.headers),
        outcome=capture.outcome,
        record=capture.record,
    )


def is_page(capture: Capture) -> bool:
    """True for what a reader would open: by the purpose noted at capture time, else by status and type."""
    if capture.purpose is not None:
        return capture.purpose.role.is_page and (capture.status is None or not 300 <= capture.status < 400)
    return capture.status in (None, 200) and capture.mime in _PAGE_TYPES


def is_archive(path: Path) -> bool:
    """True for a collection, a WARC or WACZ file, or a folder with WARC files in it."""
    if path.is_dir():
        return (path / "datapackage.json").exists() or any(
            name.name.endswith(_ARCHIVE_NAMES) for folder in (path, path / "archive") for name in _files(folder)
        )
    if path.name.endswith(_ARCHIVE_NAMES):
        return True
    with path.open("rb") as start:
        return start.read(5) == b"WARC/"


def looks_like_html(data: bytes) -> bool:
    """True for markup, false for plain text."""
    return bool(_HTML.search(data[:4096].replace(b"\0", b"")))


def decoded(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _articles_of_folder(folder: Path, context: Context) -> Iterator[Article]:
    found = False
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name.endswith(_PAGE_NAMES + _ARCHIVE_NAMES):
            found = True
            yield from articles_of(path, context)
    if not found:
        raise SourceError(f"{folder}: no collection, WARC, WACZ, HTML or text file in this folder")


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.iterdir()
