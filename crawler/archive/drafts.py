"""An exchange as the WARC records it becomes: digests, fields and blocks, ready to be written.

Order: interim heads, metadata, request, response. So a reader that goes through a file once knows why a response was
fetched when it meets it, and request and response lie side by side for tools that pair neighbours.
"""

from __future__ import annotations

import hashlib
import textwrap
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import BinaryIO

from crawler.archive.digest import digest, digest_pieces
from crawler.archive.digested import Message, read_request
from crawler.archive.message import Head
from crawler.archive.sniff import SNIFFED, sniff
from crawler.archive.warc import END, build_head, format_date, new_id, target, warc_fields
from crawler.archive.writer import Place, WarcWriter, gzip_member, gzip_pieces, pieces_of
from crawler.model import Exchange, Role

RESPONSE = "application/http; msgtype=response"
REQUEST = "application/http; msgtype=request"
FIELDS = "application/warc-fields"
CERTIFICATES = "application/pem-certificate-chain"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written: its fields but for Content-Length, and its block."""

    id: str
    fields: Fields
    block: bytes | BinaryIO
    length: int

    @property
    def head(self) -> bytes:
        """The fields as they are written, with the empty line."""
        return build_head([*self.fields, ("Content-Length", str(self.length))])

    def member(self) -> bytes:
        """The record, whose block is in memory, as one gzip member."""
        assert isinstance(self.block, bytes)
        return gzip_member(b"".join((self.head, self.block, END)))

    def append_to(self, writer: WarcWriter) -> Place:
        """Write the record as one gzip member; a block in a file is never held whole."""
        if isinstance(self.block, bytes):
            return writer.append(self.member())
        self.block.seek(0)
        return writer.append_pieces(gzip_pieces(chain((self.head,), pieces_of(self.block), (END,))))


def common_fields(exchange: Exchange, warcinfo: str) -> Fields:
    """The fields that all records of an exchange share."""
    return [
        ("WARC-Date", format_date(exchange.started_at)),
        ("WARC-Target-URI", target(exchange.url)),
        ("WARC-Warcinfo-ID", f"<{warcinfo}>"),
    ]


def _connection_fields(exchange: Exchange, head: Head | None) -> Fields:
    fields: Fields = []
    if exchange.address:
        fields.append(("WARC-IP-Address", exchange.address))
    if head and head.version:
        fields.append(("WARC-Protocol", f"http/{head.version}"))
    if exchange.tls:
        fields.append(("WARC-Protocol", exchange.tls.protocol))
        fields.append(("WARC-Cipher-Suite", exchange.tls.cipher))
    return fields


def _digests(message: Message) -> Fields:
    fields = [("WARC-Block-Digest", message.block_digest)]
    if message.payload_digest:
        fields.append(("WARC-Payload-Digest", message.payload_digest))
    return fields


def request_draft(exchange: Exchange, common: Fields, concurrent_to: str | None) -> Draft:
    """The request as it was sent."""
    message = read_request(exchange.request)
    fields = _start("request", REQUEST if message.head else "application/octet-stream")
    fields += common + _connection_fields(exchange, message.head)
    if concurrent_to:
        fields.append(("WARC-Concurrent-To", f"<{concurrent_to}>"))
    if not message.payload_length:
        message = replace(message, payload_digest=None)
    return _draft(fields + _digests(message), message.block, message.length)


_UNCERTAIN = frozenset({"text/plain", "application/octet-stream"})


def response_draft(exchange: Exchange, common: Fields, message: Message, record_id: str) -> Draft:
    """The response as it was received."""
    fields = _start("response", RESPONSE if message.head else "application/octet-stream", record_id)
    fields += common + _connection_fields(exchange, message.head) + _digests(message)
    fields += _identified(message.kind)
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    return _draft(fields, message.block, message.length)


def revisit_draft(
    exchange: Exchange,
    common: Fields,
    message: Message,
    record_id: str,
    *,
    profile: str,
    refers_to: Fields,
    digest_of: str,
) -> Draft:
    """A response whose payload an earlier record holds: the head, and where the payload is (sections 6.7.2, 6.7.3)."""
    identical = profile == IDENTICAL
    fields = _start("revisit", RESPONSE, record_id)
    fields += common + _connection_fields(exchange, message.head)
    fields += [("WARC-Profile", profile), *refers_to]
    block = message.raw_head if identical else message.block
    length = len(block) if isinstance(block, bytes) else message.length
    fields.append(("WARC-Block-Digest", digest(block) if isinstance(block, bytes) else message.block_digest))
    fields.append(("WARC-Payload-Digest", digest_of))
    if identical:
        fields += _identified(message.kind)
        fields.append(("WARC-Truncated", "length"))
    return _draft(fields, block, length)


def metadata_draft(exchange: Exchange, common: Fields, concurrent_to: str) -> Draft:
    """Why it was fetched, and how it ended."""
    block = warc_fields(_metadata(exchange))
    fields = [*_start("metadata", FIELDS), *common, ("WARC-Concurrent-To", f"<{concurrent_to}>")]
    return _draft([*fields, ("WARC-Block-Digest", digest(block))], block, len(block))


def interim_draft(exchange: Exchange, common: Fields, concurrent_to: str) -> Draft:
    """The heads of 1xx responses, under a URN of their own so that no index takes them for the page."""
    block = b"".join(exchange.interim)
    named = [(name, f"urn:interim:{value}" if name == "WARC-Target-URI" else value) for name, value in common]
    fields = [*_start("metadata", RESPONSE), *named, ("WARC-Concurrent-To", f"<{concurrent_to}>")]
    return _draft([*fields, ("WARC-Block-Digest", digest(block))], block, len(block))


def chain_urn(chain: Sequence[bytes]) -> str:
    """What a chain of certificates (DER, leaf first) is called in an archive."""
    return "urn:certificates:" + digest(b"".join(chain))


def chain_draft(exchange: Exchange, common: Fields, concurrent_to: str) -> Draft:
    """The certificates that the peer of an exchange showed, in PEM (RFC 7468), leaf first."""
    assert exchange.tls is not None
    block = b"".join(map(_pem, exchange.tls.chain))
    named = [(name, chain_urn(exchange.tls.chain) if name == "WARC-Target-URI" else value) for name, value in common]
    fields = [*_start("metadata", CERTIFICATES), *named, ("WARC-Concurrent-To", f"<{concurrent_to}>")]
    return _draft([*fields, ("WARC-Block-Digest", digest(block))], block, len(block))


def _pem(certificate: bytes) -> bytes:
    lines = textwrap.wrap(b64encode(certificate).decode(), 64)
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""]).encode()


def resource_draft(common: Fields, block: bytes | BinaryIO, content_type: str) -> Draft:
    """A thing that was made, not fetched: a text, a picture of a page."""
    if isinstance(block, bytes):
        block_digest, length, start = digest(block), len(block), block[:SNIFFED]
    else:
        block.seek(0)
        block_digest, length = digest_pieces(pieces_of(block))
        block.seek(0)
        start = block.read(SNIFFED)
    fields = [*_start("resource", content_type), *common]
    fields += [("WARC-Block-Digest", block_digest), ("WARC-Payload-Digest", block_digest)]
    fields += _identified(sniff(start))
    return _draft(fields, block, length)


def described_draft(common: Fields, block: bytes, content_type: str, about: str) -> Draft:
    """What is said of another record, ``about`` being its id (section 6.5)."""
    fields = [*_start("metadata", content_type), *common, ("WARC-Refers-To", f"<{about}>")]
    return _draft([*fields, ("WARC-Block-Digest", digest(block))], block, len(block))


def _identified(kind: str | None) -> Fields:
    """What the bytes show to be certain of.

    That nothing but text was seen is not said: ReplayWeb.page 2.5 sends a body as this type, whatever Content-Type
    says, and browsers refuse a style sheet that comes as plain text (seen 2026-11-22).
    """
    return [("WARC-Identified-Payload-Type", kind)] if kind and kind not in _UNCERTAIN else []


def warcinfo_record(record_id: str, name: str, date: str, described: Fields) -> bytes:
    """The record a file begins with, as its bytes."""
    block = warc_fields(described)
    fields = [*_start("warcinfo", FIELDS, record_id), ("WARC-Date", date), ("WARC-Filename", name)]
    fields += [("WARC-Block-Digest", digest(block)), ("Content-Length", str(len(block)))]
    return b"".join((build_head(fields), block, END))


def _start(kind: str, content_type: str, record_id: str | None = None) -> Fields:
    return [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{record_id or new_id()}>"),
        ("Content-Type", content_type),
    ]


def _draft(fields: Fields, block: bytes | BinaryIO, length: int) -> Draft:
    return Draft(fields[1][1][1:-1], fields, block, length)


_LAST_HOP = {Role.IMAGE: "E", Role.REQUISITE: "E", Role.ROBOTS: "P"}


def _metadata(exchange: Exchange) -> Fields:
    why = exchange.purpose
    fields: Fields = [("role", why.role.value)]
    if why.via:
        fields.append(("via", why.via))
    if why.hops > 0:
        fields.append(("hopsFromSeed", "L" * (why.hops - 1) + _LAST_HOP.get(why.role, "L")))
    if why.story:
        fields.append(("story", why.story))
    if why.because:
        fields.append(("because", why.because))
    fields.append(("outcome", exchange.outcome.value))
    if exchange.outcome_reason:
        fields.append(("outcomeReason", exchange.outcome_reason))
    if exchange.tls:
        fields.append(("tlsVerified", "true" if exchange.tls.verified else "false"))
        if exchange.tls.error:
            fields.append(("tlsError", exchange.tls.error))
        if exchange.tls.chain:
            fields.append(("tlsLeafCertificate", "sha256:" + hashlib.sha256(exchange.tls.chain[0]).hexdigest()))
            fields.append(("tlsCertificateChain", chain_urn(exchange.tls.chain)))
    if exchange.resolved:
        fields.append(("resolvedAddresses", " ".join(exchange.resolved)))
    if exchange.robots:
        fields.append(("robots", exchange.robots))
    if exchange.masked:
        fields.append(("masked", " ".join(exchange.masked)))
    if exchange.finished_at:
        milliseconds = (exchange.finished_at - exchange.started_at).total_seconds() * 1000
        fields.append(("fetchTimeMs", str(round(milliseconds))))
    return fields
