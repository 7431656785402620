"""HTTP/1 messages as they lie in an archive: where the head ends, what it says, and the body with its codings removed.

Lenient by design: an archive holds what servers sent. A head may end its lines with bare LF, fold them, repeat them,
leave out the reason phrase or the final empty line. A body that claims to be chunked is dechunked as far as it is:

* where the first chunk-size line is none, the body was never chunked and is handed on as it is;
* where a later one is none, everything from there on is handed on as it is;
* where the body ends in mid-chunk, it ends.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO, Protocol

from crawler.archive.coding import PIECE, remove_codings

MAX_HEAD = 1 << 20
"""Bytes after which a head is taken to be no head."""
_STATUS_LINE = re.compile(rb"HTTP/(\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t]+(.*)|[ \t]*)", re.DOTALL | re.IGNORECASE)
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]+(.*?)[ \t]+HTTP/(\d+(?:\.\d+)?)[ \t]*", re.DOTALL)
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_CHUNK_LINE = 65536
_HEAD_END = re.compile(rb"\n\r?\n")


class MessageError(ValueError):
    """Bytes that are no HTTP/1 message."""


@dataclass(frozen=True, slots=True)
class Head:
    """A start line and its fields in the order they came; folded lines are joined by a space."""

    start_line: bytes
    fields: tuple[tuple[bytes, bytes], ...]
    status: int | None = field(init=False)
    """The status code; None for a request."""
    version: str | None = field(init=False)
    """The HTTP version, such as ``1.1``; None where the line is neither a status line nor a request line."""
    _first: dict[bytes, bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if status := _STATUS_LINE.fullmatch(self.start_line):
            code, version = int(status[2]), status[1].decode()
        else:
            request = _REQUEST_LINE.fullmatch(self.start_line)
            code, version = None, request[3].decode() if request else None
        object.__setattr__(self, "status", code)
        object.__setattr__(self, "version", version)
        object.__setattr__(self, "_first", {name.lower(): value for name, value in reversed(self.fields)})

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
        return match[2].decode("latin-1") if match else None

    def get(self, name: str) -> str | None:
        """The first value of a field, decoded as Latin-1; names ignore case."""
        value = self._first.get(name.lower().encode("latin-1"))
        return None if value is None else value.decode("latin-1")

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of a field in the order they came."""
        wanted = name.lower().encode("latin-1")
        if wanted not in self._first:
            return ()
        return tuple(value.decode("latin-1") for key, value in self.fields if key.lower() == wanted)

    def tokens(self, name: str) -> tuple[str, ...]:
        """The comma-separated elements of a list field without their parameters, lower case."""
        elements = (part.partition(";")[0].strip().lower() for part in ",".join(self.get_all(name)).split(","))
        return tuple(element for element in elements if element)


def split_head(data: bytes) -> int | None:
    """The offset of the first byte after the empty line that ends a head; None where the head is not complete.

    Lines end in CRLF or LF, mixed or not. Empty lines before the start line belong to the head (RFC 9112, section 2.2).
    """
    start = 0
    while data[start : start + 1] in (b"\r", b"\n"):
        start += 1
    end = _HEAD_END.search(data, start)
    return end.end() if end else None


def parse_head(raw: bytes) -> Head:
    """The head at the beginning of ``raw``; a head without its final empty line is read as far as it goes.

    Lines without a colon have no place in the parsed view and are passed over. Raises ``MessageError`` where the first
    line is neither a status line nor a request line.
    """
    return _parse(raw[: split_head(raw)])


@lru_cache(maxsize=8)  # the same head is asked for several times in a row: for its label, for its record
def _parse(raw: bytes) -> Head:
    start_line, *lines = raw.lstrip(b"\r\n").split(b"\n")
    head = Head(start_line.rstrip(b"\r"), _fields(raw, lines))
    if head.version is None:
        raise MessageError(f"no HTTP status or request line: {head.start_line[:80]!r}")
    return head


def _fields(raw: bytes, lines: list[bytes]) -> tuple[tuple[bytes, bytes], ...]:
    if b"\n " not in raw and b"\n\t" not in raw:  # nothing is folded
        split = [line.partition(b":") for line in lines]
        return tuple([(name.strip(b" \t\r"), value.strip(b" \t\r")) for name, colon, value in split if colon])
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            if fields:
                fields[-1][1].append(line.strip(b" \t\r"))
            continue
        name, colon, value = line.partition(b":")
        if colon:
            fields.append((name.strip(b" \t\r"), [value.strip(b" \t\r")]))
    return tuple((name, b" ".join(filter(None, parts))) for name, parts in fields)


def request_line(message: bytes) -> Head | None:
    """The first line of a request, as a head without fields; None where it is none."""
    head = Head(message[: message.find(b"\r\n")], ())
    return head if head.status is None and head.version else None


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


def payload(response: BinaryIO) -> BinaryIO:
    """The body with the transfer coding removed and the content coding kept: what WARC-Payload-Digest covers.

    Reads from where ``response`` stands, and leaves it open when closed. Raises ``MessageError`` where the bytes are no
    HTTP message; faulty chunking raises nothing (see the module's rules).
    """
    head, _ = read_head(response)
    return Pieces(payload_pieces(head, response)).buffered()


def entity(response: BinaryIO) -> BinaryIO:
    """The body with transfer and content coding removed: what a reader of the page gets.

    As :func:`payload`; a broken content coding yields what could be decoded.
    """
    head, _ = read_head(response)
    return Pieces(remove_codings(payload_pieces(head, response), head.tokens("content-encoding"))).buffered()


def payload_pieces(head: Head, body: BinaryIO) -> Iterator[bytes]:
    """The payload of a message whose head was read already, in pieces of at most 64 KiB."""
    codings = head.tokens("transfer-encoding")
    if "chunked" not in codings:
        return remove_codings(_rest(body), codings)
    return remove_codings(_dechunk(body), [coding for coding in codings if coding != "chunked"])


class Closeable(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Let go of it."""


class Pieces(io.RawIOBase):
    """A readable stream over an iterator of byte strings; closes ``owned`` with itself."""

    def __init__(self, pieces: Iterator[bytes], owned: Closeable | None = None) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = memoryview(b"")
        self._owned = owned

    def buffered(self) -> BinaryIO:
        """The stream with every reading method a file has."""
        return io.BufferedReader(self, PIECE)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what there is next; 0 at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def readall(self) -> bytes:
        """Everything that is left."""
        left, self._left = bytes(self._left), memoryview(b"")
        return left + b"".join(self._pieces)

    def close(self) -> None:
        """Close, and what is owned with it."""
        if not self.closed and self._owned is not None:
            self._owned.close()
        super().close()


def _rest(body: BinaryIO) -> Iterator[bytes]:
    while piece := body.read(PIECE):
        yield piece


def _dechunk(body: BinaryIO) -> Iterator[bytes]:
    """RFC 9112, section 7.1: chunk extensions and trailers are read over."""
    while line := body.readline(_CHUNK_LINE):
        match = _CHUNK_SIZE.fullmatch(line)
        if match is None:
            yield line
            yield from _rest(body)
            return
        left = int(match[1], 16)
        if left == 0:
            return
        while left:
            piece = body.read(min(left, PIECE))
            if not piece:
                return
            left -= len(piece)
            yield piece
        end = body.readline(2)
        if end not in (b"\r\n", b"\n"):
            yield end
            yield from _rest(body)
            return
