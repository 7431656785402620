"""The CDXJ index: one line a capture, sorted by URL key and time; written from the ledger, searched on the disk.

Lines are ``urlkey timestamp {json}`` as pywb and cdxj-indexer write them, so their tools read it as it stands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from heapq import merge
from itertools import groupby
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import BinaryIO

from crawler.archive.layout import sync_folder
from crawler.archive.ledger import Ledger
from crawler.archive.row import Indexed, from_micros
from crawler.archive.surt import surt

_BLOCK = 4096
"""Bytes of an index below which lines are read one by one instead of halving the range again."""
_LONGEST = 1 << 20
"""Bytes of a line that are read; none that names a capture is longer."""
_NO_MARKS = str.maketrans("", "", "-T:")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index."""

    key: str
    at: datetime
    """To the second."""
    url: str
    filename: str
    offset: int
    length: int
    mime: str | None = None
    """``warc/revisit`` for a revisit."""
    status: int | None = None
    digest: str | None = None
    """Of the payload."""


def line(row: Indexed) -> str:
    """The line for a capture, without its end."""
    status = f'"status": "{row.status}", ' if row.status is not None else ""
    digest = f'"digest": {quoted(row.payload_digest)}, ' if row.payload_digest else ""
    mime = "warc/revisit" if row.type == "revisit" else row.mime or "unk"
    return (
        f'{row.urlkey} {_stamp(row.captured_at // 1_000_000)} {{"url": {quoted(row.url)}, "mime": {quoted(mime)}, '
        f'{status}{digest}"length": "{row.length}", "offset": "{row.offset}", "filename": {quoted(row.warc)}}}'
    )


@lru_cache(maxsize=1024)  # a crawl captures many pages a second
def _stamp(seconds: int) -> str:
    """Fourteen digits of the time so many seconds after 1970."""
    return from_micros(seconds * 1_000_000).isoformat()[:19].translate(_NO_MARKS)


def write_index(ledger: Ledger, file: Path) -> None:
    """Bring the index up to what the ledger holds, whose open transaction this ends.

    What was entered since it was last written is merged into it; where that is not known, it is made anew. SQLite
    sorts, so memory stays small however many they are.
    """
    last, captures = ledger.indexed()
    fresh = file.with_name(file.name + ".new")
    with fresh.open("wb") as out:
        if last and _count_lines(file) == captures:
            with file.open("rb") as old:
                out.writelines(merge(old, _lines(ledger.in_order_of_url(last))))
        else:
            out.writelines(_lines(ledger.in_order_of_url()))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
    ledger.enter_indexed()
    ledger.commit()


def _lines(rows: Iterable[Indexed]) -> Iterator[bytes]:
    """The lines of rows that come by URL key and time, in the order of their bytes."""
    for _, alike in groupby(rows, key=lambda row: (row.urlkey, row.captured_at // 1_000_000)):
        yield from sorted(f"{line(row)}\n".encode("utf-8", "replace") for row in alike)


def _count_lines(file: Path) -> int:
    """How many lines a file has; -1 where there is none."""
    if not file.exists():
        return -1
    with file.open("rb") as index:
        return sum(block.count(b"\n") for block in iter(lambda: index.read(1 << 20), b""))


def look_up(file: Path, url: str) -> Iterator[Entry]:
    """The entries of a URL's key, earliest first, found by halving the file. Raises ``OSError``."""
    return of_key(file, surt(url))


def of_key(file: Path, key: str) -> Iterator[Entry]:
    """The entries of a key as :func:`~crawler.archive.surt.surt` makes it, earliest first. Raises ``OSError``."""
    return between(file, f"{key} ", f"{key}!")


def between(file: Path, first: str, end: str | None) -> Iterator[Entry]:
    """The entries whose lines sort at or after ``first`` and before ``end``, if any. Raises ``OSError``."""
    start, stop = first.encode(), end.encode() if end is not None else None
    with file.open("rb") as index:
        index.seek(_first(index, start, index.seek(0, os.SEEK_END)))
        while raw := index.readline(_LONGEST):
            if stop is not None and raw >= stop:
                return
            if raw >= start and (entry := parse(raw)):
                yield entry


def parse(raw: bytes) -> Entry | None:
    """A line read; None where it is no CDXJ."""
    key, _, rest = raw.decode("utf-8", "surrogateescape").partition(" ")
    stamp, _, values = rest.partition(" ")
    try:
        read = json.loads(values)
        at = datetime.strptime(stamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        place = read["url"], read["filename"], int(read["offset"]), int(read.get("length") or 0)
        status = int(read["status"]) if str(read.get("status") or "").isdigit() else None
        entry = Entry(key, at, *place, read.get("mime"), status, read.get("digest"))
        return entry if _names_a_place(entry) else None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _names_a_place(entry: Entry) -> bool:
    words = isinstance(entry.url, str) and isinstance(entry.filename, str)
    if not words or not all(word is None or isinstance(word, str) for word in (entry.mime, entry.digest)):
        return False
    return 0 <= entry.offset < 1 << 63 and 0 <= entry.length < 1 << 63


def nearest(entries: Iterable[Entry], url: str, at: datetime | None) -> Entry | None:
    """The entry nearest in time to ``at``, or the latest; the same spelling of the URL goes before others."""

    def distance(entry: Entry) -> tuple[bool, float]:
        return entry.url != url, abs((entry.at - at).total_seconds()) if at else -entry.at.timestamp()

    return min(entries, key=distance, default=None)


def _first(index: BinaryIO, wanted: bytes, size: int) -> int:
    """An offset of a line start at or before the first line that is not less than ``wanted``."""
    low, high = 0, size
    while high - low > _BLOCK:
        middle = (low + high) // 2
        index.seek(middle)
        _pass_over_line(index)
        at = index.tell()
        if at >= high or index.readline(_LONGEST) >= wanted:
            high = middle
        else:
            low = at
    return low


def _pass_over_line(index: BinaryIO) -> None:
    while (piece := index.readline(_LONGEST)) and not piece.endswith(b"\n"):
        pass
