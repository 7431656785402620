"""The markup of a page as a tree, whatever its bytes: nothing here raises for any input."""

from __future__ import annotations

import re
from itertools import islice

import lxml.etree
import lxml.html

from crawler.extract.page.tags import BOX, KINDS

_DEPTH = 500
"""Deeper nesting than any layout needs; libxml2 drops what lies below 2048."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)([^<>]*+)>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_OF_THE_HEAD = frozenset(
    ("title", "meta", "link", "script", "style", "base", "noscript", "template", "object", "basefont")
)
_NO_CONTROL = bytes(32 if code < 32 and code not in (9, 10, 13) else code for code in range(256))
"""Bytes of UTF-8 with control characters, which no text may hold, as spaces."""
_ONE_CLASS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""No classes for forms and inputs: asking for an element's class would cost more than the walk over a page."""
_BORDER = "<br><br>"
"""What stands for a box that is left out, so that its text stays parted from the next."""
_EMPTY = "<html><head></head><body></body></html>"
_BEGINNING = 2000
"""Bytes in which a document's own element begins."""
_END = re.compile(rb"</(?:body|html)\s*>", re.I)
"""What ends nothing: browsers show what follows (HTML, 13.2.6.4.19, "after body"), but libxml2 leaves it out of the
body or of the tree. Seen where a header was put into a page with the end of a document of its own (2026)."""
_ENDS_ITSELF = re.compile(rb"<((?:html|head|body)\b[^<>]*?)\s*/>", re.I)
"""Such as ``<html lang="en" />``, which browsers take for a beginning and libxml2 for a whole document."""
_MOST_TAGS = 400_000
"""Signs that begin a tag up to which a page is parsed, ten times what the longest have: a kilobyte on the wire may hold
millions, each of which takes hundreds of bytes of memory."""
_LARGE, _VAST = 1 << 17, 1 << 19
"""Bytes from which on a page is looked through for tags of countless attributes: where none ends for long, or all."""
_NO_END = 1 << 14
"""Bytes without the end of a tag from which on one may have countless attributes."""
_ATTRIBUTE = rb"""(?>[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+)"""
_CROWDED = re.compile(rb"(<[a-z][^\s/>]*+(?:%b){0,2000}+)(?:%b)*+" % (_ATTRIBUTE, _ATTRIBUTE), re.I)
"""A start tag, its first attributes and the rest (HTML, 13.2.5.32 to 38): libxml2 goes through all of them for each."""


def parse_html(text: str, utf8: bytes | None = None) -> lxml.html.HtmlElement:
    """The root element of an HTML text; an empty document where it holds nothing. Never raises.

    ``utf8`` is the text in UTF-8, where that is at hand.
    """
    root = _parse(text.encode("utf-8", "replace") if utf8 is None else utf8)
    if root is None:
        root = _parse(_flatten(text).encode("utf-8", "replace"), 2 * _MOST_TAGS)  # of one tag it may make two
    return _with_body(root) if root is not None else lxml.html.document_fromstring(_EMPTY)


def _parse(utf8: bytes, most: int = _MOST_TAGS) -> lxml.html.HtmlElement | None:
    """None where there is no element, or where nesting was too deep and content would be missing."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    clean = utf8.translate(_NO_CONTROL).strip()
    if not clean:
        return None
    if b"/>" in clean[:_BEGINNING]:
        clean = _ENDS_ITSELF.sub(rb"<\1>", clean[:_BEGINNING]) + clean[_BEGINNING:]
    clean = _bounded(_END.sub(b"", clean), most)
    try:
        root = lxml.html.document_fromstring(clean, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    too_deep = len(clean) > 3 * 2000 and any("depth" in entry.message.lower() for entry in parser.error_log)
    return None if too_deep else root


def _bounded(utf8: bytes, most: int) -> bytes:
    """Markup without what would take memory or time out of proportion to its length."""
    if len(utf8) < _LARGE:
        return utf8
    if utf8.count(b"<") > most:
        utf8 = utf8[: next(islice(re.finditer(b"<", utf8), most, None)).start()]
    return _CROWDED.sub(rb"\1", utf8) if len(utf8) >= _VAST else _thinned(utf8)


def _thinned(utf8: bytes) -> bytes:
    """Markup without the attributes that are too many of tags that go on for long."""
    kept: list[bytes] = []
    done = at = 0
    while at < len(utf8):
        end = utf8.rfind(b">", at, at + _NO_END)
        if end >= 0:
            at = end + 1
            continue
        end = utf8.find(b">", at)
        end = len(utf8) if end < 0 else end
        kept += (utf8[done:at], _CROWDED.sub(rb"\1", utf8[at:end]))
        done = at = end
    return b"".join([*kept, utf8[done:]]) if kept else utf8


def _with_body(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The tree with what is shown in its body: libxml2 leaves elements that HTML 4 did not know in an open head."""
    head = root.find("head")
    shown = next((child for child in head if child.tag not in _OF_THE_HEAD), None) if head is not None else None
    if shown is None:
        return root
    body = root.find("body")
    if body is None:
        body = lxml.html.HtmlElement()
        body.tag = "body"
        root.append(body)
    for number, element in enumerate([shown, *shown.itersiblings()]):
        body.insert(number, element)
    return root


def _flatten(text: str) -> str:
    """The text without the tags that nest deeper than ``_DEPTH``; their content stays, paragraph by paragraph."""
    depth = 0
    dropped = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth, dropped
        closing, name, rest = match.groups()
        if name.lower() in _VOID or rest.endswith("/"):
            return match.group()
        if closing:
            if dropped:
                dropped -= 1
                return _BORDER if KINDS.get(name.lower()) == BOX else " "
            depth = max(0, depth - 1)
            return match.group()
        if depth >= _DEPTH:
            dropped += 1
            return _BORDER if KINDS.get(name.lower()) == BOX else " "
        depth += 1
        return match.group()

    return _TAG.sub(keep, text)
