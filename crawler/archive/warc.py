"""What the heads of WARC records are made of: fields, ids, dates (WARC 1.1, sections 4 and 5).

Heads are written by this module's own code, not by warcio, which parses and re-serialises the HTTP head of every record
it writes (white space and folding are lost) and compresses at zlib level 9 (30 MB/s).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from time import time_ns

END = b"\r\n\r\n"
"""What follows every block."""
_DATE = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:T?(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,9}))?)?Z?)?)?)?")
_usual_date = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII).fullmatch
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def build_head(lines: str) -> bytes:
    """A record head with its final empty line, of fields that :func:`line` made."""
    return f"WARC/1.1\r\n{lines}\r\n".encode("utf-8", "replace")


def line(name: str, value: str) -> str:
    """A field as it is written; line breaks in its value become spaces, so that no value forges a field."""
    return f"{name}: {value if value.isprintable() else ' '.join(value.split())}\r\n"


def warc_fields(fields: Iterable[tuple[str, str]]) -> bytes:
    """A block of type application/warc-fields."""
    return "".join([line(name, value) for name, value in fields]).encode("utf-8", "replace")


def parse_fields(block: bytes) -> dict[str, str]:
    """The fields of an application/warc-fields block; the first of each name."""
    fields: dict[str, str] = {}
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    return fields


def new_id() -> str:
    """A fresh record id, without angle brackets: a UUID that begins with its time (RFC 9562, section 5.7).

    So ids of one crawl stay together in every index of them, where random ones would touch all of it.
    """
    try:
        digits = _RANDOM.pop()
    except IndexError:
        _RANDOM.extend(_random())
        digits = _RANDOM.pop()
    at = f"{time_ns() // 1_000_000:012x}"
    return f"urn:uuid:{at[:8]}-{at[8:]}-7{digits[:3]}-{_VARIANT[digits[3]]}{digits[4:7]}-{digits[7:]}"


def _random() -> list[str]:
    """Many times 19 random digits; the system is asked for many at once, for it has other threads run meanwhile."""
    many = os.urandom(_DIGITS * 128).hex()
    return [many[start : start + _DIGITS] for start in range(0, len(many), _DIGITS)]


_DIGITS = 19
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
_RANDOM: list[str] = []
os.register_at_fork(after_in_child=_RANDOM.clear)


def bare(value: str) -> str:
    """A URI without angle brackets around it."""
    return value[1:-1] if value[:1] == "<" and value[-1:] == ">" else value


def target(url: str) -> str:
    """``url`` as a WARC-Target-URI: what no URI may hold is percent-encoded."""
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", url)


def format_date(moment: datetime) -> str:
    """A WARC-Date with microseconds, UTC."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")[:26] + "Z"


def parse_date(value: str) -> datetime | None:
    """A WARC-Date of any precision from the year on, or of 14 digits; None where it is none."""
    try:
        return datetime.fromisoformat(value) if _usual_date(value) else _in_parts(value.strip())
    except ValueError:
        return _in_parts(value)  # a leap second


def _in_parts(value: str) -> datetime | None:
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    micro = int((match[7] or "0").ljust(6, "0")[:6])
    try:
        return datetime(year, month or 1, day or 1, hour, minute, min(second, 59), micro, tzinfo=UTC)
    except ValueError:
        return None
