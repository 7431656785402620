"""Every record that was read, in a temporary SQLite file: so that what records say of one another can be checked.

On disk, so that memory stays flat however many records there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.archive.scratch import Scratch
from crawler.archive.verify.block import Contents
from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.records import StrictRecord
from crawler.archive.warc import bare

_CREATE = """
CREATE TABLE files (number INTEGER PRIMARY KEY, shown TEXT, name TEXT);
CREATE TABLE records (
  file INTEGER, offset INTEGER, length INTEGER, id TEXT, type TEXT, url TEXT, date TEXT, payload TEXT, status INTEGER,
  mime TEXT, method TEXT, indexed INTEGER DEFAULT 0, truncated INTEGER
);
CREATE TABLE links (file INTEGER, offset INTEGER, id TEXT, kind TEXT, target TEXT);
CREATE TABLE segments (file INTEGER, offset INTEGER, id TEXT, origin TEXT, number INTEGER, size INTEGER, total INTEGER);
CREATE TABLE revisits (file INTEGER, offset INTEGER, id TEXT, target TEXT, url TEXT, date TEXT, payload TEXT);
"""
_INDEX = """
CREATE INDEX by_place ON records (file, offset);
CREATE INDEX by_id ON records (id);
CREATE INDEX by_url ON records (url, date);
CREATE INDEX links_from ON links (id);
CREATE INDEX links_to ON links (target);
CREATE INDEX segments_of ON segments (origin, number);
"""
_BATCH = 1000
"""Records that are entered at a time."""
_LINKS = {
    "WARC-Concurrent-To": "concurrent",
    "WARC-Warcinfo-ID": "warcinfo",
    "WARC-Segment-Origin-ID": "origin",
}


class Register:
    """The records of one archive. Close it, or use it as a context manager."""

    def __init__(self, sink: Sink) -> None:
        self._folder = Scratch()
        self.db = sqlite3.connect(Path(self._folder.name) / "register.sqlite", isolation_level=None)
        try:
            self.db.execute("PRAGMA journal_mode = OFF")
            self.db.execute("PRAGMA synchronous = OFF")
            self.db.executescript(_CREATE)
            self.db.execute("BEGIN")
        except sqlite3.Error:
            self.close()
            raise
        self.files: list[str] = []
        """How each file is called in findings, by its number."""
        self._sink = sink
        self._records: list[tuple[Any, ...]] = []
        self._links: list[tuple[Any, ...]] = []
        self._revisits: list[tuple[Any, ...]] = []
        self._segments: list[tuple[Any, ...]] = []

    def begin_file(self, shown: str, name: str) -> int:
        """Enter a file; ``name`` is what an index calls it."""
        number = len(self.files)
        self.files.append(shown)
        self.db.execute("INSERT INTO files VALUES (?, ?, ?)", (number, shown, name))
        return number

    def add(self, file: int, record: StrictRecord, contents: Contents | None) -> None:
        """Enter a record that was read; ``contents`` is None where its block could not be."""
        head = record.head
        text = head.text
        place = (file, record.offset)
        found = contents or Contents(None, None, None, None)
        self._records.append(
            (*place, record.length, head.id, head.type, _storable(head.fields.url), text("WARC-Date"), found.payload,
             found.status, found.mime, found.method, 0, text("WARC-Truncated") is not None)
        )  # fmt: skip
        for name, kind in _LINKS.items():
            for target in head.fields.get_all(name):
                self._links.append((*place, head.id, kind, bare(target)))
        if (number := _number(text("WARC-Segment-Number"))) is not None:
            origin = text("WARC-Segment-Origin-ID") if head.type == "continuation" else head.id
            self._segments.append(
                (*place, head.id, bare(origin) if origin else None, number, _number(text("Content-Length")) or 0,
                 _number(text("WARC-Segment-Total-Length")))
            )  # fmt: skip
        if head.type == "revisit":
            original = text("WARC-Refers-To")
            url = text("WARC-Refers-To-Target-URI")
            self._revisits.append(
                (*place, head.id, bare(original) if original else None, _storable(bare(url)) if url else None,
                 text("WARC-Refers-To-Date"), found.payload)
            )  # fmt: skip
        elif subject := text("WARC-Refers-To"):
            self._links.append((*place, head.id, "refers", bare(subject)))
        if len(self._records) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        for table, rows, columns in (
            ("records", self._records, 13),
            ("links", self._links, 5),
            ("revisits", self._revisits, 7),
            ("segments", self._segments, 7),
        ):
            self.db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)
            rows.clear()

    def complete(self) -> None:
        """All records are entered: make ready to be asked."""
        self._flush()
        self.db.executescript(_INDEX)

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The answer to a query."""
        yield from self.db.execute(query, values)

    def one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of the answer."""
        row: tuple[Any, ...] | None = self.db.execute(query, values).fetchone()
        return row

    def tell(self, code: str, message: str, file: int, offset: int, record: str | None) -> None:
        """Report what is wrong with a record that was entered."""
        Teller(self.files[file], self._sink).tell(code, message, offset, record)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, and of what was entered."""
        self.db.close()
        self._folder.cleanup()


def _number(text: str | None) -> int | None:
    """A number that SQLite holds; None for what is none, which was told when its head was read."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None


def _storable(text: str | None) -> str | None:
    return text.encode("utf-8", "replace").decode() if text else None
