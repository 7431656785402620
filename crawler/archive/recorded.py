"""What the recorder writes: an exchange, a resource or a copy, made ready as records and the ledger's row for them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from crawler.archive import drafts
from crawler.archive.digested import SMALL, Message, media_type, read_message
from crawler.archive.http_head import split_head
from crawler.archive.ledger import Ledger
from crawler.archive.payloads import Payloads
from crawler.archive.raw import RawExchange, RawRecord
from crawler.archive.row import Row, to_micros
from crawler.archive.surt import surt
from crawler.archive.warc import format_date, line, new_id, target
from crawler.archive.warcinfo import Warcinfo
from crawler.archive.writer import Place, WarcWriter, gzip_pieces
from crawler.model import Exchange, Failure, Outcome, RecordRef

AT_ONCE = 1 << 15
"""Bytes of any message up to which its member is made by the thread that hands it over."""
REVISIT_FROM = 128
"""Payloads of fewer bytes are stored again: a reference would take more room than they do."""


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


Write = Callable[[WarcWriter], object]
"""Writes what was made ready, and gives what the one who waits is told."""


@dataclass(slots=True)
class Prepared:
    """An exchange as the members it becomes, if its payload is new."""

    exchange: Exchange
    record_id: str
    warcinfo: str
    """Id of the warcinfo record that the members name."""
    before: bytes
    """The members before the response's."""
    message: Message | None = None
    """The response, once it is read."""
    response: bytes | None = None
    """Its member, where that was made at once."""

    def read(self) -> Message:
        """The response, which is read once. Raises ``OSError``."""
        if self.message is None:
            assert self.exchange.response is not None
            self.message = read_message(self.exchange.response)
        return self.message

    @property
    def digest(self) -> str | None:
        """Of a payload that may be known, once it is read; None where it is stored again in any case."""
        message = self.message
        known = message and message.head and message.payload_length >= REVISIT_FROM and not self.exchange.truncated
        return message.payload_digest if message and known else None

    @property
    def confirms(self) -> bool:
        """Whether it is a server's word that nothing changed: then the ledger is asked what was confirmed."""
        return self.message is not None and self.message.head is not None and self.message.head.status == 304

    def append_to(self, writer: WarcWriter, ledger: Ledger) -> Recorded:
        """Write the members, and enter the capture."""
        message = self.read()
        first = writer.append(self.before)
        if self.response is not None:
            place = writer.append(self.response)
        else:
            common = drafts.common_fields(self.exchange.started_at, self.exchange.url, self.warcinfo)
            place = drafts.response_draft(self.exchange, common, message, self.record_id).append_to(writer)
        ledger.add(_row(self.exchange, message, self.record_id, place, first.offset, None, ""))
        ref = RecordRef(*place, self.record_id)
        return Recorded(
            ref, self.exchange.started_at, self.exchange.outcome, message.payload_digest or "", revisit=False
        )


def prepare_exchange(exchange: Exchange, warcinfo: Warcinfo) -> Prepared | None:
    """An exchange made ready by whoever hands it over; None for one that has more to it than request and response.

    Digesting in the thread that has it costs less than two threads that take turns at the interpreter for every
    digest. Compressing what is not small is left to the writing thread, which knows by then whether the payload is new,
    and so is all of a response in a file, and of one that is not small and has transfer codings: the crawl could stand
    still meanwhile. Raises ``OSError``.
    """
    if exchange.response is None or exchange.interim:
        return None
    if exchange.tls and exchange.tls.chain and drafts.chain_urn(exchange.tls.chain) not in warcinfo.chains:
        return None
    if exchange.request.seek(0, io.SEEK_END) > AT_ONCE:
        return None
    record_id, used = new_id(), warcinfo.id
    common = drafts.common_fields(exchange.started_at, exchange.url, used)
    why = drafts.metadata_draft(exchange, common, record_id).member()
    asked = drafts.request_draft(exchange, common, record_id).member()
    prepared = Prepared(exchange, record_id, used, why + asked)
    if _is_quick(exchange.response):
        message = prepared.read()
        if message.length <= AT_ONCE and not prepared.confirms:
            prepared.response = drafts.response_draft(exchange, common, message, record_id).member()
    return prepared


def _is_quick(response: BinaryIO) -> bool:
    """Whether a response is read in a few milliseconds; in some tens where a server makes it as dear as it can."""
    size = response.seek(0, io.SEEK_END)
    if size <= AT_ONCE or size > SMALL or not isinstance(response, io.BytesIO):
        return size <= AT_ONCE
    block = response.getvalue()
    end = split_head(block)
    return end is not None and b"transfer-encoding" not in block[:end].lower()


def ready_exchange(
    exchange: Exchange,
    ledger: Ledger,
    warcinfo: Warcinfo,
    payloads: Payloads | None = None,
    message: Message | None = None,
) -> Write:
    """The records of an exchange; ``payloads`` are those of the collections beside, where these may be referred to.

    ``message`` is its response, where that was read already. Raises where its files cannot be read.
    """
    common = drafts.common_fields(exchange.started_at, exchange.url, warcinfo.id)
    if exchange.response is None:
        return _ready_request(exchange, common, ledger)
    message = message or read_message(exchange.response)
    record_id = new_id()
    original, profile = _original(exchange, message, ledger, payloads)
    if original is None:
        response = drafts.response_draft(exchange, common, message, record_id)
    else:
        refers_to = (
            f"WARC-Refers-To: <{original.id}>\r\n{line('WARC-Refers-To-Target-URI', target(original.url))}"
            f"WARC-Refers-To-Date: {format_date(original.moment)}\r\n"
        )
        response = drafts.revisit_draft(
            exchange, common, message, record_id,
            profile=profile, refers_to=refers_to, payload=original.payload_digest or "",
        )  # fmt: skip
    before = [drafts.interim_draft(exchange, warcinfo.id, record_id)] if exchange.interim else []
    before += _certificates(exchange, record_id, warcinfo)
    before.append(drafts.metadata_draft(exchange, common, record_id))
    before.append(drafts.request_draft(exchange, common, record_id))

    def write(writer: WarcWriter) -> Recorded:
        first, *_ = [draft.append_to(writer) for draft in before]
        place = response.append_to(writer)
        row = _row(exchange, message, record_id, place, first.offset, original, profile)
        ledger.add(row)
        return recorded(row, exchange.outcome)

    return write


def _certificates(exchange: Exchange, record_id: str, warcinfo: Warcinfo) -> list[drafts.Draft]:
    """The peer's certificates, once in a file."""
    chain = exchange.tls.chain if exchange.tls else ()
    if not chain or (urn := drafts.chain_urn(chain)) in warcinfo.chains:
        return []
    warcinfo.chains.add(urn)
    return [drafts.chain_draft(exchange, warcinfo.id, record_id)]


def _ready_request(exchange: Exchange, common: str, ledger: Ledger) -> Write:
    request = drafts.request_draft(exchange, common, None)
    metadata = drafts.metadata_draft(exchange, common, request.id)

    def write(writer: WarcWriter) -> Recorded:
        metadata.append_to(writer)
        place = request.append_to(writer)
        message = exchange.outcome_reason or "no byte of a response came"
        ledger.fail(Failure(exchange.url, exchange.started_at, exchange.purpose, exchange.outcome, message))
        ref = RecordRef(place.warc, place.offset, place.length, request.id)
        return Recorded(ref, exchange.started_at, exchange.outcome, "", revisit=False)

    return write


def ready_resource(
    url: str, data: bytes | BinaryIO, content_type: str, when: datetime, ledger: Ledger, warcinfo: Warcinfo
) -> Write:
    """A resource record."""
    common = drafts.common_fields(when, url, warcinfo.id)
    draft = drafts.resource_draft(common, data, content_type)

    def write(writer: WarcWriter) -> Recorded:
        place = draft.append_to(writer)
        row = Row(
            id=draft.id, warc=place.warc, offset=place.offset, length=place.length,
            first=place.offset, span=place.length, type="resource", url=url, urlkey=surt(url),
            captured_at=to_micros(when), status=None, mime=media_type(content_type),
            payload_digest=draft.digest, payload_length=draft.length, truncated=None, refers_to=None,
        )  # fmt: skip
        ledger.add(row)
        return recorded(row)

    return write


def ready_metadata(url: str, data: bytes, content_type: str, when: datetime, about: str, warcinfo: Warcinfo) -> Write:
    """A metadata record on the record whose id is ``about``; it is no capture, and so in no ledger."""
    common = drafts.common_fields(when, url, warcinfo.id)
    draft = drafts.described_draft(common, data, content_type, about)

    def write(writer: WarcWriter) -> RecordRef:
        place = draft.append_to(writer)
        return RecordRef(place.warc, place.offset, place.length, draft.id)

    return write


def ready_copy(exchange: RawExchange, ledger: Ledger, warcinfo: Warcinfo) -> Write:
    """The records of a capture of another archive, member by member; nothing where they were copied before."""
    row = exchange.row

    def write(writer: WarcWriter) -> Recorded:
        if known := ledger.get(row.id):
            return recorded(known)
        about = exchange.warcinfo
        if about is not None and about.id not in warcinfo.copied:
            warcinfo.copied.add(about.id)
            _copy(writer, about)
        places = {record.id: _copy(writer, record) for record in exchange.records}
        first, last = next(iter(places.values())), list(places.values())[-1]
        place = places[row.id]
        there = row._replace(
            warc=place.warc, offset=place.offset, length=place.length,
            first=first.offset, span=last.offset + last.length - first.offset,
        )  # fmt: skip
        ledger.add(there)
        return recorded(there)

    return write


def recorded(row: Row, outcome: Outcome | None = None) -> Recorded:
    """What a ledger's row says of an exchange; where no outcome was noted, what its status says."""
    if outcome is None:
        outcome = Outcome(row.outcome) if row.outcome else _by_status(row.status)
    return Recorded(row.ref, row.moment, outcome, row.payload_digest or "", row.type == "revisit")


def _by_status(status: int | None) -> Outcome:
    if status is None or 200 <= status < 300:
        return Outcome.OK
    if status == 304:
        return Outcome.NOT_MODIFIED
    if status in (401, 403, 429, 451):
        return Outcome.BLOCKED
    if status in (404, 410):
        return Outcome.GONE
    return Outcome.REDIRECT if status < 400 else Outcome.CLIENT_ERROR if status < 500 else Outcome.SERVER_ERROR


def _original(
    exchange: Exchange, message: Message, ledger: Ledger, payloads: Payloads | None
) -> tuple[Row | None, str]:
    """The earlier capture that a response repeats, and the profile of the revisit it becomes; None where it is new."""
    if message.head is None or exchange.truncated or message.payload_digest is None:
        return None, ""
    if message.head.status == 304:
        return _validated(exchange, message, ledger), drafts.NOT_MODIFIED
    if message.payload_length < REVISIT_FROM:
        return None, ""
    known = ledger.with_payload(message.payload_digest)
    if known is None and payloads and (elsewhere := payloads.find(message.payload_digest)):
        known = elsewhere[1]
    return known, drafts.IDENTICAL


def _validated(exchange: Exchange, message: Message, ledger: Ledger) -> Row | None:
    """The capture whose validator the server confirmed: the one the request named, and no other."""
    request = read_message(exchange.request).head
    if request is None:
        return None
    tags = {tag.strip().removeprefix("W/") for tag in ",".join(request.get_all("if-none-match")).split(",")} - {""}
    since = request.get("if-modified-since")
    for row in ledger.of_url(surt(exchange.url)):
        if row.status != 200 or row.truncated or row.url != exchange.url:
            continue
        same = (row.etag or "").removeprefix("W/") in tags if tags else since is not None and row.last_modified == since
        if same:
            return row if row.type == "response" else ledger.get(row.refers_to or "")
    return None


def _row(
    exchange: Exchange, message: Message, record_id: str, place: Place, first: int, original: Row | None, profile: str
) -> Row:
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


def _copy(writer: WarcWriter, record: RawRecord) -> Place:
    return writer.append_pieces(record.pieces() if record.member else gzip_pieces(record.pieces()))
