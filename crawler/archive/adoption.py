"""Taking a WARC that another program wrote into a collection, its records unchanged."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.digest import digest_pieces, pieces_of
from crawler.archive.errors import explain
from crawler.archive.layout import WARCS, sync_folder
from crawler.archive.reader import Damage, read_records
from crawler.archive.record import Record
from crawler.archive.source import FileSource, Source
from crawler.archive.store.sources import stored_names
from crawler.archive.tape import TapeError
from crawler.archive.warc import END
from crawler.archive.writer import gzip_pieces

PART = ".part"
"""Suffix of a file that is still being copied; what a killed import left is written over by the next."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A WARC that became part of a collection."""

    file: str | None
    """Its name there; None where no record can be read, and nothing was taken over."""
    records: int
    whole: bool
    """True where the file was taken byte for byte; else each record was, in a gzip member of its own."""
    bytes: int
    digest: str
    """Of the file as it was, ``sha256:<hex>``."""


def digest_of(source: Source) -> tuple[str, int]:
    """The digest of a WARC's bytes and how many these are. Raises ``OSError``."""
    with source.open() as file:
        return digest_pieces(pieces_of(file))


def adopt(
    collection: Path,
    source: Source,
    *,
    damage: Callable[[Damage], None],
    progress: Callable[[int], None] | None = None,
) -> Adopted:
    """Put the records of ``source`` into a collection that the caller has locked; index it afterwards.

    A file of one gzip member a record is taken byte for byte; of any other each record is, head and block unchanged, in
    a member of its own. What is damaged is told to ``damage`` and left out. ``progress`` is told how many more bytes
    were read. Raises ``ArchiveError`` where the collection can't be written, ``OSError`` where the source can't be
    read.
    """
    digest, size = digest_of(source)
    found: list[Damage] = []
    readable, apart = _looked_through(source, found.append)
    records = sum(readable)
    whole = apart and not found and records > 0
    for each in found:
        damage(each)
    if not records:
        return Adopted(None, 0, False, size, digest)
    target = _free(collection / WARCS, source.name, digest)
    part = target.with_name(target.name + PART)
    try:
        with part.open("wb") as out:
            for piece in _bytes(source) if whole else _members(source, readable):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise explain(error, "write", target) from error
    if progress:
        progress(size)
    return Adopted(target.name, records, whole, size, digest)


def _looked_through(source: Source, damage: Callable[[Damage], None]) -> tuple[list[bool], bool]:
    """Which records can be read to their end, and whether each is a gzip member of its own."""
    readable: list[bool] = []
    apart = True
    for record in read_records(source, damage):
        readable.append(False)
        try:
            record.finish()
        except TapeError:
            continue  # the reader meets the same damage, and tells it
        readable[-1] = True
        apart = apart and record.compression == "gzip" and not record.shared
    return readable, apart


def _bytes(source: Source) -> Iterator[bytes]:
    with source.open() as file:
        yield from pieces_of(file)


def _members(source: Source, readable: Iterable[bool]) -> Iterator[bytes]:
    """Each of the readable records as a gzip member."""
    for record, whole in zip(read_records(source, lambda _: None), readable, strict=False):
        if whole:
            yield from gzip_pieces(_record(record))


def _record(record: Record) -> Iterator[bytes]:
    yield record.head.raw
    yield from record.pieces()
    yield END


def _free(folder: Path, name: str, digest: str) -> Path:
    """A path for a WARC of this name; where another has it, with the beginning of its digest."""
    stem = re.sub(r"\.warc(\.gz|\.zst)?$", "", Path(name).name, flags=re.IGNORECASE)
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", stem).lstrip("._-")[:150] or "imported"
    target = folder / f"{plain}.warc.gz"
    if target.name not in stored_names(folder.parent) and (
        not target.exists() or digest_of(FileSource(target, target.name))[0] == digest
    ):
        return target
    return folder / f"{plain}-{digest.removeprefix('sha256:')[:12]}.warc.gz"
