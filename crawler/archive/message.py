"""HTTP/1 messages as they lie in an archive: the body with its codings removed.

Lenient by design. A body that claims to be chunked is dechunked as far as it is:

* where the first chunk-size line is none, the body was never chunked and is handed on as it is;
* where a later one is none, everything from there on is handed on as it is;
* where the body ends in mid-chunk, it ends.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from crawler.archive.coding import PIECE, remove_codings
from crawler.archive.http_head import Head, read_head

CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
"""The line before a chunk, as browsers bear it: its size in hexadecimal digits, and extensions (RFC 9112, 7.1)."""
_CHUNK_LINE = 65536
"""Bytes of the line before a chunk; a longer one is none."""


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


def body_of(response: BinaryIO, own: Head | None = None) -> BinaryIO:
    """As :func:`entity`, but ``response`` is closed with it, and the content codings are those that ``own`` names.

    ``own`` is the head of a revisit; where it names none, as where there is none, they are the response's own.
    """
    head, _ = read_head(response)
    codings = (own.tokens("content-encoding") if own else ()) or head.tokens("content-encoding")
    return Pieces(remove_codings(payload_pieces(head, response), codings), response).buffered()


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
        match = CHUNK_SIZE.fullmatch(line)
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
