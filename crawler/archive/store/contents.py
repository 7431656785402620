"""What a store keeps of a collection beside its WARCs: every file that was made from them, and the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crawler.archive.layout import LEDGER, WARCS
from crawler.archive.store.faults import StoreError
from crawler.archive.store.note import is_note

JOURNALS = ("-wal", "-shm", "-journal", ".wal")
"""Ends of the files that SQLite and DuckDB keep beside a database until it is closed well."""
_NOT_KEPT = (".new", ".lock", ".broken", *JOURNALS)


def derived(collection: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Each file by its path in the collection; where it can't be sent as it stands, a copy in ``scratch``.

    Raises ``StoreError`` where the ledger can't be copied.
    """
    for file in sorted(collection.rglob("*")):
        path = file.relative_to(collection).as_posix()
        hidden = any(part.startswith(".") for part in path.split("/"))
        if hidden or is_note(path) or path.startswith(f"{WARCS}/") or path.endswith(_NOT_KEPT) or not file.is_file():
            continue
        yield path, _whole(file, scratch) if path == LEDGER else file


def _whole(ledger: Path, scratch: Path) -> Path:
    """The ledger as one file, what still stands in a journal beside it included."""
    if not any(ledger.with_name(ledger.name + rest).exists() for rest in ("-wal", "-journal")):
        return ledger
    copy = scratch / ledger.name
    try:
        with closing(sqlite3.connect(ledger.absolute())) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise StoreError(f"{ledger}: can't be copied ({error}); `wirecopy index` makes it again", ledger) from error
    return copy
