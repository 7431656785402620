"""Making damaged WARC files whole: every record that can be read stays, every other byte is kept beside the file.

A torn tail is cut off by the code that finishes the files of killed crawls (:mod:`crawler.archive.recovery`). Damage in
the midst is set aside: records behind it are found again, and the file as it was found stays beside the new one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from crawler.archive.arc import START, arc_refused, is_arc
from crawler.archive.errors import ReadError, explain
from crawler.archive.frames import is_zstd
from crawler.archive.layout import OPEN, files_below, sync_folder
from crawler.archive.reader import Damage
from crawler.archive.recovery import DAMAGED, Whole, cut_to_whole, keep_beside
from crawler.archive.verify.codes import Severity
from crawler.archive.verify.finding import Finding, Teller
from crawler.archive.verify.records import StrictRecord, read_strictly
from crawler.archive.verify.stream import Fault
from crawler.archive.warc import END
from crawler.archive.writer import gzip_pieces
from crawler.model.presence import is_there

SUFFIXES = (".warc", ".warc.gz")
_STRUCTURE = (
    *("gzip-", "record-", "block-short", "block-length", "block-unbounded"),
    *("head-incomplete", "head-long", "head-line", "version-syntax"),
)
"""How the codes begin of what is wrong with how a file is put together."""
_VERSION = re.compile(rb"WARC/\d+\.\d+\r?", re.IGNORECASE)
_ONCE = (b"warc-type", b"warc-record-id", b"warc-date", b"content-length")
"""Fields that every record has, once."""
_BARE_LF = re.compile(rb"(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file that had to be repaired."""

    file: Path
    records: int
    """How many could be read and were kept."""
    lost: int | None
    """Bytes that belong to no record that can be read; None where records shared a damaged gzip member with them."""
    kept: Path | None
    """What was cut off, or the file as it was found; None in a dry run, or where nothing could be done."""
    damage: tuple[Damage, ...]
    """What was wrong, and where."""

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "file": str(self.file),
            "records": self.records,
            "lost_bytes": self.lost,
            "kept_in": str(self.kept) if self.kept else None,
            "damage": [{"offset": damage.offset, "message": damage.message} for damage in self.damage],
        }


@dataclass(slots=True)
class _Plan:
    """What a file holds that can be kept."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    """Where the records lie that can be copied as they are."""
    records: int = 0
    rewrite: bool = False
    """Whether a record has to be written anew: its end is wrong, or its gzip member is not its own."""
    damage: list[Damage] = field(default_factory=list)


def warcs_at(path: Path) -> list[Path]:
    """The WARC files that ``path`` is or holds, in order. Raises ``ReadError`` where there is none."""
    if path.is_dir():
        below = files_below(path)
        files = [file for file in below if file.name.endswith(SUFFIXES)]
        if not files and not any(file.name.endswith(OPEN) for file in below):
            raise ReadError(f"{path} holds no .warc or .warc.gz", path)
        return files
    if not is_there(path):
        raise ReadError(f"{path} does not exist", path)
    if not path.is_file():
        raise ReadError(f"{path} is neither a file nor a folder", path)
    if path.suffix == ".wacz":
        raise ReadError(f"{path} is a WACZ: unzip it into a folder, repair that, and pack it again", path)
    with path.open("rb") as file:
        start = file.read(START)
    if is_arc(start):
        raise arc_refused(path)
    if is_zstd(start):
        raise ReadError(
            f"{path} is compressed with Zstandard, which repair does not write: "
            "`wirecopy import` takes every record of it that can be read into a collection",
            path,
        )
    return [path]


def repair_warc(
    file: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
    changing: Callable[[Path], None] | None = None,
) -> Repaired | None:
    """Make ``file`` valid again; None where nothing is wrong with how it is put together.

    Doing it again does nothing. At every moment all bytes are in one file or another, so it may be cut off at any
    point. A file of which no record can be read is left as it is. ``changing`` is told the file before its bytes are
    others. Raises ``ArchiveError``.
    """
    try:
        plan = _plan(file, progress or _nobody)
        size = file.stat().st_size
        final = file.with_name(file.name.removesuffix(OPEN))
        if not size:
            plan.damage.append(Damage(file.name, 0, "file-empty: the file is empty"))
        if not plan.damage and file == final:
            return None
        whole = Whole(tuple(plan.spans), size)
        lost = None if plan.rewrite else whole.lost
        kept = None
        if plan.records and not dry_run:
            if changing:
                changing(final)
            kept = _rewrite(file, final) if plan.rewrite else cut_to_whole(file, whole, final)
            if file != final:
                file.rename(final)
                sync_folder(final.parent)
        done = bool(plan.records) and not dry_run
        return Repaired(final if done else file, plan.records, lost, kept, tuple(plan.damage))
    except OSError as error:
        raise explain(error, "repair", file) from error


def _plan(file: Path, progress: Callable[[int], None]) -> _Plan:
    plan = _Plan()

    def note(finding: Finding) -> None:
        grave = finding.severity is Severity.ERROR or finding.code == "gzip-record-split"
        if grave and finding.code.startswith(_STRUCTURE) and finding.code != "record-id-duplicate":
            plan.damage.append(Damage(file.name, finding.offset or 0, f"{finding.code}: {finding.message}"))

    at = 0
    with file.open("rb") as source:
        for record in read_strictly(source, Teller(file.name, note)):
            with suppress(Fault):  # the reader meets the same fault, and tells it
                record.finish()
                if _run_together(record.raw_head):
                    words = "field-duplicate: the heads of two records have run together"
                    plan.damage.append(Damage(file.name, record.offset, words))
                if not _is_head(record.raw_head):
                    continue
                plan.records += 1
                if _as_it_lies(record):
                    _join(plan.spans, record.offset, record.offset + (record.length or 0))
                else:
                    plan.rewrite = True
            progress(record.offset - at)
            at = record.offset
    progress(file.stat().st_size - at)
    return plan


def _is_head(raw: bytes) -> bool:
    """Whether other tools take ``raw`` for a head: a version and named fields."""
    version, *lines = raw.split(b"\n")
    named = all(b":" in line or not line.strip() for line in lines)
    begun = not any(line.startswith((b" ", b"\t")) for line in lines[:1])  # what is continued was never begun
    return bool(_VERSION.fullmatch(version)) and named and begun and not _run_together(raw)


def _run_together(raw: bytes) -> bool:
    """Whether what stood between two records is gone, so that one head goes on in the other."""
    return any(raw.lower().count(b"\n%b:" % name) > 1 for name in _ONCE)


def _as_it_lies(record: StrictRecord) -> bool:
    """Whether the bytes of a record in its file are all it needs."""
    return record.length is not None and record.ended and not _BARE_LF.search(record.raw_head)


def _join(spans: list[tuple[int, int]], start: int, end: int) -> None:
    if spans and spans[-1][1] == start:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _rewrite(file: Path, final: Path) -> Path:
    """Write every record that can be read to a fresh file, those that share a gzip member each to one of its own."""
    kept = keep_beside(file, 0, file.stat().st_size, final, DAMAGED)
    fresh = final.with_name(final.name + ".new")
    with file.open("rb") as source, file.open("rb") as again, fresh.open("wb") as out:
        for record in read_strictly(source, Teller(file.name, _unheard)):
            begin = out.tell()
            if not _is_head(record.raw_head):
                continue
            try:
                pieces = chain((_BARE_LF.sub(b"\r\n", record.raw_head),), record.pieces(), (END,))
                for piece in gzip_pieces(pieces) if record.compressed else pieces:
                    out.write(piece)
                record.finish()
            except Fault:
                out.seek(begin)
                out.truncate()
                continue
            if _as_it_lies(record):  # its very bytes rather than ours
                out.seek(begin)
                out.truncate()
                again.seek(record.offset)
                out.writelines(_pieces(again, record.length or 0))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
    return kept


def _pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (piece := source.read(min(size, 1 << 20))):
        size -= len(piece)
        yield piece


def _unheard(_: Finding) -> None:
    """Damage was told when the repair was planned."""


def _nobody(_: int) -> None:
    """Told of progress, does nothing."""
