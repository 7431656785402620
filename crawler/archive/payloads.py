"""Which payloads the collections of one folder hold: what lets a capture refer to another collection's record.

One SQLite file in the folder of the collections, some 90 bytes a payload. Looked up on the disk, so that memory stays
the same at ten million payloads. It only says where to look: whatever it says is checked in that
collection's own ledger, and it can be deleted at any time.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

from crawler.archive.errors import ArchiveError, explain
from crawler.archive.layout import LEDGER, WARCS
from crawler.archive.ledger import Ledger
from crawler.archive.ledger_file import DAMAGE
from crawler.archive.row import Row

logger = logging.getLogger(__name__)
FILE = ".payloads.sqlite"
_CREATE = """
CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS payloads (digest BLOB PRIMARY KEY, collection INTEGER NOT NULL, record BLOB NOT NULL)
  WITHOUT ROWID;
"""
_OPEN = 16
"""Ledgers of other collections held open."""
_LOG = 8000
"""Pages of 4 KiB that wait in the log: digests fall anywhere, so each page is written back once for many of them."""
_PREFIX = 32
"""Hexadecimal digits of a digest that are kept: enough to look it up, and the ledger has the rest."""


class Payloads:
    """The payloads of the collections beside ``collection``. One thread at a time; raises ``ArchiveError``."""

    def __init__(self, collection: Path) -> None:
        self.root = collection.absolute().parent
        self._name = collection.absolute().name
        self._ledgers: dict[str, Ledger | None] = {}
        self._broken = False
        try:
            self._open()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in DAMAGE:
                raise self._explain(error) from error
            self._set_aside(error)

    def _open(self) -> None:
        self._db = sqlite3.connect(
            self.root.absolute() / FILE, check_same_thread=False, isolation_level=None, timeout=30
        )
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
            self._db.executescript(_CREATE)
            self._db.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (self._name,))
            (self._own,) = self._db.execute("SELECT id FROM collections WHERE name = ?", (self._name,)).fetchone()
        except sqlite3.Error:
            self._db.close()
            raise

    def _set_aside(self, damage: sqlite3.Error) -> None:
        """Begin a fresh file in the place of one that SQLite cannot read: what it knew is stored once more."""
        file = self.root / FILE
        logger.warning("%s is damaged (%s): a fresh one is begun, and payloads it knew are stored again.", file, damage)
        try:
            for rest in ("", "-wal", "-shm"):
                file.with_name(FILE + rest).unlink(missing_ok=True)
            self._open()
        except OSError as error:
            raise explain(error, "replace", file) from error
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def find(self, digest: str) -> tuple[Path, Row] | None:
        """The collection and capture that hold a payload, in another collection; None where none does.

        Or where the file cannot be read: a crawl stores the payload, and goes on.
        """
        if self._broken:
            return None
        try:
            found = self._db.execute(
                "SELECT name, record FROM payloads JOIN collections ON id = collection WHERE digest = ?",
                (_key(digest),),
            ).fetchone()
        except sqlite3.Error as error:
            self._broken = True
            logger.warning("%s. Payloads of other collections are stored again.", self._explain(error))
            return None
        if found is None or found[0] == self._name:
            return None
        name, record = found
        ledger = self._ledger(name)
        with suppress(ArchiveError):
            row = ledger.get(f"urn:uuid:{UUID(bytes=record)}") if ledger else None
            if row and row.payload_digest == digest and (self.root / name / WARCS / row.warc).exists():
                return self.root / name, row
        return None

    def add(self, rows: Iterable[Row]) -> None:
        """Enter whole responses of this collection, which are on the disk.

        A payload that was known is entered anew: it was stored since what was known is there no more, or at the same
        time, and then either serves.
        """
        if self._broken:
            return
        entries = [(_key(row.payload_digest or ""), self._own, UUID(row.id.removeprefix("urn:")).bytes) for row in rows]
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO payloads VALUES (?, ?, ?)", entries)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):  # else no other crawl could enter what it captures
                self._db.rollback()
            raise self._explain(error) from error

    def close(self) -> None:
        """Let go of it."""
        for ledger in self._ledgers.values():
            if ledger:
                ledger.close()
        self._db.close()

    def _ledger(self, name: str) -> Ledger | None:
        if name not in self._ledgers:
            if len(self._ledgers) >= _OPEN and (oldest := self._ledgers.pop(next(iter(self._ledgers)))):
                oldest.close()
            self._ledgers[name] = None
            with suppress(ArchiveError):  # deleted, or not to be read: its payloads are stored anew
                self._ledgers[name] = Ledger(self.root / name / LEDGER, writing=False)
        return self._ledgers[name]

    def _explain(self, error: sqlite3.Error) -> ArchiveError:
        file = self.root / FILE
        return ArchiveError(f"cannot use the index of payloads {file}: {error}; it may be deleted", file)


def holder_beside(collection: Path, row: Row) -> tuple[Path, Row] | None:
    """The collection beside ``collection`` that holds the payload of its revisit ``row``, and the capture there."""
    if not row.refers_to or not row.payload_digest:
        return None
    root = collection.absolute().parent
    if (root / FILE).exists():
        with suppress(ArchiveError), closing(Payloads(collection)) as payloads:
            found = payloads.find(row.payload_digest)
            if found and found[1].id == row.refers_to:
                return found
    for ledger in sorted(root.glob(f"*/{LEDGER}")):
        if ledger.parent.name == collection.name:
            continue
        with suppress(ArchiveError), closing(Ledger(ledger, writing=False)) as beside:
            if (held := beside.get(row.refers_to)) and held.payload_digest == row.payload_digest:
                return ledger.parent, held
    return None


def _key(digest: str) -> bytes:
    return bytes.fromhex(digest.partition(":")[2][:_PREFIX])
