"""One capture as a ledger keeps it, and the times in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from crawler.model import Purpose, RecordRef, Role

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
    def ref(self) -> RecordRef:
        """Where the record lies."""
        return RecordRef(self.warc, self.offset, self.length, self.id)

    @property
    def moment(self) -> datetime:
        """``captured_at`` as a time."""
        return from_micros(self.captured_at)

    @property
    def purpose(self) -> Purpose | None:
        """Why it was fetched; None where that was not noted."""
        if self.role is None:
            return None
        return Purpose(Role(self.role), self.story, self.via, self.hops or 0, self.because)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The time so many microseconds after 1970, UTC."""
    return _EPOCH + timedelta(microseconds=micros)
