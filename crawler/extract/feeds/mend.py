"""Feeds as they come made into XML a parser can take: gzip, encodings, stray ampersands, and no entities of their own.

Everything streams: no more than a piece of the text is held, however big the file or whatever a gzip bomb holds.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import html5

from w3lib.encoding import resolve_encoding

from crawler.extract.feeds.listing import ListingError
from crawler.extract.page.charset import BYTE_ORDER_MARKS

PIECE = 1 << 16
"""Bytes at a time."""
_HEAD = 1 << 16
"""Bytes among which the document type is looked for."""
_MEMBERS = 20_000
"""Gzip members that are read however little they hold: a bomb can hold millions of empty ones."""
_LEAST = 64
"""Bytes that a gzip member holds on average for which more of them are read."""
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_NO_TAG = re.compile(r"<(?![A-Za-z_:/!?]|[^\x00-\x7f])")
"""A sign of less than, as in ``A < B``: no name of an element stands behind it."""
_OF_XML = {ord(sign): f"&#{ord(sign)};" for sign in "&<>"}
"""By number: behind an error in the XML libxml2 drops ``&amp;``, and with it half an address."""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("wirecopy-windows-1252", _as_windows)


def inflated(body: bytes, limit: int) -> Iterator[bytes]:
    """``body`` in pieces, gzip taken off however often it was put on (twice at most); the first ``limit`` bytes of it.

    A stream that breaks off gives what came before.
    """
    pieces: Iterator[bytes] = (body[at : at + PIECE] for at in range(0, len(body), PIECE))
    for _ in range(2):
        first = next(pieces, b"")
        pieces = _chained(first, pieces)
        if first[:2] != b"\x1f\x8b":
            break
        pieces = _gunzipped(pieces)
    left = limit
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def decoded(pieces: Iterator[bytes], headers: Mapping[str, str]) -> Iterator[str]:
    """Text of ``pieces``: by its byte order mark, the XML declaration or the header, whichever the bytes bear out.

    Bytes that no declaration explains are read as Windows-1252, which is what they nearly always are.
    """
    first = next(pieces, b"")
    encoding, skip = _encoding(first, headers)
    decoder = codecs.getincrementaldecoder(encoding)("wirecopy-windows-1252" if encoding == "utf-8" else "replace")
    yield decoder.decode(first[skip:])
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", True)


def mended(texts: Iterator[str]) -> Iterator[str]:
    """XML without declaration and document type, whose only references are to characters by number.

    What stands before the first tag is dropped. HTML's names become characters; a reference to anything else, declared
    or not, stays as the letters it is written with, so no entity is ever expanded or fetched. Raises ``ListingError``
    where a document type has no end.
    """
    mender = _Mender()
    text, rest = _prolog(texts)
    yield mender.mend(text, last=False)
    for piece in rest:
        yield mender.mend(piece, last=False)
    yield mender.mend("", last=True)


class _Mender:
    """References, and signs that begin no tag, put right outside CDATA, piece by piece."""

    def __init__(self) -> None:
        self._held = ""
        self._in_cdata = False

    def mend(self, text: str, *, last: bool) -> str:
        text = self._held + _ILLEGAL.sub("", text)
        end = len(text) if last else _safe_end(text)
        self._held, text = text[end:], text[:end]
        out, at = [], 0
        while at < len(text):
            mark = "]]>" if self._in_cdata else "<![CDATA["
            found = text.find(mark, at)
            stop = len(text) if found < 0 else found + len(mark)
            out.append(text[at:stop] if self._in_cdata else _signs_mended(text[at:stop]))
            if found >= 0:
                self._in_cdata = not self._in_cdata
            at = stop
        return "".join(out)


def _safe_end(text: str) -> int:
    """Where to cut so that no reference and no mark of CDATA is cut in two."""
    ends = [len(text)]
    for mark, reach in (("&", 40), ("<", 9), ("]", 3)):
        at = text.find(mark, max(0, len(text) - reach))
        if at >= 0:
            ends.append(at)
    return min(ends)


def _signs_mended(text: str) -> str:
    return _NO_TAG.sub("&lt;", _REFERENCE.sub(_reference, text))


def _reference(match: re.Match[str]) -> str:
    whole, name = match.group(), match.group(1)
    meant = whole if name and f"{name};" not in html5 else _ILLEGAL.sub("", unescape(whole))
    return meant.translate(_OF_XML)


def _prolog(texts: Iterator[str]) -> tuple[str, Iterator[str]]:
    """The text from the root's start tag on, in a first piece and the rest."""
    head = ""
    for text in texts:
        head += text
        stripped = _without_prolog(head)
        if stripped is not None:
            return stripped, texts
        if len(head) > _HEAD:
            raise ListingError("no feed or sitemap: it has no element in its first 64 KiB")
    return "", texts


def _without_prolog(head: str) -> str | None:
    """``head`` from its first element on; None where that has not come yet."""
    at = head.find("<")
    while at >= 0:
        if head.startswith("<?", at):
            end = head.find("?>", at)
        elif head.startswith("<!--", at):
            end = head.find("-->", at)
        elif head.startswith("<!", at):
            end = _declaration_end(head, at)
        else:
            return head[at:] if ">" in head[at:] else None
        if end < 0:
            return None
        at = head.find("<", end)
    return None


def _declaration_end(head: str, at: int) -> int:
    """The ``>`` that ends a document type, its subset and quoted names passed over; -1 where none does."""
    depth, quote = 0, ""
    for place in range(at, len(head)):
        sign = head[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and depth == 0:
            quote = sign
        elif sign == "[":
            depth += 1
        elif sign == "]":
            depth -= 1
        elif sign == ">" and depth <= 0:
            return place
    return -1


def _encoding(first: bytes, headers: Mapping[str, str]) -> tuple[str, int]:
    for mark, name in BYTE_ORDER_MARKS:
        if first.startswith(mark):
            return name, len(mark)
    if first[:4] in (b"<\0?\0", b"<\0r\0", b"<\0u\0", b"<\0f\0"):
        return "utf-16-le", 0
    if first[:4] in (b"\0<\0?", b"\0<\0r", b"\0<\0u", b"\0<\0f"):
        return "utf-16-be", 0
    labels = [label.decode("ascii") for label in _DECLARED.findall(first[:400])]
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    labels += _CHARSET.findall(kind)
    # A declaration that could be read as ASCII cannot stand in a file of two-byte characters.
    known = [name for name in map(resolve_encoding, labels) if name and not name.startswith(("utf-16", "utf-32"))]
    if "utf-8" not in known and not first.isascii() and _is_utf8(first):
        known.insert(0, "utf-8")
    return (known[0] if known else "utf-8"), 0


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(31)
    members = size = 0
    for piece in pieces:
        data = piece
        while data:
            try:
                out = inflater.decompress(data, PIECE)
            except zlib.error:
                return
            if out:
                size += len(out)
                yield out
            data = inflater.unconsumed_tail
            if inflater.eof:
                members += 1
                if members > _MEMBERS + size // _LEAST:
                    return
                data = inflater.unused_data
                inflater = zlib.decompressobj(31)
    if not inflater.eof:
        yield inflater.flush()


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
