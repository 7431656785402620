"""An exchange made ready by the thread that hands it over, as the records it becomes if its payload is new."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from crawler.archive import drafts
from crawler.archive.digested import SMALL, Message, read_message
from crawler.archive.http_head import split_head
from crawler.archive.ledger import Ledger
from crawler.archive.recorded import Recorded, row_of
from crawler.archive.revisit import REVISIT_FROM
from crawler.archive.warc import new_id
from crawler.archive.warcinfo import Warcinfo
from crawler.archive.writer import WarcWriter
from crawler.model import Exchange, RecordRef

AT_ONCE = 1 << 15
"""Bytes of any message up to which its member is made by the thread that hands it over."""


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
        ledger.add(row_of(self.exchange, message, self.record_id, place, first.offset, None, ""))
        ref = RecordRef(*place, self.record_id)
        told, digest = self.exchange, message.payload_digest or ""
        return Recorded(ref, told.started_at, told.outcome, digest, False, told.outcome_reason)


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
