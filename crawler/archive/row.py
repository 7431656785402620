"""One capture as a ledger keeps it, what an index, a list of pages and a count ask of it, and the times in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, NamedTuple, cast

from crawler.model import Capture, Outcome, Purpose, RecordRef, Role, Truncation
from crawler.model.outcome import IS_BROKEN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(NamedTuple):
    """One capture as the ledger keeps it; the names are the columns, and it is what SQLite gives and takes."""

    id: str
    warc: str
    offset: int
    length: int
    first: int
    """Offset of the first record of the exchange: request and metadata lie next to the response."""
    span: int
    """Bytes from there to the end of the last record of the exchange."""
    type: str
    """``response``, ``revisit`` or ``resource``."""
    url: str
    urlkey: str
    captured_at: int
    """Microseconds since 1970, UTC."""
    status: int | None
    mime: str | None
    payload_digest: str | None
    payload_length: int | None
    truncated: str | None
    refers_to: str | None
    """Id of the record that holds a revisit's payload."""
    refers_to_url: str | None = None
    refers_to_date: int | None = None
    profile: str | None = None
    """WARC-Profile of a revisit."""
    etag: str | None = None
    last_modified: str | None = None
    outcome: str | None = None
    outcome_reason: str | None = None
    role: str | None = None
    story: str | None = None
    via: str | None = None
    hops: int | None = None
    because: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all came that was sent."""
        return not self.truncated and self.outcome not in IS_BROKEN

    @property
    def ref(self) -> RecordRef:
        """Where the record lies."""
        return RecordRef(self.warc, self.offset, self.length, self.id)

    @property
    def moment(self) -> datetime:
        """``captured_at`` as a time."""
        return from_micros(self.captured_at)

    @property
    def came(self) -> bool:
        """Whether a server gave what was asked for, or said that it is what was given before."""
        return self.status is None or 200 <= self.status < 300 or self.status == 304

    @property
    def purpose(self) -> Purpose | None:
        """Why it was fetched; None where that was not noted."""
        if self.role is None:
            return None
        return Purpose(Role(self.role), self.story, self.via, self.hops or 0, self.because)


class Indexed(NamedTuple):
    """What an index says of a capture; each as in :class:`Row`."""

    urlkey: str
    captured_at: int
    type: str
    url: str
    mime: str | None
    status: int | None
    payload_digest: str | None
    length: int
    offset: int
    warc: str


class Listed(NamedTuple):
    """What a list of pages says of a capture."""

    id: str
    url: str
    captured_at: int
    mime: str | None
    status: int
    role: str


class Part(NamedTuple):
    """The captures of one WARC that ended in one way; times in microseconds since 1970, ``size`` in bytes."""

    warc: str
    outcome: str | None
    captures: int
    first: int
    last: int
    size: int


def capture_of(
    row: Row,
    open_body: Callable[[], BinaryIO],
    *,
    status: int | None,
    headers: tuple[tuple[str, str], ...],
    mime: str | None,
) -> Capture:
    """The capture that a row tells of; a revisit may have its status, fields and type from the capture it refers to."""
    return Capture(
        url=row.url,
        captured_at=row.moment,
        record=row.ref,
        status=status,
        headers=headers,
        mime=mime,
        payload_digest=row.payload_digest,
        outcome=Outcome(row.outcome) if row.outcome else None,
        purpose=row.purpose,
        truncated=cast("Truncation | None", row.truncated),
        outcome_reason=row.outcome_reason,
        confirming=row.type == "revisit" and row.status == 304,
        open_body=open_body,
    )


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The time so many microseconds after 1970, UTC."""
    return _EPOCH + timedelta(microseconds=micros)
