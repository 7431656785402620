"""What a killed crawl left behind: makes a torn WARC whole records only, and enters what the ledger missed.

Nothing is thrown away: bytes that are no whole record, or belong to an exchange that was not written to its end, are
kept beside the file.
"""

from __future__ import annotations

import filecmp
import os
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.archive.errors import ArchiveError, LedgerDamaged
from crawler.archive.layout import LEDGER, OPEN, open_files, sync_folder, warc_files
from crawler.archive.ledger import Ledger
from crawler.archive.reader import Damage, read_records
from crawler.archive.row import Row
from crawler.archive.scan import scan
from crawler.archive.source import FileSource
from crawler.archive.tape import TapeError

TAIL = ".tail"
"""Suffix of what was cut off the end of a file."""
DAMAGED = ".damaged"
"""Suffix of a file that was damaged in its midst, kept as it was found."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A file that was left open."""

    file: Path
    """Under its final name; gone where nothing of it was whole."""
    captures: int
    cut: int
    """Bytes that are no whole record, kept in ``tail``."""
    tail: Path | None
    """What was cut off; where the damage is in the midst, the file as it was found."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Where the whole exchanges of a file lie."""

    spans: tuple[tuple[int, int], ...]
    """Offsets of their first byte and the one after their last; neighbours are one span."""
    size: int
    """Of the file, in bytes."""

    @property
    def lost(self) -> int:
        """Bytes in no span."""
        return self.size - sum(end - start for start, end in self.spans)

    @property
    def torn(self) -> bool:
        """Whether only the end is missing."""
        return len(self.spans) == 0 or (len(self.spans) == 1 and self.spans[0][0] == 0)


def open_ledger(path: Path, *, checked: bool = False) -> Ledger:
    """The ledger of the collection ``path``, or a fresh one beside which what SQLite cannot read is kept.

    With ``checked`` all of it is looked at, as after a kill or a power cut; else its beginning, so that a crawl begins
    at once. Failures that can be read are taken along, for nothing else has them.
    """
    file, broken = path / LEDGER, path / f"{LEDGER}.broken"
    cut_off = file.with_name(f"{LEDGER}-wal").exists()
    try:
        return Ledger(file, checked=checked or cut_off)
    except LedgerDamaged:
        file.replace(broken)
        for rest in ("-wal", "-shm", "-journal"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        sync_folder(path)
        fresh = Ledger(file)
        with suppress(ArchiveError, ValueError, TypeError), closing(Ledger(broken, writing=False)) as old:
            for failure in old.failures():
                fresh.fail(failure)
        fresh.commit()
        return fresh


def recover(path: Path, ledger: Ledger) -> list[Recovered]:
    """Finish every file that was left open in the collection ``path``, and enter finished ones the ledger lacks.

    May be cut off at any point and begun again. Raises ``OSError``.
    """
    entered = ledger.files()
    for file in not_entered(path, ledger):
        if file.name in entered:
            ledger.clear_file(file.name)  # compressed anew or mended by others
        _enter(file, file.name, ledger)
        ledger.enter_file(file.name, file.stat().st_size)
        ledger.commit()
    return finish_open(path, ledger)


def not_entered(path: Path, ledger: Ledger) -> list[Path]:
    """The finished WARCs of the collection ``path`` that are not those the ledger has entered. Raises ``OSError``."""
    entered = ledger.files()
    return [file for file in warc_files(path) if entered.get(file.name) not in (file.stat().st_size, -1)]


def finish_open(path: Path, ledger: Ledger) -> list[Recovered]:
    """Finish every file that was left open in the collection ``path``; as :func:`recover`."""
    return [_recover(file, ledger) for file in open_files(path)]


def whole_records(file: Path) -> Whole:
    """Go through a WARC and find what of it can be kept: whole records of exchanges that are there to their end."""
    spans: list[tuple[int, int]] = []
    group: tuple[int, int] | None = None
    seen: set[str] = set()
    wanted: set[str] = set()
    for record in read_records(FileSource(file, file.name), _known):
        with suppress(TapeError):
            start, end = record.offset, record.offset + record.finish()
            if group is not None and group[1] != start:
                group, wanted = None, set()  # what came before the damage misses its end
            group = (group[0] if group else start, end)
            seen.add(record.head.id)
            wanted = (wanted | set(record.head.concurrent_to)) - seen
            if not wanted:
                spans.append(group)
                group = None
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return Whole(tuple(joined), file.stat().st_size)


def cut_to_whole(file: Path, whole: Whole, final: Path) -> Path | None:
    """Leave in ``file`` what is whole; where what was cut is kept, beside ``final``, or None where nothing was.

    Raises ``OSError``; at every moment all bytes are in one file or another.
    """
    if not whole.lost:
        return None
    if whole.torn:
        end = whole.spans[0][1] if whole.spans else 0
        tail = keep_beside(file, end, whole.size, final, TAIL)
        with file.open("r+b") as torn:
            torn.truncate(end)
            os.fsync(torn.fileno())
        return tail
    damaged = keep_beside(file, 0, whole.size, final, DAMAGED)
    fresh = final.with_name(final.name + ".new")
    with file.open("rb") as old, fresh.open("wb") as out:
        for start, end in whole.spans:
            _copy(old, start, end, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
    return damaged


def _recover(file: Path, ledger: Ledger) -> Recovered:
    final = file.with_name(file.name.removesuffix(OPEN))
    whole = whole_records(file)
    if not whole.torn:
        ledger.clear_file(final.name)  # for good: who goes on after a power cut can't see that places changed
    tail = cut_to_whole(file, whole, final)
    captures = _enter(file, final.name, ledger) if whole.spans else 0
    if whole.spans:
        file.rename(final)
        ledger.enter_file(final.name, whole.size - whole.lost)
    else:
        file.unlink()
    sync_folder(file.parent)
    ledger.commit()
    return Recovered(final, captures, whole.lost, tail)


def _enter(file: Path, name: str, ledger: Ledger) -> int:
    found = scan(read_records(FileSource(file, name), _known), name, _known, measuring=True)
    return ledger.enter(measured(capture.row, ledger) for capture in found)


def measured(row: Row, ledger: Ledger) -> Row:
    """A capture that was measured; a revisit gets the length of the payload it refers to."""
    if row.type != "revisit" or row.status == 304:
        return row
    original = ledger.get(row.refers_to) if row.refers_to else None
    return row._replace(payload_length=original.payload_length if original else None)


def _known(damage: Damage) -> None:
    """That the file is torn is why it is here; other damage in it is told when it is read."""


def keep_beside(file: Path, start: int, end: int, final: Path, suffix: str) -> Path:
    """Copy bytes of ``file`` to a name beside ``final`` that no other bytes have."""
    fresh = final.with_name(f"{final.name}{suffix}.new")
    with file.open("rb") as old, fresh.open("wb") as kept:
        _copy(old, start, end, kept)
        kept.flush()
        os.fsync(kept.fileno())
    number = 1
    beside = final.with_name(final.name + suffix)
    while beside.exists() and not filecmp.cmp(beside, fresh, shallow=False):
        number += 1
        beside = final.with_name(f"{final.name}{suffix}{number}")
    fresh.replace(beside)
    sync_folder(file.parent)
    return beside


def _copy(old: BinaryIO, start: int, end: int, out: BinaryIO) -> None:
    old.seek(start)
    while start < end and (piece := old.read(min(1 << 20, end - start))):
        out.write(piece)
        start += len(piece)
