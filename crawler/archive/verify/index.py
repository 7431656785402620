"""The CDXJ index held against the records, both ways: every line has its record, every capture its line."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from crawler.archive.surt import surt
from crawler.archive.verify.digests import DigestError, parse_digest
from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.parts import Parts
from crawler.archive.verify.register import Register

_STAMP = re.compile(r"\d{14}(?:\d{3})?")
_PLACE = re.compile(r"[0-9]{1,18}")
"""An offset or length that SQLite holds."""
_LONGEST_LINE = 1 << 20
"""Bytes of a line; what is longer is read as several, none of which is a right one."""
_NO_TYPE = frozenset({None, "", "unk", "-", "warc/revisit"})


def check_indexes(parts: Parts, register: Register, sink: Sink) -> None:
    """Tell of every line that is wrong, of every capture without one."""
    names = [
        name for name in parts.names() if name.startswith("indexes/") and name.endswith((".cdx", ".cdxj", ".cdx.gz"))
    ]
    if not names:
        Teller("indexes", sink).tell("index-absent", "there is no index: `wirecopy index` makes one")
        return
    for name in names:
        teller = Teller(name, sink)
        try:
            with parts.open(name) as file:
                _check_index(_lines(file, name), teller, register)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            teller.tell("file-unreadable", str(error))
    for file_number, offset, record, url in register.rows(
        "SELECT file, offset, id, url FROM records WHERE NOT indexed AND (type IN ('response', 'revisit') OR "
        "type = 'resource' AND EXISTS (SELECT 1 FROM records WHERE type = 'resource' AND indexed))"
    ):
        register.tell("index-missing", f"the capture of {url} is not in the index", file_number, offset, record)


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """The lines of an index, each with its offset in the unpacked file."""
    source: Any = gzip.GzipFile(fileobj=file) if name.endswith(".gz") else file
    at = 0
    while line := source.readline(_LONGEST_LINE):
        yield at, line
        at += len(line)


def _check_index(lines: Iterator[tuple[int, bytes]], teller: Teller, register: Register) -> None:
    last = (b"", b"")
    for offset, line in lines:
        teller.offset = offset
        if line.startswith((b"!", b" ")) or not line.strip():
            continue
        key, _, rest = line.partition(b" ")
        stamp, _, values = rest.partition(b" ")
        if (key, stamp) < last:
            teller.tell("index-order", f"{_text(key)} {_text(stamp)} stands behind {_text(last[0])} {_text(last[1])}")
        last = (key, stamp)
        entry = _entry(stamp, values)
        if isinstance(entry, str):
            teller.tell("index-syntax", entry)
            continue
        _check_entry(_text(key), _text(stamp), entry, teller, register)


def _entry(stamp: bytes, values: bytes) -> dict[str, Any] | str:
    if not _STAMP.fullmatch(_text(stamp)):
        return f"no time of 14 digits: {_text(stamp[:40])!r}"
    try:
        entry = json.loads(values)
    except (ValueError, RecursionError) as error:
        return f"no JSON behind key and time: {error}"
    if not isinstance(entry, dict):
        return "no JSON object behind key and time"
    for name in ("url", "filename", "offset"):
        if name not in entry:
            return f"{name} is missing"
    if not all(_PLACE.fullmatch(str(entry.get(name, "0"))) for name in ("offset", "length")):
        return "offset or length is no number"
    return entry


def _check_entry(key: str, stamp: str, entry: dict[str, Any], teller: Teller, register: Register) -> None:
    found = register.one(
        "SELECT r.rowid, r.length, r.id, r.type, r.url, r.date, r.payload, r.status, r.mime FROM records r "
        "JOIN files f ON f.number = r.file WHERE f.name = ? AND r.offset = ? ORDER BY r.url IS NOT ? LIMIT 1",
        str(entry["filename"]).rpartition("/")[2],
        int(entry["offset"]),
        str(entry["url"]),
    )
    if found is None:
        teller.tell("index-dangling", f"no record begins at {entry['offset']} of {entry['filename']}")
        return
    row, length, record, kind, url, date, payload, status, mime = found
    register.db.execute("UPDATE records SET indexed = 1 WHERE rowid = ?", (row,))
    teller.record = record
    said = entry.get("length")
    if said is not None and length is not None and not 0 <= length - int(said) <= 4:
        teller.tell("index-length", f"the length is {length:,}, the index says {said}")
    if url is not None and entry["url"] != url:
        teller.tell("index-url", f"the URL is {url}, the index says {entry['url']}")
    digits = re.sub(r"\D", "", date or "")[:14]
    if len(digits) == 14 and stamp[:14] != digits:
        teller.tell("index-date", f"the date is {date}, the index says {stamp}")
    if entry.get("status") is not None and status is not None and str(entry["status"]) != str(status):
        teller.tell("index-status", f"the status is {status}, the index says {entry['status']}")
    if entry.get("digest") and payload and not _same(str(entry["digest"]), payload):
        teller.tell("index-digest", f"the payload digest is {payload}, the index says {entry['digest']}")
    indexed_mime = entry.get("mime")
    if kind != "revisit" and indexed_mime not in _NO_TYPE and mime and indexed_mime != mime:
        teller.tell("index-mime", f"the media type is {mime}, the index says {indexed_mime}")
    if url is not None and "method" not in entry and "__wb_method" not in key and key != surt(url):
        teller.tell("index-key", f"the key of {url} is {surt(url)}, the index says {key}")
    teller.record = None


def _same(one: str, other: str) -> bool:
    """Indexes of pywb leave out the label of SHA-1."""
    for text in (one, f"sha1:{one}"):
        try:
            first, second = parse_digest(text), parse_digest(other)
        except DigestError:
            continue
        return first.algorithm != second.algorithm or first.value == second.value
    return False


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
