"""Captures found by going through a WARC file: each with the records of its exchange and why it was fetched.

Records of one exchange lie next to each other in the files of every writer known, in whatever order; so no more than
one exchange is held in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from crawler.archive.digested import media_type
from crawler.archive.drafts import FIELDS
from crawler.archive.http_head import Head
from crawler.archive.message import Pieces, payload_pieces
from crawler.archive.reader import Damage
from crawler.archive.record import Record
from crawler.archive.row import Row, to_micros
from crawler.archive.surt import surt
from crawler.archive.tape import TapeError
from crawler.archive.warc import parse_date, parse_fields
from crawler.archive.warc_head import HeadError, WarcHead
from crawler.model import Outcome, Role

CAPTURED = frozenset({"response", "revisit", "resource"})
"""Types of records that are captures."""
_METADATA = 1 << 16
_RUN = 64
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})


class Found(NamedTuple):
    """A capture as it lies in a file."""

    row: Row
    head: WarcHead
    http: Head | None


_Columns = tuple[Any, ...]


class _Capture(NamedTuple):
    """A capture but for what all records of its exchange say together."""

    place: _Columns
    """The first columns of its row, up to ``length``."""
    said: _Columns
    """Those from ``type`` to ``last_modified``."""
    head: WarcHead
    http: Head | None


class _Run:
    """The records of one exchange so far."""

    __slots__ = ("_captures", "_end", "_fields", "_first", "_ids", "_size")

    def __init__(self, first: int) -> None:
        self._first = self._end = first
        self._ids: set[str] = set()
        self._captures: list[_Capture] = []
        self._fields: dict[str, str] = {}
        self._size = 0

    def goes_on_with(self, head: WarcHead) -> bool:
        """Whether a record is of this exchange: names one of it, or is named by one."""
        return self._size < _RUN and (head.id in self._ids or not self._ids.isdisjoint(head.concurrent_to))

    def add(self, head: WarcHead, end: int, capture: _Capture | None, fields: dict[str, str]) -> None:
        """Enter the next record, which ends at ``end``."""
        if head.id:
            self._ids.add(head.id)
        self._ids.update(filter(None, head.concurrent_to))
        self._end = end
        self._size += 1
        if capture:
            self._captures.append(capture)
        if fields:
            self._fields.update(fields)

    def captures(self) -> Iterator[Found]:
        """The captures of the exchange, which is at its end."""
        span, why = (self._first, self._end - self._first), _why(self._fields)
        for place, said, head, http in self._captures:
            yield Found(Row._make((*place, *span, *said, *why)), head, http)


def scan(
    records: Iterable[Record], warc: str, damage: Callable[[Damage], None], *, measuring: bool = False
) -> Iterator[Found]:
    """The captures among ``records`` of the file ``warc``, in the order they lie there.

    ``measuring`` works out the length of each payload, which takes the transfer coding off on the way.
    """
    run: _Run | None = None
    for record in records:
        head = record.head
        if run is not None and not run.goes_on_with(head):
            yield from run.captures()
            run = None
        try:
            capture, fields = _read(record, warc, measuring)
        except TapeError:
            continue  # the reader meets the same damage, and reports it
        except HeadError as error:
            damage(Damage(warc, record.offset, str(error)))
            continue
        if run is None:
            run = _Run(record.offset)
        run.add(head, record.offset + record.finish(), capture, fields)
    if run is not None:
        yield from run.captures()


_NOTHING: dict[str, str] = {}


def _read(record: Record, warc: str, measuring: bool) -> tuple[_Capture | None, dict[str, str]]:
    """A record to its end. Raises ``TapeError`` where damaged, ``HeadError`` for a capture without date or URL."""
    head = record.head
    if head.type not in CAPTURED:
        fields = _NOTHING
        if head.type == "metadata" and media_type(head.get("Content-Type")) == FIELDS:
            fields = parse_fields(record.peek(_METADATA))
        record.finish()
        return None, fields
    http: Head | None = None
    payload = head.content_length if head.type == "resource" else 0
    if head.type != "resource" and (head.url or "").lower().startswith(("http:", "https:")):
        parsed = record.http_head()
        if parsed is not None:
            http = parsed[0]
            payload = _payload_length(record, *parsed) if measuring else 0
    place = (head.id, warc, record.offset, record.finish())
    return _Capture(place, _said(head, http, payload if measuring else None), head, http), _NOTHING


def _payload_length(record: Record, http: Head, size: int) -> int:
    """Bytes of the payload behind a head of ``size`` bytes. Raises ``TapeError`` where they are damaged."""
    if not http.get("transfer-encoding"):
        return max(0, record.head.content_length - size)
    block = Pieces(record.pieces()).buffered()
    block.read(size)
    return sum(map(len, payload_pieces(http, block)))


def _said(head: WarcHead, http: Head | None, payload: int | None) -> _Columns:
    """The columns of a row from ``type`` to ``last_modified``."""
    date, url = head.date, head.url
    if date is None or not url:
        raise HeadError(f"a {head.type} record without a valid {'WARC-Date' if url else 'WARC-Target-URI'}")
    truncated = head.get("WARC-Truncated")
    if truncated is not None and truncated.lower() not in _TRUNCATIONS:
        truncated = "unspecified"
    media = head.get("Content-Type") if head.type == "resource" else http.get("content-type") if http else None
    refers_to = head.get("WARC-Refers-To")
    return (
        head.type,
        url,
        surt(url),
        to_micros(date),
        http.status if http else None,
        media_type(media),
        head.get("WARC-Payload-Digest"),
        payload,
        truncated.lower() if truncated and head.type != "revisit" else None,
        refers_to.strip("<> ") if refers_to else None,
        head.get("WARC-Refers-To-Target-URI"),
        _micros(head.get("WARC-Refers-To-Date")),
        head.get("WARC-Profile"),
        http.get("etag") if http else None,
        http.get("last-modified") if http else None,
    )


def _micros(value: str | None) -> int | None:
    date = parse_date(value) if value else None
    return to_micros(date) if date else None


_ROLES = frozenset(role.value for role in Role)
_OUTCOMES = frozenset(outcome.value for outcome in Outcome)


def _why(fields: dict[str, str]) -> _Columns:
    """The columns from ``outcome`` on, which our own metadata records fill and those of others do not."""
    role, outcome = fields.get("role"), fields.get("outcome")
    if role not in _ROLES:
        return _UNSAID
    return (
        outcome if outcome in _OUTCOMES else None,
        fields.get("outcomeReason"),
        role,
        fields.get("story"),
        fields.get("via"),
        len(fields.get("hopsFromSeed", "")),
        fields.get("because"),
    )


_UNSAID: _Columns = (None,) * 7
