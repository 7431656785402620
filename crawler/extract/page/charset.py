"""Which characters a page's bytes stand for, where its declarations are missing, wrong or broken."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from w3lib.encoding import resolve_encoding

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""By which a text says its encoding outright; UTF-32 first, whose mark begins with that of UTF-16."""
_HEADER = re.compile(r"charset\s*+=\s*+[\"']?+\s*+([\w.:-]++)", re.I)
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*+=\s*+[\"']?+\s*+([\w.:-]++)", re.I)
_LANG = re.compile(rb"<html[^>]{0,500}?\blang\s*+=\s*+[\"']?+\s*+([a-z]{2})", re.I)
_HEAD_BYTES = 4096
"""Bytes in which a page declares its encoding; browsers look through 1,024."""
_WORDS = re.compile(rb"[\x80-\xff]{4,}")
_SAMPLE, _FEWEST = 100_000, 100
"""Bytes that are looked at, and bytes of words without ASCII from which their alphabet is told."""
_ENOUGH = 0.35
"""Share of a text's letters that the commonest ten of its language make up at least."""
_COMMON = {
    "cp1251": "оеаинтсрвл",
    "koi8_r": "оеаинтсрвл",
    "cp1253": "αοιετσνηυρ",
    "cp1255": "יוהלארתבמנ",
    "cp1256": "اليمنورتبع",
    "cp874": "านรอกเงมยล",
}
"""Encodings to the letters that are commonest in what is written in them."""
_EASTERN = ("ja", "zh", "ko")
_LEGACY = {
    "ja": ("shift_jis", "euc_jp", "iso2022_jp"),
    "zh": ("gb18030", "big5"),
    "ko": ("cp949",),
    "ru": ("cp1251", "koi8_r"),
    "uk": ("cp1251",),
    "bg": ("cp1251",),
    "pl": ("cp1250",),
    "cs": ("cp1250",),
    "hu": ("cp1250",),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "ar": ("cp1256",),
    "th": ("cp874",),
}


def decode_page(body: bytes, headers: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The text of an HTML page and the name of the encoding it was read in; never raises.

    A byte order mark decides. Bytes that are valid UTF-8 and not plain ASCII are UTF-8 whatever they declare, since
    other encodings almost never look like it. Then the Content-Type header, then the first declaration in the page
    (HTML standard, section 13.2.3), then the usual legacy encoding of the page's language, then windows-1252. NUL
    characters are dropped, undecodable bytes become U+FFFD.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(name, "replace"), body), name
    wide = _wide(body) if b"\0" in body[:200] else None
    if wide:
        return _clean(body.decode(wide, "replace"), body), wide
    plain = body.isascii()
    declared = _declared(body, headers) if plain else []
    if not (plain and declared):
        unicode = _utf8(body)
        if unicode is not None:
            return _clean(unicode, body), "utf-8"
    for label in declared or _declared(body, headers):
        text = body.decode(label, "replace")
        if text.count("\ufffd") <= 2 + len(text) // 500:
            return _clean(text, body), label
    language = match.group(1).decode().lower() if (match := _LANG.search(body[:_HEAD_BYTES])) else ""
    if language not in _EASTERN and (told := _by_letters(body)) is not None:
        return _clean(body.decode(told, "replace"), body), told
    for legacy in _LEGACY.get(language, ()):
        try:
            return _clean(body.decode(legacy), body), legacy
        except UnicodeDecodeError:
            continue
    if body.count(b"\xc3") + body.count(b"\xe2\x80") > len(body) // 2000 + 3:
        # Mostly UTF-8 with some broken sequences: spoilt text reads better than all of it mistaken.
        return _clean(body.decode("utf-8", "replace"), body), "utf-8"
    return _clean(body.decode("cp1252", "replace"), body), "cp1252"


def in_utf8(text: str, body: bytes, encoding: str) -> bytes:
    """The text of :func:`decode_page` in UTF-8: the page's own bytes where they are that, else encoded anew."""
    spoilt = b"\0" in body or "\ufffd" in text or body[-1:] > b"\x7f" or body.startswith(codecs.BOM_UTF8)
    return text.encode("utf-8", "replace") if spoilt or encoding != "utf-8" else body


def _clean(text: str, body: bytes) -> str:
    """The text without NUL characters; looking for them in the bytes costs a tenth."""
    return text.replace("\0", "") if b"\0" in body else text


def _by_letters(body: bytes) -> str | None:
    """The legacy encoding in which most letters of a page are the commonest of a language; None where none is told.

    Words of such letters alone tell other alphabets from the accents of western Europe.
    """
    words = b" ".join(_WORDS.findall(body[:_SAMPLE]))
    if len(words) < _FEWEST:
        return None
    shares = {name: _share(words, name, letters) for name, letters in _COMMON.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _ENOUGH else None


def _share(words: bytes, name: str, letters: str) -> float:
    text = words.decode(name, "replace").replace(" ", "")
    return sum(map(text.count, letters)) / len(text)


def _utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = body[: error.start]
        cut_off = error.reason == "unexpected end of data" and error.end == len(body)
        return whole.decode("utf-8") if cut_off and not whole.isascii() else None


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark, told by where its zero bytes are."""
    head = body[:200]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 60 and even < 10:
        return "utf-16-le"
    if even > 60 and odd < 10:
        return "utf-16-be"
    return None


def _declared(body: bytes, headers: Mapping[str, str] | None) -> list[str]:
    labels: list[str] = []
    for name, value in (headers or {}).items():
        if name.lower() == "content-type" and (match := _HEADER.search(value)):
            labels.append(match.group(1))
    labels += [label.decode("ascii", "ignore") for label in _META.findall(body[:_HEAD_BYTES])]
    known = [encoding for label in labels if (encoding := resolve_encoding(label))]
    # A declaration that could be read as ASCII cannot stand in a page of two-byte characters.
    return [name for name in dict.fromkeys(known) if not name.startswith(("utf-16", "utf-32"))]
