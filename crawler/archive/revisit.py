"""What a revisit leaves to an earlier capture: the payload, and with a 304 the fields that it does not repeat."""

from __future__ import annotations

from crawler.archive.http_head import Head
from crawler.archive.ledger import Ledger
from crawler.archive.row import Row
from crawler.archive.surt import surt

Fields = tuple[tuple[str, str], ...]
"""Names and values of an HTTP head, in its order."""

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
