"""What a killed crawl left behind: cuts a torn WARC to its last whole record, and enters what the ledger missed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive.layout import OPEN, open_files, sync_folder, warc_files
from crawler.archive.ledger import Ledger
from crawler.archive.reader import Damage, FileSource, Record, read_records
from crawler.archive.row import Row
from crawler.archive.scan import scan
from crawler.archive.tape import TapeError


@dataclass(frozen=True, slots=True)
class Recovered:
    """A file that was left open."""

    file: Path
    """Under its final name; gone where nothing of it was whole."""
    captures: int
    cut: int
    """Bytes cut off, kept in ``tail``."""
    tail: Path | None


def recover(path: Path, ledger: Ledger) -> list[Recovered]:
    """Finish every file that was left open in the collection ``path``, and fill a ledger that was lost.

    Raises ``OSError``.
    """
    if ledger.count() == 0:
        for file in warc_files(path):
            for found in scan(read_records(FileSource(file, file.name), _known), file.name, _known, measuring=True):
                ledger.add(measured(found.row, ledger))
        ledger.commit()
    return [_recover(file, ledger) for file in open_files(path)]


def _recover(file: Path, ledger: Ledger) -> Recovered:
    final = file.with_name(file.name.removesuffix(OPEN))
    whole = _Whole()
    records = whole.passing(read_records(FileSource(file, final.name), _known))
    captures = 0
    for found in scan(records, final.name, _known, measuring=True):
        ledger.add(measured(found.row, ledger))
        captures += 1
    size = file.stat().st_size
    tail = None
    if whole.end < size:
        tail = final.with_name(final.name + ".tail")
        _cut(file, whole.end, tail)
    if whole.end:
        file.rename(final)
    else:
        file.unlink()
    sync_folder(file.parent)
    ledger.commit()
    return Recovered(final, captures, size - whole.end, tail)


def measured(row: Row, ledger: Ledger) -> Row:
    """A capture that was measured; a revisit gets the length of the payload it refers to."""
    if row.type != "revisit" or row.status == 304:
        return row
    original = ledger.get(row.refers_to) if row.refers_to else None
    return replace(row, payload_length=original.payload_length if original else None)


class _Whole:
    """Remembers where the last whole record ends."""

    def __init__(self) -> None:
        self.end = 0

    def passing(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            yield record
            with suppress(TapeError):
                self.end = record.offset + record.finish()


def _known(damage: Damage) -> None:
    """That the file is torn is why it is here; other damage in it is told when it is read."""


def _cut(file: Path, end: int, tail: Path) -> None:
    with file.open("r+b") as torn:
        torn.seek(end)
        with tail.open("xb") as kept:
            shutil.copyfileobj(torn, kept)
            kept.flush()
            os.fsync(kept.fileno())
        sync_folder(file.parent)
        torn.truncate(end)
        os.fsync(torn.fileno())
