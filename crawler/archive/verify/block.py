"""The block of a record read once: its digests worked out, and what is in it held against what the head says.

A payload digest is that of the body with the transfer coding removed and the content coding kept (WARC 1.1, sections
5.9 and 6.3.2), of nothing else. Writers that digest the body with its chunking kept get a code of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crawler.archive.digested import media_type
from crawler.archive.verify.digests import Digest, DigestError, new_state, parse_digest, spelt
from crawler.archive.verify.finding import Teller
from crawler.archive.verify.http import HttpReader, odd_lines
from crawler.archive.verify.records import StrictRecord
from crawler.model.counted import counted

_WITHOUT_BODY = frozenset({204, 304})
_FIELDS_LIMIT = 1 << 20
"""Bytes of an ``application/warc-fields`` block that are kept to be read."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a block turned out to hold."""

    status: int | None
    mime: str | None
    """As the HTTP head, or for a resource the record's, claims it."""
    method: str | None
    payload: str | None
    """The payload digest as stated, in one spelling, where it could be read."""


class _States:
    """Digests worked out as the bytes come."""

    def __init__(self, digest: Digest | None) -> None:
        self.wanted = digest
        self.state: Any = new_state(digest.algorithm) if digest else None

    def update(self, piece: bytes) -> None:
        if self.state is not None:
            self.state.update(piece)

    @property
    def right(self) -> bool:
        return self.wanted is None or self.state.digest() == self.wanted.value

    @property
    def of_nothing(self) -> bool:
        """Whether the digest that is wanted is that of no byte."""
        if self.wanted is None:
            return False
        return bool(new_state(self.wanted.algorithm).digest() == self.wanted.value)

    @property
    def found(self) -> str:
        return spelt(self.wanted.algorithm, self.state.digest()) if self.wanted else ""


def read_block(record: StrictRecord, teller: Teller) -> Contents:
    """Read a block to its end and tell what is wrong with it. Raises ``Fault`` where it can't be read."""
    head = record.head
    block = _States(_stated(head.text("WARC-Block-Digest")))
    payload = _States(_stated(head.text("WARC-Payload-Digest")))
    raw_body = _States(payload.wanted)
    media = media_type(head.text("Content-Type"))
    if media == "application/http":
        contents = _read_http(record, teller, block, payload, raw_body)
    else:
        kept = _read_plain(record, (block, payload), _FIELDS_LIMIT if media == "application/warc-fields" else 0)
        if kept:
            _check_warc_fields(kept, teller)
        if head.type in ("response", "resource", "conversion") and not payload.right:
            _tell_payload(record, teller, payload, None, "")
        mime = media if head.type == "resource" else None
        contents = Contents(None, mime, None, _spelling(payload))
    if not block.right and head.type == "revisit" and block.of_nothing:
        teller.tell("block-digest-empty", "WARC-Block-Digest is that of no byte at all, where a block is")
    elif not block.right:
        teller.tell("block-digest", f"the block has {block.found}, WARC-Block-Digest says {_said(block)}")
    return contents


def _read_plain(record: StrictRecord, states: Iterable[_States], keep: int) -> bytes:
    kept = b""
    for piece in record.pieces():
        for state in states:
            state.update(piece)
        if len(kept) < keep:
            kept += piece
    return kept


def _read_http(record: StrictRecord, teller: Teller, block: _States, payload: _States, raw_body: _States) -> Contents:
    reader = HttpReader(payload.update, raw_body.update)
    for piece in record.pieces():
        block.update(piece)
        reader.feed(piece)
    reader.finish()
    kind = record.head.type
    if reader.head is None:
        if record.block_length or kind != "revisit":
            teller.tell("http-start-line", f"the block of a {kind} record begins with no HTTP message")
        if kind in ("request", "response") and not payload.right:
            _tell_payload(record, teller, payload, None, "")
        return Contents(None, None, None, _spelling(payload))
    status, method = reader.head.status, reader.head.method
    if (kind in ("response", "revisit") and status is None) or (kind == "request" and method is None):
        teller.tell("http-start-line", f"a {kind} record holds an HTTP {'request' if status is None else 'response'}")
    if kind in ("response", "request"):
        _check_http(record, teller, reader)
        _check_payload(record, teller, reader, payload, raw_body)
    mime = media_type(reader.head.get("content-type"))
    return Contents(status, mime, method, _spelling(payload))


def _check_http(record: StrictRecord, teller: Teller, reader: HttpReader) -> None:
    assert reader.head is not None
    truncated = record.head.text("WARC-Truncated") is not None
    if not reader.closed:
        if not truncated:
            teller.tell("http-head-open", "no empty line ends the HTTP head")
        return
    if odd := odd_lines(reader.raw_head):
        teller.tell_once("http-head-odd", f"the HTTP head is as its sender wrote it: {odd}")
    chunked = reader.chunked
    if chunked is not None:
        if chunked.never and reader.body_length:
            teller.tell_once("http-not-chunked", "the HTTP head says chunked, and the body is not")
        elif chunked.problem and reader.body_length and not truncated:
            teller.tell("http-chunks", chunked.problem)
        return
    said = reader.head.get("content-length")
    if said is None or truncated or reader.head.status in _WITHOUT_BODY or (reader.head.status or 200) < 200:
        return
    if not (said.isascii() and said.isdigit()):
        return
    if int(said[:18]) != reader.body_length and (reader.body_length or reader.head.method):
        teller.tell(
            "http-length",
            f"the body is {counted(reader.body_length, 'byte')} long, its Content-Length says {said[:18]}",
        )


def _check_payload(
    record: StrictRecord, teller: Teller, reader: HttpReader, payload: _States, raw_body: _States
) -> None:
    if payload.wanted is None:
        return
    if record.head.text("WARC-Segment-Number"):
        teller.tell_once("payload-segmented", "the payload of a segmented record is not put together to be digested")
        return
    assert reader.head is not None
    codings = [coding for coding in reader.head.tokens("transfer-encoding") if coding != "chunked"]
    if codings:
        teller.tell_once(
            "payload-coded", f"the payload digest of a body with transfer coding {codings[0]} is not checked"
        )
        return
    if payload.right:
        return
    if raw_body.right:
        teller.tell(
            "payload-digest-chunked",
            f"WARC-Payload-Digest is that of the body with its chunks; without them it is {payload.found}",
        )
        return
    problem = f" ({reader.chunked.problem})" if reader.chunked and reader.chunked.problem else ""
    _tell_payload(record, teller, payload, raw_body, problem)


def _tell_payload(
    record: StrictRecord, teller: Teller, payload: _States, raw_body: _States | None, problem: str
) -> None:
    if record.head.text("WARC-Segment-Number"):
        teller.tell_once("payload-segmented", "the payload of a segmented record is not put together to be digested")
        return
    teller.tell(
        "payload-digest", f"the payload has {payload.found}{problem}, WARC-Payload-Digest says {_said(payload)}"
    )


def _check_warc_fields(block: bytes, teller: Teller) -> None:
    """WARC 1.1, section 4: named fields, a line each, and perhaps empty lines behind them."""
    if len(block) >= _FIELDS_LIMIT:
        return
    for line in block.rstrip(b"\r\n\0").split(b"\n"):
        if line[:1] in (b" ", b"\t") or not line.strip():
            continue
        if b":" not in line:
            teller.tell_once("warc-fields-syntax", f"a line of a warc-fields block has no colon: {line[:60]!r}")
            return


def _stated(text: str | None) -> Digest | None:
    try:
        return parse_digest(text) if text else None
    except DigestError:
        return None  # told when the head was read


def _said(states: _States) -> str:
    return spelt(states.wanted.algorithm, states.wanted.value) if states.wanted else ""


def _spelling(payload: _States) -> str | None:
    return _said(payload) or None
