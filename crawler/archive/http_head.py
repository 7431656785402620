"""The head of an HTTP/1 message as it lies in an archive: where it ends and what it says.

Lenient by design: an archive holds what servers sent. A head may end its lines with bare LF, fold them, repeat them,
leave out the reason phrase or the final empty line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import BinaryIO

MAX_HEAD = 1 << 20
"""Bytes after which a head is taken to be no head."""
_STATUS_LINE = re.compile(rb"HTTP/(\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t]+(.*)|[ \t]*)", re.DOTALL | re.IGNORECASE)
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]++)[ \t](.*[ \t])HTTP/(\d++(?:\.\d++)?)[ \t]*+", re.DOTALL)
"""Room around the target is in its group: in a line of a megabyte all ways to part the two would be tried."""
EMPTY_LINE = re.compile(rb"\n\r?\n")
"""Where a head ends, however its lines do."""
_plain = re.compile(
    rb"(HTTP/(\d\.\d) (\d\d\d)(?: [^\r\n]*+)?)\r\n((?:[!-9;-~]++: [^ \t\r\n].*+(?<=[^ \t\r]\r)\n)*+)\r\n"
).match
"""A response's head as nearly all are: nothing folded, one space after each colon, none at a line's end."""


class MessageError(ValueError):
    """Bytes that are no HTTP/1 message."""


class Head:
    """A start line and its fields in the order they came; folded lines are joined by a space."""

    __slots__ = ("_lower", "_text", "start_line", "status", "version")

    def __init__(self, start_line: bytes, status: int | None, version: str, text: bytes) -> None:
        self.start_line = start_line
        self.status = status
        """The status code; None for a request."""
        self.version = version
        """The HTTP version, such as ``1.1``."""
        self._text = text
        """Lines of ``name: value``, a line feed before and after each."""
        self._lower = text.lower()

    @property
    def fields(self) -> tuple[tuple[bytes, bytes], ...]:
        """Every name with its value, as bytes."""
        lines = [line.partition(b": ") for line in self._text.split(b"\n")]
        return tuple([(name, value) for name, colon, value in lines if colon])

    @property
    def reason(self) -> str | None:
        """The reason phrase, empty where the server sent none; None for a request."""
        match = _STATUS_LINE.fullmatch(self.start_line)
        return (match[3] or b"").decode("latin-1").strip() if match else None

    @property
    def method(self) -> str | None:
        """The method of a request; None for a response."""
        match = _REQUEST_LINE.fullmatch(self.start_line)
        return match[1].decode() if match else None

    @property
    def target(self) -> str | None:
        """The request target as sent; None for a response."""
        match = _REQUEST_LINE.fullmatch(self.start_line)
        return match[2].strip(b" \t").decode("latin-1") if match else None

    def get(self, name: str) -> str | None:
        """The first value of a field, decoded as Latin-1; names ignore case.

        It is looked for in the text, for of a dozen fields most readers want a few.
        """
        field = _sought(name)
        start = self._lower.find(field)
        if start < 0:
            return None
        start += len(field)
        return self._text[start : self._text.find(b"\n", start)].decode("latin-1")

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of a field in the order they came."""
        wanted = name.lower().encode("latin-1")
        if b"\n%b: " % wanted not in self._lower:
            return ()
        return tuple(value.decode("latin-1") for key, value in self.fields if key.lower() == wanted)

    def tokens(self, name: str) -> tuple[str, ...]:
        """The comma-separated elements of a list field without their parameters, lower case."""
        elements = (part.partition(";")[0].strip().lower() for part in ",".join(self.get_all(name)).split(","))
        return tuple(element for element in elements if element)


@lru_cache(maxsize=256)
def _sought(name: str) -> bytes:
    """What a field's line begins with in the text of a head in lower case."""
    return b"\n%b: " % name.lower().encode("latin-1")


def split_head(data: bytes) -> int | None:
    """The offset of the first byte after the empty line that ends a head; None where the head is not complete.

    Lines end in CRLF or LF, mixed or not. Empty lines before the start line belong to the head (RFC 9112, section 2.2).
    """
    start = 0
    while data[start : start + 1] in (b"\r", b"\n"):
        start += 1
    end = EMPTY_LINE.search(data, start)
    return end.end() if end else None


def parse_head(raw: bytes) -> Head:
    """The head at the beginning of ``raw``; a head without its final empty line is read as far as it goes.

    Lines without a colon have no place in the parsed view and are passed over. Raises ``MessageError`` where the first
    line is neither a status line nor a request line.
    """
    if plain := plain_head(raw):
        return plain[0]
    start_line, *lines = raw[: split_head(raw)].lstrip(b"\r\n").split(b"\n")
    start_line = start_line.rstrip(b"\r")
    text = b"\n" + b"".join(map(b"%b: %b\n".__mod__, _fields(lines)))
    if status := _STATUS_LINE.fullmatch(start_line):
        return Head(start_line, int(status[2]), status[1].decode(), text)
    if request := _REQUEST_LINE.fullmatch(start_line):
        return Head(start_line, None, request[3].decode(), text)
    raise MessageError(f"no HTTP status or request line: {start_line[:80]!r}")


def plain_head(data: bytes, at: int = 0) -> tuple[Head, int] | None:
    """The head of a response that begins at a byte of ``data``, and its length, where it is written as most are."""
    plain = _plain(data, at)
    if plain is None:
        return None
    line, version, status, fields = plain.groups()
    head = Head(line, int(status), version.decode(), b"\n" + fields.replace(b"\r\n", b"\n"))
    return head, plain.end() - at


def leading_head(data: bytes) -> tuple[Head, int] | None:
    """The head that ``data`` begins with, and its length: all of ``data`` where no empty line ends it.

    None where ``data`` is no HTTP.
    """
    if plain := plain_head(data):
        return plain
    raw = data[: split_head(data)]
    try:
        return parse_head(raw), len(raw)
    except MessageError:
        return None


def _fields(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            if fields:
                fields[-1][1].append(line.strip(b" \t\r"))
            continue
        name, colon, value = line.partition(b":")
        if colon:
            fields.append((name.strip(b" \t\r"), [value.strip(b" \t\r")]))
    return [(name, b" ".join(filter(None, parts))) for name, parts in fields]


def request_line(message: bytes) -> Head | None:
    """The first line of a request, as a head without fields; None where it is none."""
    line = message[: message.find(b"\r\n")]
    request = _REQUEST_LINE.fullmatch(line)
    return Head(line, None, request[3].decode(), b"\n") if request else None


def read_head(message: BinaryIO) -> tuple[Head, bytes]:
    """The head of a message and its raw bytes; leaves ``message`` at the first byte of the body.

    Raises ``MessageError`` where there is no head, or it is longer than ``MAX_HEAD``.
    """
    raw = bytearray()
    begun = False
    while line := message.readline(MAX_HEAD + 1 - len(raw)):
        raw += line
        if len(raw) > MAX_HEAD:
            raise MessageError(f"a head of more than {MAX_HEAD} bytes")
        if line.strip(b"\r\n"):
            begun = True
        elif begun and len(line) <= 2:
            break
    head = bytes(raw)
    return parse_head(head), head
