"""Opening any archive there is: a collection, a WARC, a folder of them, a WACZ."""

from __future__ import annotations

import zipfile
from pathlib import Path

from crawler.archive.base import Archive
from crawler.archive.collection import Collection
from crawler.archive.errors import ReadError, explain_reading
from crawler.archive.layout import is_collection
from crawler.archive.reader import FileSource
from crawler.archive.window import ZippedSource

_SUFFIXES = (".warc", ".warc.gz")


def open_archive(path: Path | str) -> Archive:
    """The archive at ``path``. Files that a running crawl has not finished (``.open``) are left alone.

    Raises ``ReadError`` where there is none, ``CollectionError`` for a collection of another layout.
    """
    path = Path(path)
    try:
        if path.is_dir():
            return Collection(path) if is_collection(path) else _folder(path)
        with path.open("rb") as file:
            start = file.read(4)
        if start == b"PK\x03\x04":
            return _wacz(path)
    except OSError as error:
        raise explain_reading(error, path) from error
    if start[:2] == b"\x1f\x8b" or start == b"WARC" or path.name.endswith(_SUFFIXES):
        return Archive(path, [FileSource(path, path.name)])
    raise ReadError(f"{path} is no archive: a collection folder, .warc, .warc.gz or .wacz is needed", path)


def _folder(path: Path) -> Archive:
    files = sorted(file for file in path.rglob("*") if file.name.endswith(_SUFFIXES) and file.is_file())
    if not files:
        raise ReadError(f"{path} holds no finished .warc or .warc.gz", path)
    names = [file.name for file in files]
    unique = len(set(names)) == len(names)
    sources = [FileSource(file, file.name if unique else file.relative_to(path).as_posix()) for file in files]
    return Archive(path, sources)


def _wacz(path: Path) -> Archive:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(_SUFFIXES)]
    except zipfile.BadZipFile as error:
        raise ReadError(f"{path} is no whole WACZ: {error}", path) from error
    if not entries:
        raise ReadError(f"{path} is a zip without WARCs, no WACZ", path)
    return Archive(path, [ZippedSource(path, entry) for entry in entries])
