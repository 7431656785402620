"""Captures found by going through a WARC file: each with the records of its exchange and why it was fetched.

Records of one exchange lie next to each other in the files of every writer known, in whatever order; so no more than
one exchange is held in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.archive.digested import media_type
from crawler.archive.drafts import FIELDS
from crawler.archive.message import Head, Pieces, payload_pieces
from crawler.archive.reader import Damage, Record
from crawler.archive.row import Row, to_micros
from crawler.archive.surt import surt
from crawler.archive.tape import TapeError
from crawler.archive.warc import HeadError, WarcHead, parse_date, parse_fields
from crawler.model import Outcome, Role

CAPTURED = frozenset({"response", "revisit", "resource"})
"""Types of records that are captures."""
_METADATA = 1 << 16
_RUN = 64
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})


@dataclass(frozen=True, slots=True)
class Found:
    """A capture as it lies in a file."""

    row: Row
    head: WarcHead
    http: Head | None


_Capture = tuple[dict[str, Any], WarcHead, Head | None]
"""The columns of a capture but for those that all records of its exchange say together, and its heads."""


@dataclass(slots=True)
class _Run:
    """The records of one exchange so far."""

    first: int
    end: int
    ids: set[str] = field(default_factory=set)
    found: list[_Capture] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    size: int = 0

    def captures(self) -> Iterator[Found]:
        shared = {"first": self.first, "span": self.end - self.first, **_why(self.fields)}
        for columns, head, http in self.found:
            yield Found(Row(**columns, **shared), head, http)


def scan(
    records: Iterable[Record], warc: str, damage: Callable[[Damage], None], *, measuring: bool = False
) -> Iterator[Found]:
    """The captures among ``records`` of the file ``warc``, in the order they lie there.

    ``measuring`` works out the length of each payload, which takes the transfer coding off on the way.
    """
    run: _Run | None = None
    for record in records:
        head = record.head
        names = {head.id, *head.concurrent_to}
        names.discard("")
        if run is not None and (run.ids.isdisjoint(names) or run.size >= _RUN):
            yield from run.captures()
            run = None
        try:
            found, fields = _read(record, warc, measuring)
        except TapeError:
            continue  # the reader meets the same damage, and reports it
        except HeadError as error:
            damage(Damage(warc, record.offset, str(error)))
            continue
        if run is None:
            run = _Run(record.offset, record.offset)
        run.ids |= names
        run.size += 1
        run.end = record.offset + record.finish()
        run.fields.update(fields)
        if found is not None:
            run.found.append(found)
    if run is not None:
        yield from run.captures()


def _read(record: Record, warc: str, measuring: bool) -> tuple[_Capture | None, dict[str, str]]:
    """A record to its end. Raises ``TapeError`` where damaged, ``HeadError`` for a capture without date or URL."""
    head = record.head
    fields: dict[str, str] = {}
    http: Head | None = None
    payload = head.content_length if head.type == "resource" else 0
    if head.type == "metadata" and media_type(head.get("Content-Type")) == FIELDS:
        fields = parse_fields(record.peek(_METADATA))
    elif head.type in ("response", "revisit") and (head.url or "").lower().startswith(("http:", "https:")):
        parsed = record.http_head()
        if parsed is not None:
            http = parsed[0]
            payload = _payload_length(record, *parsed) if measuring else 0
    length = record.finish()
    if head.type not in CAPTURED:
        return None, fields
    columns = _columns(head, http, warc, record.offset, length, payload if measuring else None)
    return (columns, head, http), fields


def _payload_length(record: Record, http: Head, size: int) -> int:
    """Bytes of the payload behind a head of ``size`` bytes. Raises ``TapeError`` where they are damaged."""
    if not http.get("transfer-encoding"):
        return max(0, record.head.content_length - size)
    block = Pieces(record.pieces()).buffered()
    block.read(size)
    return sum(map(len, payload_pieces(http, block)))


def _columns(
    head: WarcHead, http: Head | None, warc: str, offset: int, length: int, payload: int | None
) -> dict[str, Any]:
    date = head.date
    url = head.url
    if date is None or not url:
        raise HeadError(f"a {head.type} record without a valid {'WARC-Date' if url else 'WARC-Target-URI'}")
    truncated = head.get("WARC-Truncated")
    if truncated is not None and truncated.lower() not in _TRUNCATIONS:
        truncated = "unspecified"
    refers_to = head.get("WARC-Refers-To")
    return {
        "id": head.id,
        "warc": warc,
        "offset": offset,
        "length": length,
        "type": head.type,
        "url": url,
        "urlkey": surt(url),
        "captured_at": to_micros(date),
        "status": http.status if http else None,
        "mime": media_type(
            http.get("content-type") if http else head.get("Content-Type") if head.type == "resource" else None
        ),
        "payload_digest": head.get("WARC-Payload-Digest"),
        "payload_length": payload,
        "truncated": truncated.lower() if truncated and head.type != "revisit" else None,
        "refers_to": refers_to.strip("<> ") if refers_to else None,
        "refers_to_url": head.get("WARC-Refers-To-Target-URI"),
        "refers_to_date": _micros(head.get("WARC-Refers-To-Date")),
        "profile": head.get("WARC-Profile"),
        "etag": http.get("etag") if http else None,
        "last_modified": http.get("last-modified") if http else None,
    }


def _micros(value: str | None) -> int | None:
    date = parse_date(value) if value else None
    return to_micros(date) if date else None


_ROLES = frozenset(role.value for role in Role)
_OUTCOMES = frozenset(outcome.value for outcome in Outcome)


def _why(fields: dict[str, str]) -> dict[str, Any]:
    """The columns that our own metadata records fill; nothing for those of others."""
    if fields.get("role") not in _ROLES:
        return {}
    return {
        "role": fields["role"],
        "story": fields.get("story"),
        "via": fields.get("via"),
        "hops": len(fields.get("hopsFromSeed", "")),
        "because": fields.get("because"),
        "outcome": fields["outcome"] if fields.get("outcome") in _OUTCOMES else None,
        "outcome_reason": fields.get("outcomeReason"),
    }
