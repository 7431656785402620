"""What a file holds by its first bytes: an archive, a page, a text, or something that can't be read as any of them."""

from __future__ import annotations

import re
import zlib
from enum import Enum, auto
from io import BytesIO

from crawler.archive.frames import DICTIONARY, FrameError, Frames, is_lz4, is_zstd
from crawler.archive.sniff import CONTROL, sniff

START = 4096
"""Bytes of a file that are looked at."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p)\b", re.I)
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_COMMENTS = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|(?><!--.*?-->|<\?xml\b.*?\?>))*+", re.DOTALL)
"""What may stand before all that tells, however long: notes of those who made the page, or saved it."""

_HAR = re.compile(rb'\{\s*"log"\s*:\s*\{')

_STRAY = 200
"""A page has no more control characters than one in so many; what has more is no text, whatever words are in it."""


class Kind(Enum):
    """What can be in a file."""

    WARC = auto()
    """Plain or compressed; with LZ4, which is told where it is opened."""
    ARC = auto()
    """The format before WARC, plain or compressed."""
    ZIP = auto()
    GZIP = auto()
    """Compressed, and no archive."""
    HAR = auto()
    """What a browser saved of its network; pages are in it."""
    HTML = auto()
    TEXT = auto()
    BINARY = auto()


def kind_of(start: bytes) -> Kind:
    """The kind of a file that begins with ``start``: as much of it as there is, where comments may come first."""
    if start.startswith(b"\x1f\x8b"):
        inside = _archive(_inflated(start))
        return inside or Kind.GZIP
    if is_zstd(start):
        return Kind.WARC if start.startswith(DICTIONARY) else _archive(_unframed(start)) or Kind.BINARY
    if archive := _archive(start):
        return archive
    if is_lz4(start):
        return Kind.WARC
    if start.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    named = media_type(start)
    if named is not None:
        return Kind.BINARY
    text = start.replace(b"\0", b"")
    before = _COMMENTS.match(text)
    begin = before.end() if before else 0
    text = text[begin : begin + START]
    if _HAR.match(text):
        return Kind.HAR
    if _HTML.search(text) and len(CONTROL.findall(text)) <= len(text) // _STRAY:
        return Kind.HTML
    return Kind.TEXT if start.startswith(_MARKS) or not CONTROL.search(start[:START]) else Kind.BINARY


def media_type(start: bytes) -> str | None:
    """The media type of pictures, films, sounds, fonts and documents; None for what may be a page or a text."""
    found = sniff(start)
    if found is None or found == "application/octet-stream" or start.startswith(b"BM"):
        return None
    kind = found.partition("/")[0]
    binary = kind in ("image", "audio", "video", "font") and found != "image/svg+xml"
    return found if binary or found in _DOCUMENTS else None


_DOCUMENTS = frozenset({"application/pdf", "application/ogg", "application/wasm", "application/postscript"})


def _archive(start: bytes) -> Kind | None:
    if start.startswith(b"WARC/"):
        return Kind.WARC
    return Kind.ARC if start.startswith(b"filedesc://") else None


def _inflated(start: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(start, START)
    except zlib.error:
        return b""


def _unframed(start: bytes) -> bytes:
    frames = Frames(BytesIO(start))
    try:
        return frames.more() if frames.begin() else b""
    except FrameError:
        return b""
