"""An exchange that is on the disk: what is told of it, and the ledger's row for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.archive.digested import Message
from crawler.archive.row import Row, to_micros
from crawler.archive.surt import surt
from crawler.archive.writer import Place
from crawler.model import Exchange, Outcome, RecordRef
from crawler.model.outcome import outcome_of_status


@dataclass(frozen=True, slots=True)
class Recorded:
    """An exchange that is on the disk."""

    record: RecordRef
    """The response; the request where no byte of a response came."""
    captured_at: datetime
    outcome: Outcome
    payload_digest: str
    """``sha256:<hex>``; empty where there is no payload."""
    revisit: bool
    """Whether an earlier record holds the payload."""
    reason: str | None = None
    """Why the outcome is that one."""


def recorded(row: Row, outcome: Outcome | None = None) -> Recorded:
    """What a ledger's row says of an exchange; where no outcome was noted, what its status says."""
    if outcome is None:
        outcome = Outcome(row.outcome) if row.outcome else outcome_of_status(row.status or 200)
    revisit = row.type == "revisit"
    return Recorded(row.ref, row.moment, outcome, row.payload_digest or "", revisit, row.outcome_reason)


def row_of(
    exchange: Exchange, message: Message, record_id: str, place: Place, first: int, original: Row | None, profile: str
) -> Row:
    """The ledger's row for an exchange whose response, or the revisit of ``original``, was written at ``place``."""
    head = message.head
    return Row(
        id=record_id,
        warc=place.warc,
        offset=place.offset,
        length=place.length,
        first=first,
        span=place.offset + place.length - first,
        type="revisit" if original else "response",
        url=exchange.url,
        urlkey=surt(exchange.url),
        captured_at=to_micros(exchange.started_at),
        status=head.status if head else None,
        mime=message.mime,
        payload_digest=original.payload_digest if original else message.payload_digest,
        payload_length=message.payload_length,
        truncated=exchange.truncated,
        refers_to=original.id if original else None,
        refers_to_url=original.url if original else None,
        refers_to_date=original.captured_at if original else None,
        profile=profile if original else None,
        etag=head.get("etag") if head else None,
        last_modified=head.get("last-modified") if head else None,
        outcome=exchange.outcome.value,
        outcome_reason=exchange.outcome_reason,
        role=exchange.purpose.role.value,
        story=exchange.purpose.story,
        via=exchange.purpose.via,
        hops=exchange.purpose.hops,
        because=exchange.purpose.because,
    )
