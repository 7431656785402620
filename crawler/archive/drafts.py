"""An exchange as the WARC records it becomes: digests, fields and blocks, ready to be written.

Order: interim heads, metadata, request, response. So a reader that goes through a file once knows why a response was
fetched when it meets it, and request and response lie side by side for tools that pair neighbours.
"""

from __future__ import annotations

import hashlib
import textwrap
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import BinaryIO, NamedTuple

from crawler.archive.digest import digest, digest_pieces, pieces_of
from crawler.archive.digested import Message, read_request
from crawler.archive.http_head import Head
from crawler.archive.sniff import SNIFFED, sniff
from crawler.archive.warc import END, build_head, format_date, line, new_id, target, warc_fields
from crawler.archive.writer import Place, WarcWriter, gzip_member, gzip_pieces
from crawler.model import Exchange, Role

RESPONSE = "application/http; msgtype=response"
REQUEST = "application/http; msgtype=request"
FIELDS = "application/warc-fields"
CERTIFICATES = "application/pem-certificate-chain"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class Draft(NamedTuple):
    """A record to be written."""

    id: str
    fields: str
    """Its named fields as lines, but for Content-Length and the digest of the block."""
    block: bytes | BinaryIO
    length: int
    digest: str
    """Of the block."""

    @property
    def head(self) -> bytes:
        """The fields as they are written, with the empty line."""
        return build_head(f"{self.fields}WARC-Block-Digest: {self.digest}\r\nContent-Length: {self.length}\r\n")

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


def common_fields(when: datetime, url: str, warcinfo: str) -> str:
    """The fields that all records of an exchange share, as lines: made once for all of them."""
    return f"WARC-Date: {format_date(when)}\r\n{line('WARC-Target-URI', target(url))}WARC-Warcinfo-ID: <{warcinfo}>\r\n"


def _connection_fields(exchange: Exchange, head: Head | None) -> str:
    fields = line("WARC-IP-Address", exchange.address) if exchange.address else ""
    if head and head.version:
        fields += f"WARC-Protocol: http/{head.version}\r\n"
    if exchange.tls:
        fields += line("WARC-Protocol", exchange.tls.protocol) + line("WARC-Cipher-Suite", exchange.tls.cipher)
    return fields


def request_draft(exchange: Exchange, common: str, concurrent_to: str | None) -> Draft:
    """The request as it was sent."""
    message = read_request(exchange.request)
    record_id = new_id()
    fields = _start("request", REQUEST if message.head else "application/octet-stream", record_id)
    fields += common + _connection_fields(exchange, message.head)
    if concurrent_to:
        fields += f"WARC-Concurrent-To: <{concurrent_to}>\r\n"
    if message.payload_digest and message.payload_length:
        fields += f"WARC-Payload-Digest: {message.payload_digest}\r\n"
    return Draft(record_id, fields, message.block, message.length, message.block_digest)


_UNCERTAIN = frozenset({"text/plain", "application/octet-stream"})


def response_draft(exchange: Exchange, common: str, message: Message, record_id: str) -> Draft:
    """The response as it was received."""
    fields = _start("response", RESPONSE if message.head else "application/octet-stream", record_id)
    fields += common + _connection_fields(exchange, message.head)
    if message.payload_digest:
        fields += f"WARC-Payload-Digest: {message.payload_digest}\r\n"
    fields += _identified(message.kind)
    if exchange.truncated:
        fields += f"WARC-Truncated: {exchange.truncated}\r\n"
    return Draft(record_id, fields, message.block, message.length, message.block_digest)


def revisit_draft(
    exchange: Exchange, common: str, message: Message, record_id: str, *, profile: str, refers_to: str, payload: str
) -> Draft:
    """A response whose payload an earlier record holds: the head, and where it is (sections 6.7.2, 6.7.3).

    ``refers_to`` is that record's place as lines, ``payload`` the digest of its payload.
    """
    identical = profile == IDENTICAL
    fields = _start("revisit", RESPONSE, record_id)
    fields += f"{common}{_connection_fields(exchange, message.head)}WARC-Profile: {profile}\r\n{refers_to}"
    fields += f"WARC-Payload-Digest: {payload}\r\n"
    block = message.raw_head if identical else message.block
    if identical:
        fields += _identified(message.kind) + "WARC-Truncated: length\r\n"
    if isinstance(block, bytes):
        return Draft(record_id, fields, block, len(block), digest(block))
    return Draft(record_id, fields, block, message.length, message.block_digest)


def metadata_draft(exchange: Exchange, common: str, concurrent_to: str) -> Draft:
    """Why it was fetched, and how it ended."""
    return _metadata_record(FIELDS, _metadata(exchange), f"{common}WARC-Concurrent-To: <{concurrent_to}>\r\n")


def interim_draft(exchange: Exchange, warcinfo: str, concurrent_to: str) -> Draft:
    """The heads of 1xx responses, under a URN of their own so that no index takes them for the page."""
    common = common_fields(exchange.started_at, f"urn:interim:{target(exchange.url)}", warcinfo)
    block = b"".join(exchange.interim)
    return _metadata_record(RESPONSE, block, f"{common}WARC-Concurrent-To: <{concurrent_to}>\r\n")


def chain_urn(chain: Sequence[bytes]) -> str:
    """What a chain of certificates (DER, leaf first) is called in an archive."""
    return "urn:certificates:" + digest(b"".join(chain))


def chain_draft(exchange: Exchange, warcinfo: str, concurrent_to: str) -> Draft:
    """The certificates that the peer of an exchange showed, in PEM (RFC 7468), leaf first."""
    assert exchange.tls is not None
    common = common_fields(exchange.started_at, chain_urn(exchange.tls.chain), warcinfo)
    block = b"".join(map(_pem, exchange.tls.chain))
    return _metadata_record(CERTIFICATES, block, f"{common}WARC-Concurrent-To: <{concurrent_to}>\r\n")


def _metadata_record(content_type: str, block: bytes, fields: str) -> Draft:
    record_id = new_id()
    return Draft(record_id, _start("metadata", content_type, record_id) + fields, block, len(block), digest(block))


def _pem(certificate: bytes) -> bytes:
    lines = textwrap.wrap(b64encode(certificate).decode(), 64)
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""]).encode()


def resource_draft(common: str, block: bytes | BinaryIO, content_type: str) -> Draft:
    """A thing that was made, not fetched: a text, a picture of a page."""
    if isinstance(block, bytes):
        block_digest, length, start = digest(block), len(block), block[:SNIFFED]
    else:
        block.seek(0)
        block_digest, length = digest_pieces(pieces_of(block))
        block.seek(0)
        start = block.read(SNIFFED)
    record_id = new_id()
    fields = f"{_start('resource', content_type, record_id)}{common}WARC-Payload-Digest: {block_digest}\r\n"
    return Draft(record_id, fields + _identified(sniff(start)), block, length, block_digest)


def described_draft(common: str, block: bytes, content_type: str, about: str) -> Draft:
    """What is said of another record, ``about`` being its id (section 6.5)."""
    return _metadata_record(content_type, block, f"{common}WARC-Refers-To: <{about}>\r\n")


def _identified(kind: str | None) -> str:
    """What the bytes show to be certain of.

    That nothing but text was seen is not said: ReplayWeb.page 2.5 sends a body as this type, whatever Content-Type
    says, and browsers refuse a style sheet that comes as plain text (seen 2026-11-22).
    """
    return f"WARC-Identified-Payload-Type: {kind}\r\n" if kind and kind not in _UNCERTAIN else ""


def warcinfo_record(record_id: str, name: str, date: str, described: Iterable[tuple[str, str]]) -> bytes:
    """The record a file begins with, as its bytes."""
    block = warc_fields(described)
    fields = f"{_start('warcinfo', FIELDS, record_id)}WARC-Date: {date}\r\n{line('WARC-Filename', name)}"
    return b"".join((Draft(record_id, fields, block, len(block), digest(block)).head, block, END))


def _start(kind: str, content_type: str, record_id: str) -> str:
    return f"WARC-Type: {kind}\r\nWARC-Record-ID: <{record_id}>\r\n{line('Content-Type', content_type)}"


_LAST_HOP = {Role.IMAGE: "E", Role.REQUISITE: "E", Role.ROBOTS: "P"}


def _metadata(exchange: Exchange) -> bytes:
    why = exchange.purpose
    fields = [("role", why.role.value)]
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
    return warc_fields(fields)
