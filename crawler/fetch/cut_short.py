"""Whether the content coding of a body stops before its end: the transfer ended as it should, and the page is cut.

So it is where a program behind the server died, and where a server that tells no length was cut off: nothing but the
coding tells then that something is lacking.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import brotli
import zstandard

from crawler.archive.http_head import Head, MessageError, read_head
from crawler.archive.message import payload_pieces

_CODED = re.compile(rb"\ncontent-encoding[ \t]*:[^\r\n]*(?:gzip|deflate|br|zstd)", re.IGNORECASE)
_MOST = 16 << 20
"""Bytes, coded or not, that are looked at; of what is longer nothing is said."""
_STEP = 1 << 16
_SMALL_STEP = 512
"""Of zstd, which gives all it has at once: some hundred megabytes of these many bytes at most."""
_DENSE = 100
"""How many times as long as coded a page may be that its gzip trailer is believed."""
_CLOSED = re.compile(
    rb"</html\s*>|</(?:rss|feed|rdf:rdf|urlset|sitemapindex|svg)\s*>\s*(?:<!--[^<]*)?\s*$", re.IGNORECASE
)
"""The last tag of a page, behind which caches and counters write; that of a feed, a sitemap or a drawing at the end."""
_TAIL = 1 << 10


def is_coded(head: bytes) -> bool:
    """Whether a body under this head is compressed."""
    return _CODED.search(head) is not None


def cut_short(message: BinaryIO) -> tuple[str, bool] | None:
    """The coding that stops before its end, and whether the body ended with the connection; None where none does.

    A page that is there to its last tag is whole: some servers never end what they compress. Raises ``OSError``.
    """
    message.seek(0)
    try:
        head, _ = read_head(message)
    except MessageError:
        return None
    codings = [coding for coding in head.tokens("content-encoding") if coding != "identity"]
    unpack = _UNPACKED.get(codings[0]) if len(codings) == 1 else None
    if unpack is None or head.status != 200:
        return None
    coded = bytearray()
    for piece in payload_pieces(head, message):
        coded += piece
        if len(coded) > _MOST:
            return None
    if not coded or (codings[0] in _GZIP and _is_sealed(coded)):
        return None
    tail, size = b"", 0
    try:
        for out in unpack(coded):
            if out is None:
                return None
            size += len(out)
            tail = (tail + out)[-_TAIL:]
            if size > _MOST:
                return None
    except (zlib.error, brotli.error, zstandard.ZstdError, IndexError, ValueError):
        return None  # broken or mislabelled: not for want of an end
    return None if _CLOSED.search(tail) else (codings[0], _ends_with_connection(head))


def _ends_with_connection(head: Head) -> bool:
    return head.get("content-length") is None and "chunked" not in head.tokens("transfer-encoding")


def _is_sealed(coded: bytearray) -> bool:
    """Whether the last four bytes of gzip can be the length of what it holds; of a torn one they hardly ever are."""
    said = int.from_bytes(coded[-4:], "little")
    return len(coded) * 3 // 4 - 64 <= said <= len(coded) * _DENSE


# Each gives what it unpacks piece by piece, and None once the coding's end is reached.


def _gzip(coded: bytearray) -> Iterator[bytes | None]:
    """The first member without its check sum, which is passed over as browsers do."""
    if coded[:3] != b"\x1f\x8b\x08":
        raise ValueError("no gzip, whatever its label says")
    flags, at = coded[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(coded[at : at + 2], "little")
    for named in (8, 16):
        if flags & named:
            at = coded.index(0, at) + 1
    return _inflated(coded[at + (2 if flags & 2 else 0) :])


def _deflate(coded: bytearray) -> Iterator[bytes | None]:
    in_zlib = coded[0] & 0x8F == 8 and (coded[0] << 8 | coded[1]) % 31 == 0
    return _inflated(coded[2:] if in_zlib else coded)


def _inflated(coded: bytearray) -> Iterator[bytes | None]:
    inflater, left = zlib.decompressobj(-zlib.MAX_WBITS), bytes(coded)
    while left and not inflater.eof:
        yield inflater.decompress(left, _STEP)
        left = inflater.unconsumed_tail
    yield inflater.flush()
    if inflater.eof:
        yield None


def _brotli(coded: bytearray) -> Iterator[bytes | None]:
    decoder = brotli.Decompressor()
    for at in range(0, len(coded), _STEP):
        data = bytes(coded[at : at + _STEP])
        # A decoder that can take more may still hold what it has made of the data before.
        while (out := decoder.process(data, output_buffer_limit=_STEP)) or not decoder.can_accept_more_data():
            yield out
            data = b""
    if decoder.is_finished():
        yield None


def _zstd(coded: bytearray) -> Iterator[bytes | None]:
    decoder = zstandard.ZstdDecompressor(max_window_size=_MOST).decompressobj()
    for at in range(0, len(coded), _SMALL_STEP):
        yield decoder.decompress(bytes(coded[at : at + _SMALL_STEP]))
        if decoder.eof:
            yield None


_GZIP = frozenset({"gzip", "x-gzip"})
_UNPACKED: dict[str, Callable[[bytearray], Iterator[bytes | None]]] = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
