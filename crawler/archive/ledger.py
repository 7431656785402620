"""The ledger: what was asked for when, where its record lies, and how it ended, in one SQLite file.

The WARCs are the truth. All of the ledger but the failures that left no byte can be made again from them. The same
tables, in a temporary file, index archives that others wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

from crawler.archive.ledger_file import COLUMNS, LedgerFile, inserting
from crawler.archive.row import Indexed, Listed, Part, Row, from_micros, to_micros
from crawler.model import Failure, Outcome, Purpose, Role

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM captures"
_MANY = 1024
"""Rows that wait at most."""
_TOGETHER = 32
"""Rows of one statement at most: a group of exchanges is one or two, and there are few to be prepared."""
_LISTED = f"SELECT {', '.join(Listed._fields)} FROM captures"
_INDEXED = f"SELECT {', '.join(Indexed._fields)} FROM captures"


class Ledger:
    """An open ledger. One thread at a time; raises ``ArchiveError`` for whatever SQLite cannot do."""

    def __init__(self, file: Path, *, writing: bool = True, checked: bool = False) -> None:
        self.file = file
        self._tables = LedgerFile(file, writing=writing, checked=checked)
        self._waiting: dict[str, Row] = {}
        self._payloads: dict[str, Row] = {}
        """Whole responses among the rows that wait, by their payload."""
        self._fresh: list[Row] = []
        """Whole responses entered since the last commit."""

    def add(self, row: Row) -> None:
        """Enter a capture; one already entered under this id is left as it is.

        Rows wait for the commit or the next question and are entered together: a thread that calls SQLite for each of
        them lets go of the interpreter each time, and must wait to get it back.
        """
        self._waiting.setdefault(row.id, row)
        if row.type == "response" and not row.truncated and row.payload_digest:
            self._payloads.setdefault(row.payload_digest, row)
            self._fresh.append(row)
        if len(self._waiting) >= _MANY:
            self._enter()

    def enter(self, rows: Iterable[Row]) -> int:
        """Enter the captures of a WARC that is gone through; how many came.

        As :meth:`add`, but none of them waits when this returns, and none is fresh.
        """
        number = 0
        self._tables.expect_many()
        for row in rows:
            self._waiting.setdefault(row.id, row)
            number += 1
            if len(self._waiting) >= _TOGETHER:
                self._enter()
        self._enter()
        return number

    def _enter(self) -> None:
        rows = list(self._waiting.values())
        self._waiting, self._payloads = {}, {}
        for start in range(0, len(rows), _TOGETHER):
            group = rows[start : start + _TOGETHER]
            self._tables.execute(inserting(len(group)), *chain.from_iterable(group))

    def fail(self, failure: Failure) -> None:
        """Enter a request that left no byte."""
        why = failure.purpose
        values = (
            failure.url, to_micros(failure.started_at), failure.outcome.value, failure.message,
            why.role.value, why.story, why.via, why.hops, why.because,
        )  # fmt: skip
        self._tables.execute(f"INSERT INTO failures VALUES ({', '.join('?' * len(values))})", *values)

    def commit(self) -> list[Row]:
        """Make what was entered since the last commit count; the whole responses among it."""
        fresh, self._fresh = self._fresh, []
        self._enter()
        self._tables.commit()
        return fresh

    def rollback(self) -> None:
        """Forget what was entered since the last commit."""
        self._waiting, self._payloads, self._fresh = {}, {}, []
        self._tables.rollback()

    def get(self, record_id: str) -> Row | None:
        """The capture with this record id."""
        if row := self._waiting.get(record_id):
            return row
        return self._one("WHERE id = ?", record_id)

    def with_payload(self, digest: str) -> Row | None:
        """The earliest whole response with this payload."""
        return self.with_payloads([digest]).get(digest)

    def with_payloads(self, digests: Iterable[str]) -> dict[str, Row]:
        """The earliest whole response with each of these payloads, of those there are."""
        found: dict[str, Row] = {}
        left = list(dict.fromkeys(digests))
        for start in range(0, len(left), _TOGETHER):
            group = left[start : start + _TOGETHER]
            where = f"WHERE payload_digest IN ({', '.join('?' * len(group))})"
            for row in self._query(f"{where} AND type = 'response' AND truncated IS NULL ORDER BY rowid", *group):
                found.setdefault(row.payload_digest or "", row)
        return {**{digest: self._payloads[digest] for digest in digests if digest in self._payloads}, **found}

    def of_url(self, urlkey: str) -> Iterator[Row]:
        """The captures of one URL key, latest first."""
        return self._rows("WHERE urlkey = ? ORDER BY captured_at DESC", urlkey)

    def nearest(self, urlkey: str, at: int) -> Iterator[Row]:
        """The captures of one URL key, nearest in time first."""
        return self._rows("WHERE urlkey = ? ORDER BY abs(captured_at - ?)", urlkey, at)

    def of_roles(self, roles: Iterable[Role], since: str = "") -> Iterator[Row]:
        """The captures for these roles, as they were entered; with ``since`` those entered after that :meth:`mark`."""
        values = [role.value for role in roles]
        place, _, record_id = since.partition(" ")
        known = place and next(self._tables.rows("SELECT id FROM captures WHERE rowid = ?", int(place)), None)
        after = int(place) if known == (record_id,) else 0
        where = f"WHERE role IN ({', '.join('?' * len(values))}) AND rowid > ? ORDER BY rowid"
        return self._rows(where, *values, after)

    def mark(self) -> str:
        """Tells the captures that are entered from later ones, as long as this ledger isn't made again."""
        self._enter()
        last = next(self._tables.rows("SELECT rowid, id FROM captures ORDER BY rowid DESC LIMIT 1"), None)
        return f"{last[0]} {last[1]}" if last else ""

    def borrowing(self) -> Iterator[Row]:
        """The revisits whose payload is in no capture of this ledger."""
        return self._rows(
            "AS row WHERE type = 'revisit' AND NOT EXISTS (SELECT 1 FROM captures WHERE id = row.refers_to) AND "
            "NOT EXISTS (SELECT 1 FROM captures WHERE payload_digest = row.payload_digest AND type = 'response' "
            "AND truncated IS NULL)"
        )

    def in_order_of_url(self, after: int = 0) -> Iterator[Indexed]:
        """The captures entered after one, by URL key, then time; SQLite sorts, on disk where they are many."""
        self._enter()
        rows = self._tables.rows(f"{_INDEXED} WHERE rowid > ? ORDER BY urlkey, captured_at", after)
        return map(Indexed._make, rows)

    def pages(self, roles: Sequence[str]) -> Iterator[Listed]:
        """The captures for these roles that succeeded, as they were entered."""
        self._enter()
        where = f"WHERE role IN ({', '.join('?' * len(roles))}) AND status BETWEEN 200 AND 299 ORDER BY rowid"
        return map(Listed._make, self._tables.rows(f"{_LISTED} {where}", *roles))

    def in_order_of_capture(self) -> Iterator[Row]:
        """All captures as they were entered."""
        return self._rows("ORDER BY rowid")

    def failures(self) -> Iterator[Failure]:
        """The requests that left no byte, in the order they were entered."""
        for row in self._tables.rows("SELECT * FROM failures ORDER BY rowid"):
            url, started, outcome, message, role, story, via, hops, because = row
            purpose = Purpose(Role(role), story, via, hops, because)
            yield Failure(url, from_micros(started), purpose, Outcome(outcome), message)

    def summed_up(self) -> Iterator[Part]:
        """How many captures of each WARC ended how, from when to when, and their size in the WARC."""
        statement = (
            "SELECT warc, outcome, count(*), min(captured_at), max(captured_at), sum(length) FROM captures "
            "GROUP BY warc, outcome ORDER BY warc, outcome"
        )
        self._enter()
        yield from (Part(*row) for row in self._tables.rows(statement))

    def count(self) -> int:
        """How many captures there are."""
        self._enter()
        return int(next(self._tables.rows("SELECT count(*) FROM captures"))[0])

    def indexed(self) -> tuple[int, int]:
        """The last capture that is in the index, and how many are; nothing where they have to be written anew."""
        found = next(self._tables.rows("SELECT last, captures FROM indexed"), None)
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def enter_indexed(self) -> None:
        """Note that all captures are in the index."""
        self._enter()
        self._tables.execute("DELETE FROM indexed")
        self._tables.execute("INSERT INTO indexed SELECT coalesce(max(rowid), 0), count(*) FROM captures")

    def clear_captures(self) -> None:
        """Forget all captures, to enter them anew from the WARCs."""
        self._enter()
        for table in ("indexed", "captures", "files"):
            self._tables.execute(f"DELETE FROM {table}")

    def clear_file(self, warc: str) -> None:
        """Forget the captures in a file whose places are others; on the disk when this returns."""
        self._enter()
        self._tables.execute_synced("DELETE FROM captures WHERE warc = ?", warc)
        self._tables.execute_synced("DELETE FROM indexed")
        self._tables.execute_synced("DELETE FROM files WHERE name = ?", warc)  # last: by it the rest is seen to be left

    def enter_file(self, name: str, size: int) -> None:
        """Note that all captures of a finished WARC of ``size`` bytes are entered."""
        self._tables.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", name, size)

    def files(self) -> dict[str, int]:
        """The finished WARCs whose captures are all entered, with their lengths in bytes (-1: not known)."""
        return dict(self._tables.rows("SELECT name, bytes FROM files"))

    def begin_run(self, asked: str, at: datetime, *, since: datetime) -> tuple[int, datetime]:
        """Enter that a capture of ``asked`` begins at ``at``; its number and when it was first begun.

        Where a run of the same was begun after ``since`` and never ended, that one goes on. On the disk when this
        returns, unlike all else here: what was not entered could not be gone on with.
        """
        known = self._tables.rows(
            "SELECT id, started_at FROM runs WHERE asked = ? AND ended_at IS NULL AND started_at >= ? "
            "ORDER BY id DESC LIMIT 1",
            asked,
            to_micros(since),
        )
        if found := next(known, None):
            return int(found[0]), from_micros(found[1])
        return self._tables.execute_synced(
            "INSERT INTO runs (asked, started_at) VALUES (?, ?)", asked, to_micros(at)
        ), at

    def end_runs(self, asked: str, at: datetime) -> None:
        """Enter that nothing asked for as ``asked`` is left to do."""
        self._tables.execute("UPDATE runs SET ended_at = ? WHERE asked = ? AND ended_at IS NULL", to_micros(at), asked)

    def _rows(self, where: str, *values: object) -> Iterator[Row]:
        self._enter()
        return self._query(where, *values)

    def _query(self, where: str, *values: object) -> Iterator[Row]:
        return map(Row._make, self._tables.rows(f"{_SELECT} {where}", *values))

    def _one(self, where: str, *values: object) -> Row | None:
        return next(self._rows(where, *values), None)

    def close(self) -> None:
        """Finish, leaving a single file; nothing happens the second time."""
        self._tables.close()
