"""What records say of one another: pairs of request and response, warcinfo, revisits and what they refer to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.archive.verify.digests import DigestError, parse_digest
from crawler.archive.verify.register import Register
from crawler.archive.verify.segments import check_segments
from crawler.archive.warc import parse_date

_LONGEST_CHAIN = 100
"""Revisits that are followed, from each to the one it refers to, in search of a loop."""


Beside = Callable[[str], tuple[Any, ...] | None]
"""Type, URL, date and payload digest of the record that a revisit, named by its id, refers to in another archive."""


def check_relations(register: Register, beside: Beside | None = None) -> None:
    """Tell of every reference between records that leads nowhere, or to the wrong one.

    ``beside`` looks in the archives beside this one for what revisits refer to.
    """
    _check_ids(register)
    _check_concurrent(register)
    _check_warcinfo(register)
    _check_pairs(register)
    _check_revisits(register, beside)
    _check_loops(register)
    _check_others(register)
    check_segments(register)


def _check_ids(register: Register) -> None:
    for file, offset, record, other, first in register.rows(
        "SELECT file, offset, id, other, first FROM (SELECT file, offset, id, first_value(file) OVER same AS other, "
        "first_value(offset) OVER same AS first, row_number() OVER same AS place FROM records "
        "WHERE id IN (SELECT id FROM records GROUP BY id HAVING count(*) > 1) "
        "WINDOW same AS (PARTITION BY id ORDER BY file, offset, rowid)) WHERE place > 1"
    ):
        where = f"{first}" if other == file else f"{first} of {register.files[other]}"
        register.tell("record-id-duplicate", f"another record has this id, at {where}", file, offset, record)


def _check_concurrent(register: Register) -> None:
    for file, offset, record, target in register.rows(
        "SELECT l.file, l.offset, l.id, l.target FROM links l LEFT JOIN records r ON r.id = l.target "
        "WHERE l.kind = 'concurrent' AND r.id IS NULL"
    ):
        register.tell("concurrent-missing", f"WARC-Concurrent-To: there is no record {target}", file, offset, record)
    for file, offset, record, url, date, other, other_url, other_date in register.rows(
        "SELECT a.file, a.offset, a.id, a.url, a.date, b.id, b.url, b.date FROM links l JOIN records a ON a.id = l.id "
        "AND a.file = l.file AND a.offset = l.offset JOIN records b ON b.id = l.target WHERE l.kind = 'concurrent'"
    ):
        if other == record:
            register.tell("concurrent-self", "WARC-Concurrent-To names the record itself", file, offset, record)
        if date != other_date and not _same_time(date, other_date):
            message = f"its date is {date}, that of the concurrent record {other} is {other_date}"
            register.tell("concurrent-date", message, file, offset, record)
        if url != other_url and _is_web(url) and _is_web(other_url):
            message = f"its URI is {url}, that of the concurrent record {other} is {other_url}"
            register.tell("concurrent-uri", message, file, offset, record)


def _check_warcinfo(register: Register) -> None:
    for file, offset, record, target, kind in register.rows(
        "SELECT l.file, l.offset, l.id, l.target, r.type FROM links l LEFT JOIN records r ON r.id = l.target "
        "WHERE l.kind = 'warcinfo' AND r.type IS NOT 'warcinfo'"
    ):
        if kind is None:
            message = f"WARC-Warcinfo-ID: there is no record {target}"
            register.tell("warcinfo-missing", message, file, offset, record)
        else:
            message = f"WARC-Warcinfo-ID: {target} is a {kind} record"
            register.tell("warcinfo-type", message, file, offset, record)


def _check_pairs(register: Register) -> None:
    """Section 5.7; writers before it was used give the two the same URI and date."""
    for (file,) in list(register.rows("SELECT number FROM files")):
        requests = register.one("SELECT count(*) FROM records WHERE file = ? AND type = 'request'", file)
        responses = register.one(f"SELECT count(*), min(offset) FROM records WHERE file = ? AND {_ANSWER}", file)
        assert requests is not None
        assert responses is not None
        if not requests[0]:
            if responses[0]:
                register.tell("requests-absent", "no requests were recorded", file, responses[1], None)
            continue
        for offset, record in register.rows(
            f"SELECT offset, id FROM records a WHERE file = ? AND {_ANSWER} AND {_ALONE}", file
        ):
            register.tell("response-unpaired", "no request belongs to this response", file, offset, record)
    for file, offset, record, unanswered in register.rows(
        f"SELECT file, offset, id, NOT {_NAMES_ANOTHER} AND EXISTS (SELECT 1 FROM records b WHERE b.file = a.file AND "
        f"b.type = 'request' AND EXISTS (SELECT 1 FROM links l WHERE l.id = b.id AND l.kind = 'concurrent')) "
        f"FROM records a WHERE a.type = 'request' AND a.url LIKE 'http%' AND {_ALONE}"
    ):
        if unanswered:
            register.tell("request-unanswered", "it names no response, as others here do", file, offset, record)
        else:
            register.tell("request-unpaired", "no response belongs to this request", file, offset, record)


_NAMES_ANOTHER = "EXISTS (SELECT 1 FROM links l WHERE l.id = a.id AND l.kind = 'concurrent')"
_ANSWER = "type IN ('response', 'revisit') AND url LIKE 'http%'"
_ALONE = """
NOT EXISTS (SELECT 1 FROM links l JOIN records b ON b.id = l.target WHERE l.id = a.id AND l.kind = 'concurrent'
  AND (b.type = 'request') != (a.type = 'request') AND b.type IN ('request', 'response', 'revisit', 'resource'))
AND NOT EXISTS (SELECT 1 FROM links l JOIN records b ON b.id = l.id WHERE l.target = a.id AND l.kind = 'concurrent'
  AND (b.type = 'request') != (a.type = 'request') AND b.type IN ('request', 'response', 'revisit', 'resource'))
AND NOT EXISTS (SELECT 1 FROM records b WHERE b.url = a.url AND b.date = a.date
  AND (b.type = 'request') != (a.type = 'request') AND b.type IN ('request', 'response', 'revisit', 'resource'))
"""


def _check_revisits(register: Register, beside: Beside | None) -> None:
    for file, offset, record, target, url, date, payload in register.rows("SELECT * FROM revisits"):
        found = None
        if target:
            found = register.one("SELECT type, url, date, payload FROM records WHERE id = ?", target)
            named = f"record {target}"
        elif url:
            rows = register.rows("SELECT type, url, date, payload FROM records WHERE url = ?", url)
            found = next((row for row in rows if not date or _same_time(row[2], date)), None)
            named = f"capture of {url} at {date}"
        else:
            continue
        if found is None and beside is not None and (found := beside(record)):
            register.tell("refers-to-beside", f"the {named} is in {found[-1]}", file, offset, record)
        if found is None:
            message = f"the {named} that holds the payload is not in this archive"
            register.tell("refers-to-missing", message, file, offset, record)
            continue
        kind, other_url, other_date, other_payload = found[:4]
        if kind == "revisit":
            register.tell("refers-to-revisit", f"the {named} is a revisit itself", file, offset, record)
        if url and url != other_url:
            message = f"WARC-Refers-To-Target-URI is {url}, the {named} has {other_url}"
            register.tell("refers-to-uri", message, file, offset, record)
        if date and not _same_time(date, other_date):
            message = f"WARC-Refers-To-Date is {date}, the {named} has {other_date}"
            register.tell("refers-to-date", message, file, offset, record)
        if payload and other_payload and not _same_digest(payload, other_payload):
            message = f"WARC-Payload-Digest is {payload}, the {named} has {other_payload}"
            register.tell("refers-to-digest", message, file, offset, record)


def _check_loops(register: Register) -> None:
    for file, offset, record, target in register.rows(
        "SELECT v.file, v.offset, v.id, v.target FROM revisits v JOIN revisits w ON w.id = v.target"
    ):
        seen, at = {record}, target
        while at is not None and at not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(at)
            row = register.one("SELECT target FROM revisits WHERE id = ?", at)
            at = row[0] if row else None
        if at == record:
            register.tell("refers-to-loop", "the revisits lead back to this one", file, offset, record)


def _check_others(register: Register) -> None:
    for file, offset, record, kind, target in register.rows(
        "SELECT l.file, l.offset, l.id, l.kind, l.target FROM links l LEFT JOIN records r ON r.id = l.target "
        "WHERE l.kind IN ('refers', 'origin') AND r.id IS NULL"
    ):
        name = "WARC-Refers-To" if kind == "refers" else "WARC-Segment-Origin-ID"
        message = f"{name}: there is no record {target} in this archive"
        register.tell("reference-elsewhere", message, file, offset, record)


def _same_time(one: str | None, other: str | None) -> bool:
    """Whether two dates agree as far as the less precise one goes."""
    if not one or not other:
        return True  # that one is missing was told when its head was read
    short, long = sorted((one.upper().rstrip("Z"), other.upper().rstrip("Z")), key=len)
    if long.startswith(short):
        return True
    moments = parse_date(one), parse_date(other)
    return moments[0] is not None and moments[0] == moments[1]


def _same_digest(one: str, other: str) -> bool:
    try:
        first, second = parse_digest(one), parse_digest(other)
    except DigestError:
        return True
    return first.algorithm != second.algorithm or first.value == second.value


def _is_web(url: str | None) -> bool:
    return (url or "").lower().startswith(("http:", "https:"))
