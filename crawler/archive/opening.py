"""Opening any archive there is: a collection, a WARC, a folder of them, a WACZ."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from crawler.archive.arc import START, arc_in_words, arc_refused, is_arc
from crawler.archive.arc import SUFFIXES as ARC_SUFFIXES
from crawler.archive.base import Archive
from crawler.archive.collection import Collection
from crawler.archive.errors import ReadError, explain_reading
from crawler.archive.frames import is_lz4, is_zstd
from crawler.archive.layout import WARC_SUFFIXES, files_below, is_collection
from crawler.archive.packed import PackedArchive
from crawler.archive.ranges import BlockCache, Blocks, RangeFile
from crawler.archive.remote import WebRanges, is_web
from crawler.archive.source import FileSource
from crawler.archive.store.address import is_address, name_of
from crawler.archive.store.mirror import mirror
from crawler.archive.store.sources import open_object
from crawler.model.address import without_password


def is_remote(place: object) -> bool:
    """True for what is read by ranges: an address on the web or of a store."""
    return is_web(place) or is_address(place)


def open_archive(path: Path | str) -> Archive:
    """The archive at ``path``, the WACZ at a web address, or the collection, WARC or WACZ at the address of a store.

    Of what is elsewhere, only what is asked for is fetched.

    Files that a running crawl has not finished (``.open``) are left alone. Raises ``ReadError`` where there is none,
    ``CollectionError`` for a collection of another layout.
    """
    if is_web(path):
        return _on_the_web(str(path))
    if is_address(path):
        return _in_a_store(str(path))
    path = Path(path)
    try:
        if path.is_dir():
            return Collection(path) if is_collection(path) else _folder(path)
        with path.open("rb") as file:
            start = file.read(START)
        if start.startswith(b"PK\x03\x04"):
            return PackedArchive(path, lambda: path.open("rb"))
    except OSError as error:
        raise explain_reading(error, path) from error
    if is_arc(start):
        raise arc_refused(path)
    if start[:2] == b"\x1f\x8b" or start.startswith(b"WARC") or is_zstd(start) or path.name.endswith(WARC_SUFFIXES):
        return Archive(path, [FileSource(path, path.name)])
    if is_lz4(start):
        raise ReadError(
            f"{path} is compressed with LZ4, which no standard knows for WARCs: `fastwarc recompress {path} "
            f"{path.name.removesuffix('.lz4')}.gz` makes a file of it that every tool reads",
            path,
        )
    raise ReadError(f"{path} is no archive: a collection folder, .warc, .warc.gz, .warc.zst or .wacz is needed", path)


def _folder(path: Path) -> Archive:
    next(path.iterdir(), None)  # raises where the folder itself is shut
    shut: list[OSError] = []
    known = (*WARC_SUFFIXES, *ARC_SUFFIXES)
    found = [file for file in files_below(path, shut.append) if file.name.endswith(known)]
    files = [file for file in found if file.name.endswith(WARC_SUFFIXES)]
    arcs = [file for file in found if file.name.endswith(ARC_SUFFIXES)]
    if not found and shut:
        raise shut[0]
    if not found:
        raise ReadError(f"{path} holds no finished .warc, .warc.gz or .warc.zst", path)
    if not files:
        raise arc_refused(arcs[0])
    names = [file.name for file in files]
    unique = len(set(names)) == len(names)
    sources = [FileSource(file, file.name if unique else file.relative_to(path).as_posix()) for file in files]
    archive = Archive(path, sources)
    archive.left_out += map(arc_in_words, arcs)
    archive.left_out += [
        f"{error.filename}: left out, since it can't be looked into ({error.strerror})" for error in shut
    ]
    return archive


def _on_the_web(url: str) -> Archive:
    name = Path(PurePosixPath(urlsplit(url).path).name or url)
    try:
        blocks = Blocks(WebRanges(url), BlockCache())
        blocks.block(0)
        return PackedArchive(name, lambda: BufferedReader(RangeFile(blocks)))
    except OSError as error:
        place = without_password(url).partition("?")[0]  # behind which a key stands where an address is signed
        raise ReadError(f"{place} can't be read: {error.strerror or error}", name) from error


def _in_a_store(address: str) -> Archive:
    if not address.endswith((*WARC_SUFFIXES, ".wacz")):
        return Collection(mirror(address))
    blocks, name = open_object(address), Path(name_of(address))
    start = blocks.block(0)[:4]
    if start == b"PK\x03\x04":
        return PackedArchive(name, lambda: BufferedReader(RangeFile(blocks)))
    return Archive(name, [_Whole(name.name, blocks)])


@dataclass(frozen=True, slots=True)
class _Whole:
    """A WARC that is a file of its own in a store."""

    name: str
    blocks: Blocks

    def open(self) -> BinaryIO:
        """Its bytes."""
        return BufferedReader(RangeFile(self.blocks))
