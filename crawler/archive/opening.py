"""Opening any archive there is: a collection, a WARC, a folder of them, a WACZ."""

from __future__ import annotations

from io import BufferedReader
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from crawler.archive.base import Archive
from crawler.archive.collection import Collection
from crawler.archive.errors import ReadError, explain_reading
from crawler.archive.frames import is_zstd
from crawler.archive.layout import WARC_SUFFIXES, is_collection
from crawler.archive.packed import PackedArchive
from crawler.archive.reader import FileSource
from crawler.archive.remote import RemoteBlocks, RemoteFile, is_remote


def open_archive(path: Path | str) -> Archive:
    """The archive at ``path``, or the WACZ at a web address, of which only what is asked for is fetched.

    Files that a running crawl has not finished (``.open``) are left alone. Raises ``ReadError`` where there is none,
    ``CollectionError`` for a collection of another layout.
    """
    if is_remote(path):
        return _remote(str(path))
    path = Path(path)
    try:
        if path.is_dir():
            return Collection(path) if is_collection(path) else _folder(path)
        with path.open("rb") as file:
            start = file.read(4)
        if start == b"PK\x03\x04":
            return PackedArchive(path, lambda: path.open("rb"))
    except OSError as error:
        raise explain_reading(error, path) from error
    if start[:2] == b"\x1f\x8b" or start == b"WARC" or is_zstd(start) or path.name.endswith(WARC_SUFFIXES):
        return Archive(path, [FileSource(path, path.name)])
    raise ReadError(f"{path} is no archive: a collection folder, .warc, .warc.gz, .warc.zst or .wacz is needed", path)


def _folder(path: Path) -> Archive:
    files = sorted(file for file in path.rglob("*") if file.name.endswith(WARC_SUFFIXES) and file.is_file())
    if not files:
        raise ReadError(f"{path} holds no finished .warc, .warc.gz or .warc.zst", path)
    names = [file.name for file in files]
    unique = len(set(names)) == len(names)
    sources = [FileSource(file, file.name if unique else file.relative_to(path).as_posix()) for file in files]
    return Archive(path, sources)


def _remote(url: str) -> Archive:
    name = Path(PurePosixPath(urlsplit(url).path).name or url)
    try:
        blocks = RemoteBlocks(url)
        return PackedArchive(name, lambda: BufferedReader(RemoteFile(blocks)))
    except OSError as error:
        raise ReadError(f"{url} can't be read: {error.strerror or error}", name) from error
