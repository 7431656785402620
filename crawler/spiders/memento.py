"""A page out of what an archive serves: a memento as it is, or the one WARC record that a range of a file holds."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from crawler.archive import Damage
from crawler.archive.coding import remove_codings
from crawler.archive.http_head import MessageError
from crawler.archive.message import Pieces, payload_pieces
from crawler.archive.reader import read_records
from crawler.archive.record import Record
from crawler.archive.surt import surt
from crawler.archive.tape import TapeError
from crawler.model.moment import of_stamp

_IN_ADDRESS = re.compile(r"/web/(\d{14})(?:[a-z]{2}_)?/(https?:/{1,2}.+)$")
_ORIGINAL = re.compile(r"<([^<>]+)>\s*;[^,<]*\brel=\"?[^\",;]*\boriginal\b", re.I)
_LARGEST = 32 << 20
"""Bytes of a record's body that are read."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A page as an archive captured it."""

    page: str
    captured_at: datetime | None
    archive: str
    """Host that served it."""
    body: bytes
    headers: Mapping[str, str]


def unwrap(body: bytes, *, url: str, headers: Mapping[str, str]) -> Archived | None:
    """The page in an archive's answer; None where it is not said of which page it is, or no record can be read.

    ``body`` is a WARC record, or the page itself where the answer says so: by ``Memento-Datetime``, which every
    memento has (RFC 7089, section 2.1.1), and a ``Link`` of relation ``original`` or a Wayback address. Without it
    stands what the archive itself has to say, in its own pages.
    """
    host = urlsplit(url).hostname or ""
    if body[:2] == b"\x1f\x8b" or body.startswith(b"WARC/"):
        try:
            return _record(body, host)
        except (TapeError, MessageError, OSError):
            return None  # cut short, or damaged
    fields = {name.lower(): value for name, value in headers.items()}
    if "memento-datetime" not in fields:
        return None
    when, page = _date(fields["memento-datetime"]), None
    if named := _ORIGINAL.search(fields.get("link", "")):
        page = named[1]
    if found := _IN_ADDRESS.search(url):
        when = when or of_stamp(found[1])
        page = page or found[2]
    return Archived(page, when, host, body, headers) if page else None


def page_of(url: str) -> str | None:
    """The page whose capture a Wayback address names; None where it is none."""
    found = _IN_ADDRESS.search(url)
    return found[2] if found else None


@dataclass(frozen=True, slots=True)
class _Bytes:
    """A WARC that is held in memory."""

    data: bytes
    name: str

    def open(self) -> BinaryIO:
        """The bytes as a file."""
        return io.BytesIO(self.data)


def same_page(one: str, other: str) -> bool:
    """True for two spellings of one page's address."""
    return surt(one) == surt(other)


def _record(data: bytes, host: str) -> Archived | None:
    damage: list[Damage] = []
    for record in read_records(_Bytes(data, host), damage.append):
        if record.head.type == "response" and record.head.url:
            return _page(record, host)
    return None


def _page(record: Record, host: str) -> Archived | None:
    found = record.http_head()
    if found is None:
        return None
    head, size = found
    with Pieces(record.pieces()).buffered() as block:
        block.read(size)
        plain = Pieces(remove_codings(payload_pieces(head, block), head.tokens("content-encoding"))).buffered()
        with plain:
            body = plain.read(_LARGEST)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.fields}
    return Archived(record.head.url or "", record.head.date, host, body, headers)


def _date(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
