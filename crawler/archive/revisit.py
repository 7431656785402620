"""What a revisit leaves to an earlier capture, and to which: the payload, and with a 304 fields it does not repeat."""

from __future__ import annotations

from crawler.archive.digested import Message, read_message
from crawler.archive.drafts import IDENTICAL, NOT_MODIFIED
from crawler.archive.http_head import Head
from crawler.archive.ledger import Ledger
from crawler.archive.payloads import Payloads
from crawler.archive.row import Row
from crawler.archive.surt import surt
from crawler.model import Exchange

Fields = tuple[tuple[str, str], ...]
"""Names and values of an HTTP head, in its order."""

REVISIT_FROM = 128
"""Payloads of fewer bytes are stored again: a reference would take more room than they do."""
_NOT_FROM_304 = frozenset({"content-encoding", "content-length", "transfer-encoding", "content-range", "content-type"})


def payload_holder(index: Ledger, row: Row) -> Row | None:
    """The capture in ``index`` that holds the payload of the revisit ``row``; None where none does.

    By the record it refers to, else by URI and date, else by the payload digest alone (WARC 1.1, section 6.7).
    """
    if row.refers_to and (original := index.get(row.refers_to)) and original.type != "revisit":
        return original
    if row.refers_to_url:
        at = row.captured_at if row.refers_to_date is None else row.refers_to_date
        for other in index.nearest(surt(row.refers_to_url), at):
            if other.type != "revisit" and row.payload_digest in (None, other.payload_digest):
                return other
    return index.with_payload(row.payload_digest) if row.payload_digest else None


def fields_of(http: Head | None) -> Fields:
    """The fields of an HTTP head; none where there is no head."""
    if http is None:
        return ()
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in http.fields)


def updated(stored: Fields, fresh: Fields) -> Fields:
    """The fields of a ``stored`` response after a 304 with those of ``fresh`` (RFC 9111, section 3.2)."""
    kept = tuple((name, value) for name, value in fresh if name.lower() not in _NOT_FROM_304)
    replaced = {name.lower() for name, _ in kept}
    return tuple((name, value) for name, value in stored if name.lower() not in replaced) + kept


def original_of(
    exchange: Exchange, message: Message, ledger: Ledger, payloads: Payloads | None
) -> tuple[Row | None, str]:
    """The earlier capture that a response repeats, and the profile of the revisit it becomes; None where it is new."""
    if message.head is None or exchange.truncated or message.payload_digest is None:
        return None, ""
    if message.head.status == 304:
        return _validated(exchange, message, ledger), NOT_MODIFIED
    if message.payload_length < REVISIT_FROM:
        return None, ""
    known = ledger.with_payload(message.payload_digest)
    if known is None and payloads and (elsewhere := payloads.find(message.payload_digest)):
        known = elsewhere[1]
    return known, IDENTICAL


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
