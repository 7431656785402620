"""An HTTP message that comes in pieces: its head, its payload, and where it departs from HTTP (RFC 9112).

The payload is taken out by the rules of :mod:`crawler.archive.message`, a piece at a time; a property test holds
the two to one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.archive.http_head import MAX_HEAD, Head, MessageError, parse_head, split_head
from crawler.archive.message import CHUNK_SIZE
from crawler.model.counted import counted

_CHUNK_LINE = 65536
"""Bytes of the line before a chunk; a longer one is none."""
_FIELD = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00\r\n]*")


class HttpReader:
    """Told a block piece by piece; tells ``payload`` of the body with chunking removed, ``body`` of it as it came."""

    def __init__(self, payload: Callable[[bytes], None], body: Callable[[bytes], None]) -> None:
        self.head: Head | None = None
        """None until the head is complete, or where there is none."""
        self.raw_head = b""
        self.closed = True
        """Whether an empty line ends the head."""
        self.body_length = 0
        self.chunked: Dechunker | None = None
        self._held = b""
        self._decided = False
        self._payload = payload
        self._body = body

    def feed(self, piece: bytes) -> None:
        """The next bytes of the block."""
        if self._decided:
            self._take(piece)
            return
        self._held += piece
        if split_head(self._held) is not None or len(self._held) > MAX_HEAD:
            self._decide()

    def finish(self) -> None:
        """The block is at its end."""
        if not self._decided:
            self._decide()
        if self.chunked is not None:
            self.chunked.finish()

    def _decide(self) -> None:
        self._decided = True
        held, self._held = self._held, b""
        end = split_head(held)
        self.closed = end is not None
        end = len(held) if end is None else end
        try:
            if end <= MAX_HEAD:
                self.head = parse_head(held[:end])
        except MessageError:
            pass
        if self.head is None:
            self._take(held)
            return
        self.raw_head = held[:end]
        if "chunked" in self.head.tokens("transfer-encoding"):
            self.chunked = Dechunker(self._payload)
        self._take(held[end:])

    def _take(self, piece: bytes) -> None:
        if not piece:
            return
        self.body_length += len(piece)
        self._body(piece)
        if self.chunked is not None:
            self.chunked.feed(piece)
        else:
            self._payload(piece)


class Dechunker:
    """Removes the chunked coding; hands on as it is what is not chunked."""

    def __init__(self, out: Callable[[bytes], None]) -> None:
        self.problem: str | None = None
        """What is wrong with the chunks, in words."""
        self.never = False
        """Whether the body was not chunked at all."""
        self._out = out
        self._held = b""
        self._step: Callable[[bytes], bytes | None] = self._size
        self._left = 0
        self._chunks = 0

    def feed(self, piece: bytes) -> None:
        """The next bytes of the body."""
        left: bytes | None = self._held + piece
        self._held = b""
        while left:
            left = self._step(left)

    def finish(self) -> None:
        """The body is at its end."""
        if self._step == self._size:
            if self._held:
                self._out(self._break(self._held, "the body ends inside a chunk size"))
            else:
                self.problem = self.problem or "the last chunk is missing"
        elif self._step == self._content:
            self.problem = f"the body ends inside a chunk, {counted(self._left, 'byte')} short"
        elif self._step == self._line_end:
            if self._held:
                self._out(self._break(self._held, "a chunk does not end where its size says"))
            else:
                self.problem = "the last chunk is missing"
        elif self._step == self._trailer and self._held.strip(b"\r\n"):
            self.problem = "the body ends inside the trailers"

    def _size(self, data: bytes) -> bytes | None:
        end = data.find(b"\n", 0, _CHUNK_LINE)
        if end < 0 and len(data) < _CHUNK_LINE:
            self._held = data
            return None
        line = data[: end + 1 if end >= 0 else _CHUNK_LINE]
        match = CHUNK_SIZE.fullmatch(line)
        if match is None:
            return self._break(data, "a chunk size is none")
        self._left = int(match[1], 16)
        self._chunks += 1
        self._step = self._content if self._left else self._trailer
        return data[len(line) :]

    def _content(self, data: bytes) -> bytes | None:
        taken = data[: self._left]
        self._left -= len(taken)
        self._out(taken)
        if not self._left:
            self._step = self._line_end
        return data[len(taken) :]

    def _line_end(self, data: bytes) -> bytes | None:
        if data == b"\r":
            self._held = data
            return None
        for end in (b"\r\n", b"\n"):
            if data.startswith(end):
                self._step = self._size
                return data[len(end) :]
        return self._break(data, "a chunk does not end where its size says")

    def _trailer(self, data: bytes) -> bytes | None:
        end = data.find(b"\n")
        if end < 0:
            self._held = data[-_CHUNK_LINE:]
            return None
        if not data[: end + 1].strip(b"\r\n"):
            self._step = self._behind
        return data[end + 1 :]

    def _behind(self, data: bytes) -> bytes | None:
        """What follows the last chunk's trailers is no part of the body."""
        return None

    def _as_it_is(self, data: bytes) -> bytes | None:
        self._out(data)
        return None

    def _break(self, data: bytes, problem: str) -> bytes:
        self.never = not self._chunks
        self.problem = problem
        self._step = self._as_it_is
        return data


def odd_lines(raw_head: bytes) -> str | None:
    """What is odd about the lines of an HTTP head, in words; None where nothing is.

    Servers send such heads: an archive that holds them is sound.
    """
    _, *lines = raw_head.lstrip(b"\r\n").split(b"\n")
    for line in lines[:-1]:
        if not line.endswith(b"\r"):
            return "lines end in LF alone"
        line = line[:-1]
        if line[:1] in (b" ", b"\t"):
            return "a field is continued on a second line"
        if line and not _FIELD.fullmatch(line):
            return f"a line is no field: {line[:60]!r}"
    return None
