"""The head of a WARC record as it is read: named fields before the block (WARC 1.1, sections 4 and 5).

Read by this module's own code, not by warcio, which reads on silently past damage. warcio stays the project's second
opinion: the tests read what is written here with it and with FastWARC.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from datetime import datetime

from crawler.archive.http_head import split_head
from crawler.archive.warc import bare, parse_date

MAX_HEAD = 1 << 20
"""Bytes after which the head of a record is taken to be none."""
PLAIN = 2048
"""Bytes that hold almost every head."""
_WORDS = r"[!-~].*+(?<=[!-~]\r)\n"
_ID = r"<.*+(?<=>\r)\n"
_OF_WARC = {
    "Type": r"[a-z]++\r\n", "Record-ID": _ID, "Date": _WORDS, "Target-URI": _WORDS, "Concurrent-To": _ID,
    "Block-Digest": _WORDS, "Payload-Digest": _WORDS, "Truncated": _WORDS, "Profile": _WORDS,
    "Refers-To": _ID, "Refers-To-Target-URI": _WORDS, "Refers-To-Date": _WORDS,
}  # fmt: skip
_OF_CONTENT = {"Type": _WORDS, "Length": r"[0-9]{1,18}+\r\n"}
USUAL = [*(f"WARC-{name}" for name in _OF_WARC), *(f"Content-{name}" for name in _OF_CONTENT)]
_NUMBER = {name: number for number, name in enumerate(USUAL)}
_LENGTH = _NUMBER["Content-Length"]


def _field(prefix: str, values: dict[str, str]) -> str:
    """Matches a field whose name begins with ``prefix``: one of those caught once and so spelled, or any other."""
    caught = [
        f"{name}: (?({number})(?!)|({value}))"
        for number, (name, value) in enumerate(values.items(), _NUMBER[f"{prefix}{next(iter(values))}"] + 1)
    ]
    return f"{prefix}(?:{'|'.join(caught)}|(?!(?i:{'|'.join(values)}):)[!-9;-~]++: {_WORDS})"


_plain = re.compile(
    rf"WARC/\d\.\d\r\n(?:{_field('WARC-', _OF_WARC)}|{_field('Content-', _OF_CONTENT)}"
    rf"|(?!(?i:WARC-|Content-))[!-9;-~]++: {_WORDS})*+\r\n",
    re.ASCII,
).match
"""A head as nearly all are: nothing folded, one space after each colon, none at a line's end, which is CRLF.

The fields that readers ask for stand in it once at most and are spelled as the standard does, so that one expression
checks the head and takes them out. All other heads are read line by line.
"""
_VERSION_LINE = re.compile(r"WARC/(\d+\.\d+)[ \t]*", re.ASCII)
_LOWER = {ord(letter): letter.lower() for letter in string.ascii_uppercase}


class HeadError(ValueError):
    """Bytes that are no WARC record head."""


class WarcHead:
    """The named fields of a record in the order they stand."""

    __slots__ = ("_caught", "_lower", "_text", "concurrent_to", "id", "raw", "type")

    raw: bytes
    """The head as it was read, its empty line included."""
    type: str
    """WARC-Type in lower case; empty where it is missing."""
    id: str
    """WARC-Record-ID without its angle brackets; empty where it is missing."""
    concurrent_to: tuple[str, ...]
    """Ids of the other records of this exchange that the record names."""
    _caught: tuple[str | None, ...] | None
    """The values, with their line ends, of the fields numbered in ``_NUMBER``, where the head was read at once."""
    _text: str
    """Lines of ``name: value``, a line feed before and after each; what comes before the first is no field."""
    _lower: str
    """``_text`` in lower case; empty where it was not made yet."""

    def __init__(self, raw: bytes, caught: tuple[str | None, ...] | None) -> None:
        self.raw = raw
        self._caught = caught
        self._lower = ""
        if caught:
            kind, record_id, _, _, concurrent_to = caught[:5]
            self.type = kind[:-2] if kind else ""
            self.id = record_id[1:-3] if record_id else ""
            self.concurrent_to = (concurrent_to[1:-3],) if concurrent_to else ()

    @classmethod
    def of(cls, fields: Iterable[tuple[str, str]], raw: bytes = b"") -> WarcHead:
        """The head with these fields, in whose names is no colon and in which is no line feed."""
        head = cls(raw, None)
        head._text = text = "\n" + "".join([f"{name}: {value}\n" for name, value in fields])
        head._lower = text.lower() if text.isascii() else text.translate(_LOWER)
        head.type = (head.get("WARC-Type") or "").lower()
        head.id = bare(head.get("WARC-Record-ID") or "")
        head.concurrent_to = tuple(map(bare, head.get_all("WARC-Concurrent-To")))
        return head

    def _look(self) -> str:
        """The text in lower case."""
        if not self._lower:
            self._text = self.raw.replace(b"\r\n", b"\n").decode("ascii")
            self._lower = self._text.lower()
        return self._lower

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Every name with its value."""
        self._look()
        lines = [line.partition(": ") for line in self._text.split("\n")]
        return tuple([(name, value) for name, colon, value in lines if colon])

    def get(self, name: str) -> str | None:
        """The first value of a field; names ignore case.

        Where it was not caught, it is looked for in the text: few readers want more than a field or two.
        """
        if self._caught and (number := _NUMBER.get(name)) is not None:
            value = self._caught[number]
            return value[:-2] if value else None
        field = f"\n{name.lower()}: "
        start = (self._lower or self._look()).find(field)
        if start < 0:
            return None
        start += len(field)
        return self._text[start : self._text.find("\n", start)]

    @property
    def usual(self) -> Sequence[str | None]:
        """The values of the fields that ``USUAL`` names, in its order; as :meth:`get` has each."""
        if self._caught:
            return [value and value[:-2] for value in self._caught]
        return [self.get(name) for name in USUAL]

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of a repeatable field."""
        lower, field, values = self._look(), f"\n{name.lower()}: ", []
        start = lower.find(field)
        while start >= 0:
            start += len(field)
            end = self._text.find("\n", start)
            values.append(self._text[start:end])
            start = lower.find(field, end)
        return tuple(values)

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
        if self._caught and (digits := self._caught[_LENGTH]):
            return int(digits)
        value = self.get("Content-Length") or ""
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise HeadError(f"no Content-Length: {value[:40]!r}")
        return int(value)


def parse_head(raw: bytes) -> WarcHead:
    """The head at the beginning of ``raw``. Raises ``HeadError`` where there is none."""
    return plain_head(raw) or read_head(raw[: split_head(raw)])


def plain_head(data: bytes) -> WarcHead | None:
    """The head that ``data`` begins with, where it is written as nearly all are; else :func:`read_head` can tell."""
    plain = _plain(data[:PLAIN].decode("latin-1"))
    if plain is None:
        return None
    raw = data[: plain.end()]
    return WarcHead(raw, plain.groups()) if raw.isascii() else None


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
    return WarcHead.of(fields, raw)
