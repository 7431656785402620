"""Content codings: removes gzip, deflate, br and zstd from a stream, whatever its label says and wherever it breaks.

The rules, in this order:

* What the label names is tried first, then what the first bytes show (servers say ``gzip`` and send zlib), then the
  bytes are handed on as they are (servers say ``gzip`` and send plain text).
* A body that breaks in the middle yields everything that could be decoded before the break, and then ends.
* No piece handed out is larger than 64 KiB, so a bomb costs its reader time but never memory; and none larger is worked
  on, for each step copies what is left of it.
* A thousand gzip members in a row with nothing in them end a body: each costs as much as a kilobyte of page. So do
  twenty thousand that hold next to nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, cast

import brotli
import zstandard

PIECE = 65536
"""Largest number of bytes handed out at once."""
_STEP = 512  # brotli and zstd lose the output of the call that fails: small steps lose little
_ROOM = PIECE // 4  # brotli gives whole buffers: 32 KiB where it is told less, else 96
_LAYERS = 8  # more codings than this on one body are an attack
_HOLLOW = 1000
"""Gzip members without content that are read in a row."""
_MEMBERS = 20_000
"""Gzip members that are read however little they hold."""
_LEAST = 64
"""Bytes that a gzip member holds for which it is read, beyond the first ``_MEMBERS``."""
_WINDOW = 8 << 20  # RFC 9659: what a client must accept, and all that browsers do


class _CodingError(Exception):
    """The bytes are not in the coding they were taken for, or no longer are."""


def remove_codings(pieces: Iterable[bytes], codings: Iterable[str]) -> Iterator[bytes]:
    """``pieces`` with the content codings removed.

    ``codings`` are the tokens of Content-Encoding in the order they were applied (RFC 9110, section 8.4); unknown
    tokens are passed over. Never raises for what the bytes hold.
    """
    decoded = _cut(pieces)
    known = [coding for coding in map(str.lower, codings) if coding in _DECODERS]
    for coding in known[: -_LAYERS - 1 : -1]:
        decoded = _remove(decoded, coding)
    return decoded


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if len(piece) <= PIECE:
            yield piece
        else:
            yield from (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))


def _remove(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    source = _Replay(pieces)
    start = source.peek(4)
    attempts = [_DECODERS[coding]]
    attempts += [_DECODERS[name] for name, fits in _MAGIC.items() if name != coding and fits(start)]
    for decode in attempts:
        produced = False
        try:
            for piece in decode(source):
                if piece:
                    produced = True
                    source.forget()
                    yield piece
        except _CodingError:
            if produced:
                return
            source.rewind()
        else:
            return
    yield from source


class _Replay(Iterator[bytes]):
    """Pieces that can be started again as long as no more than one piece's worth was taken."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held: list[bytes] | None = []
        self._size = 0
        self._again: list[bytes] = []

    def __next__(self) -> bytes:
        piece = self._again.pop() if self._again else next(self._pieces)
        if self._held is not None:
            self._held.append(piece)
            self._size += len(piece)
            if self._size > 2 * PIECE and len(self._held) > 1:  # the first piece is what peek took: never forgotten
                self.forget()
        return piece

    def peek(self, size: int) -> bytes:
        """The first bytes, without taking them."""
        start = b""
        for piece in self:
            start += piece
            if len(start) >= size:
                break
        self.rewind()
        return start[:size]

    def forget(self) -> None:
        """From now on there is no way back."""
        self._held = None

    def rewind(self) -> None:
        """Start again where possible, else go on from here."""
        if self._held is not None:
            self._again += reversed(self._held)
            self._held, self._size = [], 0


def _gunzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 1952: one member after another; what follows the last is passed over, as browsers do."""
    return _inflate(pieces, 31)


def _deflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 9110 means zlib (RFC 1950); many servers send raw deflate (RFC 1951)."""
    source = _Replay(pieces)
    wbits = 15 if _is_zlib(source.peek(2)) else -15
    return _inflate(source, wbits)


def _inflate(pieces: Iterator[bytes], wbits: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits)
    members = hollow = size = 0
    for piece in pieces:
        left = piece
        while left:
            before = inflater.copy()
            try:
                out = inflater.decompress(left, PIECE)
            except zlib.error as error:
                yield from _salvage(before, left)
                if members:
                    return
                raise _CodingError(str(error)) from error
            if out:
                hollow = 0
                size += len(out)
                yield out
            if not inflater.eof:
                left = inflater.unconsumed_tail
                continue
            hollow += 1
            if wbits != 31 or hollow > _HOLLOW or members > _MEMBERS + size // _LEAST:
                return
            left = inflater.unused_data
            inflater = zlib.decompressobj(wbits)
            members += 1
    yield inflater.flush()


def _salvage(inflater: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """What ``inflater`` makes of ``data`` before the byte it fails at."""
    out = bytearray()
    for at in range(len(data)):
        try:
            out += inflater.decompress(data[at : at + 1])
        except zlib.error:
            break
        if len(out) >= PIECE:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _unbrotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    try:
        for piece in pieces:
            for at in range(0, len(piece), _STEP):
                data = piece[at : at + _STEP]
                # A decoder that can take more may still hold what it has made of the data before.
                while (out := decoder.process(data, output_buffer_limit=_ROOM)) or not decoder.can_accept_more_data():
                    yield out
                    data = b""
                if decoder.is_finished():
                    return
    except brotli.error as error:
        raise _CodingError(str(error)) from error


def _unzstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    source = cast(BinaryIO, _Steps(pieces))
    decoder = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        with decoder.stream_reader(source, read_size=_STEP, read_across_frames=True) as reader:
            while out := reader.read1(PIECE):
                yield out
    except zstandard.ZstdError as error:
        raise _CodingError(str(error)) from error


class _Steps:
    """Pieces as a source to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int) -> bytes:
        while not self._left:
            try:
                self._left = next(self._pieces)
            except StopIteration:
                return b""
        taken, self._left = self._left[:size], self._left[size:]
        return taken


def _is_zlib(start: bytes) -> bool:
    return len(start) > 1 and start[0] & 0x8F == 8 and (start[0] << 8 | start[1]) % 31 == 0


_DECODERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
_MAGIC: dict[str, Callable[[bytes], bool]] = {
    "gzip": lambda start: start[:2] == b"\x1f\x8b",
    "zstd": lambda start: start == b"\x28\xb5\x2f\xfd",
    "deflate": _is_zlib,
}
