"""The head of a WARC record: named fields before the block, written and read (WARC 1.1, sections 4 and 5).

Heads are written and read by this module's own code, not by warcio: warcio parses and re-serialises the HTTP head of
every record it writes (white space and folding are lost), compresses at zlib level 9 (30 MB/s), and reads on silently
past damage. warcio stays the project's second opinion: the tests read what is written here with it and with FastWARC.
"""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from time import time_ns

from crawler.archive.message import split_head

MAX_HEAD = 1 << 20
"""Bytes after which the head of a record is taken to be none."""
END = b"\r\n\r\n"
"""What follows every block."""
_plain = re.compile(rb"WARC/\d\.\d\r\n(?:[!-9;-~]++: (?! )[ -~]*+(?<! )\r\n)*+\r\n").match
"""A head as nearly all are: printable ASCII, nothing folded, one space after each colon and none at the end."""
_VERSION_LINE = re.compile(r"WARC/(\d+\.\d+)[ \t]*", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:T?(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,9}))?)?Z?)?)?)?")
_usual_date = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII).fullmatch
_LOWER = {ord(letter): letter.lower() for letter in string.ascii_uppercase}
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


class HeadError(ValueError):
    """Bytes that are no WARC record head."""


class WarcHead:
    """The named fields of a record in the order they stand."""

    __slots__ = ("_lower", "_text", "type")

    def __init__(self, text: str) -> None:
        self._text = text
        """Lines of ``name: value``, a line feed before and after each; what comes before the first is no field."""
        self._lower = text.lower() if text.isascii() else text.translate(_LOWER)
        self.type = (self.get("WARC-Type") or "").lower()
        """WARC-Type in lower case; empty where it is missing."""

    @classmethod
    def of(cls, fields: Iterable[tuple[str, str]]) -> WarcHead:
        """The head with these fields, in whose names is no colon and in which is no line feed."""
        return cls("\n" + "".join([f"{name}: {value}\n" for name, value in fields]))

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Every name with its value."""
        lines = [line.partition(": ") for line in self._text.split("\n")]
        return tuple([(name, value) for name, colon, value in lines if colon])

    def get(self, name: str) -> str | None:
        """The first value of a field; names ignore case.

        It is looked for in the text: of a dozen fields most readers want three, for which none has to be cut out of it.
        """
        field = f"\n{name.lower()}: "
        start = self._lower.find(field)
        if start < 0:
            return None
        start += len(field)
        return self._text[start : self._text.find("\n", start)]

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of a repeatable field."""
        field, values = f"\n{name.lower()}: ", []
        start = self._lower.find(field)
        while start >= 0:
            start += len(field)
            end = self._text.find("\n", start)
            values.append(self._text[start:end])
            start = self._lower.find(field, end)
        return tuple(values)

    @property
    def id(self) -> str:
        """WARC-Record-ID without its angle brackets."""
        return bare(self.get("WARC-Record-ID") or "")

    @property
    def url(self) -> str | None:
        """WARC-Target-URI; the angle brackets that WARC 1.0 asked for are taken off."""
        value = self.get("WARC-Target-URI")
        return None if value is None else bare(value)

    @property
    def date(self) -> datetime | None:
        """WARC-Date, UTC; None where it is missing or no date."""
        value = self.get("WARC-Date")
        return None if value is None else parse_date(value)

    @property
    def content_length(self) -> int:
        """Bytes in the block. Raises ``HeadError`` where that is not said."""
        value = self.get("Content-Length") or ""
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise HeadError(f"no Content-Length: {value[:40]!r}")
        return int(value)

    @property
    def concurrent_to(self) -> tuple[str, ...]:
        """Ids of the other records of this exchange that the record names."""
        return tuple(map(bare, self.get_all("WARC-Concurrent-To")))


def parse_head(raw: bytes) -> WarcHead:
    """The head at the beginning of ``raw``. Raises ``HeadError`` where there is none."""
    plain = plain_head(raw)
    return plain[1] if plain else read_head(raw[: split_head(raw)])


def plain_head(data: bytes) -> tuple[bytes, WarcHead] | None:
    """The head that ``data`` begins with, where it is written as nearly all are; else :func:`read_head` can tell."""
    if plain := _plain(data):
        raw = plain[0]
        return raw, WarcHead(raw.replace(b"\r", b"").decode("ascii"))
    return None


def read_head(raw: bytes) -> WarcHead:
    """The head that ``raw`` is, and nothing else. Raises ``HeadError`` where it is none."""
    version, *lines = raw.decode("utf-8", "surrogateescape").split("\n")
    if not _VERSION_LINE.fullmatch(version.rstrip("\r")):
        raise HeadError(f"no WARC version line: {version[:40]!r}")
    fields: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (" ", "\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
    return WarcHead.of(fields)


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
    value = value.strip()
    if _usual_date(value):  # read in half of the time
        with suppress(ValueError):
            return datetime.fromisoformat(value)
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    micro = int((match[7] or "0").ljust(6, "0")[:6])
    try:
        return datetime(year, month or 1, day or 1, hour, minute, min(second, 59), micro, tzinfo=UTC)
    except ValueError:
        return None
