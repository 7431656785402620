"""What the writing thread makes ready: an exchange, a resource, metadata or a copy, as records and the ledger's row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from crawler.archive import drafts
from crawler.archive.digested import Message, media_type, read_message
from crawler.archive.ledger import Ledger
from crawler.archive.payloads import Payloads
from crawler.archive.raw import RawExchange, RawRecord
from crawler.archive.recorded import Recorded, recorded, row_of
from crawler.archive.revisit import original_of
from crawler.archive.row import Row, to_micros
from crawler.archive.surt import surt
from crawler.archive.warc import format_date, line, new_id, target
from crawler.archive.warcinfo import Warcinfo
from crawler.archive.writer import Place, WarcWriter, gzip_pieces
from crawler.model import Exchange, Failure, RecordRef

Write = Callable[[WarcWriter], object]
"""Writes what was made ready, and gives what the one who waits is told."""


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
    original, profile = original_of(exchange, message, ledger, payloads)
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
    certificates = _certificates(exchange, record_id, warcinfo)
    before += certificates
    before.append(drafts.metadata_draft(exchange, common, record_id))
    before.append(drafts.request_draft(exchange, common, record_id))

    def write(writer: WarcWriter) -> Recorded:
        if certificates and exchange.tls:
            warcinfo.chains.add(drafts.chain_urn(exchange.tls.chain))
        first, *_ = [draft.append_to(writer) for draft in before]
        place = response.append_to(writer)
        row = row_of(exchange, message, record_id, place, first.offset, original, profile)
        ledger.add(row)
        return recorded(row, exchange.outcome)

    return write


def _certificates(exchange: Exchange, record_id: str, warcinfo: Warcinfo) -> list[drafts.Draft]:
    """The peer's certificates, once in a file."""
    chain = exchange.tls.chain if exchange.tls else ()
    if not chain or drafts.chain_urn(chain) in warcinfo.chains:
        return []
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
        return Recorded(ref, exchange.started_at, exchange.outcome, "", False, exchange.outcome_reason)

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


def _copy(writer: WarcWriter, record: RawRecord) -> Place:
    return writer.append_pieces(record.pieces() if record.member else gzip_pieces(record.pieces()))
