"""The media type that the first bytes of a body show, whatever its server claims (WHATWG MIME Sniffing, shortened)."""

from __future__ import annotations

import re

SNIFFED = 1445
"""Bytes worth looking at (section 5.2 of the standard)."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\x00asm", "application/wasm"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"OggS\x00", "application/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"%!PS-Adobe-", "application/postscript"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
_BRANDS = {b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"mif1": "image/heif"}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wave", b"AVI ": "video/avi"}
_HTML = re.compile(
    rb"(?:(?><!--.*?-->)|\s)*+<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)"
    rb"[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    rb"\s*(?:<\?xml\s[^>]*\?>)?(?:\s|(?><!--.*?-->)|<!DOCTYPE[^>\[]*>|<\?[^>]*\?>)*+<([\w.:-]+)", re.DOTALL
)
_ROOTS = {
    b"svg": "image/svg+xml",
    b"rss": "application/rss+xml",
    b"feed": "application/atom+xml",
    b"html": "application/xhtml+xml",
}
_JSON = re.compile(rb'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*\Z)|\[\s*(?:[\[{"\d\]-]|true|false|null))', re.DOTALL)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text holds (WHATWG MIME Sniffing, "binary data byte")."""


def sniff(start: bytes) -> str | None:
    """The media type of a body by its first ``SNIFFED`` bytes; None for an empty one."""
    start = start[:SNIFFED]
    if not start:
        return None
    if start.startswith(_MAGICS):
        return next(kind for magic, kind in _MAGIC if start.startswith(magic))
    if start[4:8] == b"ftyp":
        return _BRANDS.get(start[8:12], "video/mp4")
    if start[:4] == b"RIFF" and start[8:12] in _RIFF:
        return _RIFF[start[8:12]]
    if start[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return "text/plain"
    text = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(text):
        return "text/html"
    if text.lstrip()[:1] == b"<" and (match := _XML.match(text)):
        declared = text.lstrip().startswith(b"<?xml")
        root = _ROOTS.get(match[1].rpartition(b":")[2].lower())
        if root or declared:
            return root or "application/xml"
    if CONTROL.search(text):
        return "application/octet-stream"
    return "application/json" if _JSON.match(text) else "text/plain"
