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
from crawler.archive.warc import bare, parse_date, parse_fields
from crawler.archive.warc_head import HeadError, WarcHead
from crawler.model import Outcome, Role

CAPTURED = frozenset({"response", "revisit", "resource"})
"""Types of records that are captures."""
_METADATA = 1 << 16
"""Bytes of a metadata record that are read for its fields."""
_RUN = 64
"""Records that one exchange may have: others go on with a new one."""
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})


class Found(NamedTuple):
    """A capture as it lies in a file."""

    row: Row
    head: WarcHead
    http: Head | None


_Columns = tuple[Any, ...]


class _Run:
    """The records of one exchange so far."""

    __slots__ = ("_captures", "_end", "_fields", "_first", "_ids", "_size")

    def __init__(self, first: int) -> None:
        self._first = self._end = first
        self._ids: set[str] = set()
        self._captures: list[tuple[int, int, _Columns, WarcHead, Head | None]] = []
        self._fields = _NOTHING
        self._size = 0

    def goes_on_with(self, head: WarcHead) -> bool:
        """Whether a record is of this exchange: names one of it, or is named by one."""
        return self._size < _RUN and (head.id in self._ids or not self._ids.isdisjoint(head.concurrent_to))

    def add(self, record: Record, length: int, said: _Columns | None, http: Head | None, why: dict[str, str]) -> None:
        """Enter the next record, and what it says where it is a capture."""
        head, offset = record.head, record.offset
        if head.id:
            self._ids.add(head.id)
        if head.concurrent_to:
            self._ids.update(filter(None, head.concurrent_to))
        self._end = offset + length
        self._size += 1
        if said:
            self._captures.append((offset, length, said, head, http))
        if why:
            self._fields = self._fields | why

    def captures(self, warc: str) -> Iterator[Found]:
        """The captures of the exchange, which is at its end."""
        first, span, why = self._first, self._end - self._first, _why(self._fields)
        for offset, length, said, head, http in self._captures:
            yield Found(Row._make((head.id, warc, offset, length, first, span, *said, *why)), head, http)


_NOTHING: dict[str, str] = {}


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
            yield from run.captures(warc)
            run = None
        said = http = None
        why = _NOTHING
        try:
            if head.type in CAPTURED:
                said, http = _captured(record, measuring)
            elif head.type == "metadata" and media_type(head.get("Content-Type")) == FIELDS:
                why = parse_fields(record.peek(_METADATA))
            length = record.finish()
        except TapeError:
            continue  # the reader meets the same damage, and reports it
        except HeadError as error:
            damage(Damage(warc, record.offset, str(error)))
            continue
        if run is None:
            run = _Run(record.offset)
        run.add(record, length, said, http, why)
    if run is not None:
        yield from run.captures(warc)


def _captured(record: Record, measuring: bool) -> tuple[_Columns, Head | None]:
    """What a capture says. Raises ``TapeError`` where damaged, ``HeadError`` for one without date or URL."""
    head = record.head
    http: Head | None = None
    payload = head.content_length if head.type == "resource" else 0
    if head.type != "resource" and (head.url or "").lower().startswith(("http:", "https:")):
        parsed = record.http_head()
        if parsed is not None:
            http = parsed[0]
            payload = _payload_length(record, *parsed) if measuring else 0
    record.finish()
    return _said(head, http, payload if measuring else None), http


def _payload_length(record: Record, http: Head, size: int) -> int:
    """Bytes of the payload behind a head of ``size`` bytes. Raises ``TapeError`` where they are damaged."""
    if not http.get("transfer-encoding"):
        return max(0, record.head.content_length - size)
    block = Pieces(record.pieces()).buffered()
    block.read(size)
    return sum(map(len, payload_pieces(http, block)))


def _said(head: WarcHead, http: Head | None, payload: int | None) -> _Columns:
    """The columns of a row from ``type`` to ``last_modified``."""
    (
        _, _, at, url, _, _, digest, truncated, profile, refers_to, refers_to_url, refers_to_date, media, _,
    ) = head.usual  # fmt: skip
    date = parse_date(at) if at else None
    url = bare(url) if url else None
    if date is None or not url:
        raise HeadError(f"a {head.type} record without a valid {'WARC-Date' if url else 'WARC-Target-URI'}")
    if truncated is not None and truncated.lower() not in _TRUNCATIONS:
        truncated = "unspecified"
    if head.type != "resource":
        media = http.get("content-type") if http else None
    return (
        head.type,
        url,
        surt(url),
        to_micros(date),
        http.status if http else None,
        media_type(media),
        digest,
        payload,
        truncated.lower() if truncated and head.type != "revisit" else None,
        refers_to.strip("<> ") if refers_to else None,
        refers_to_url,
        _micros(refers_to_date) if refers_to_date else None,
        profile,
        http.get("etag") if http else None,
        http.get("last-modified") if http else None,
    )


def _micros(value: str) -> int | None:
    date = parse_date(value)
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
