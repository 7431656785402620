"""Reading a listing, whatever it is: its kind told by its content, its parts one after another as they are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from crawler.extract.feeds.element import read_channel, read_child, read_entry
from crawler.extract.feeds.json_feed import read_json_feed
from crawler.extract.feeds.links import read_links
from crawler.extract.feeds.listing import Child, Entry, Listing, ListingError
from crawler.extract.feeds.mend import decoded, inflated, mended
from crawler.extract.feeds.parts import local_name
from crawler.extract.feeds.text_sitemap import read_text_sitemap
from crawler.extract.page import Page, read_capture_time
from crawler.model.counted import counted

MAX_BYTES = 64 << 20
"""Bytes of a listing that are read, gzip taken off; the sitemap protocol allows 50 MB."""
MAX_ENTRIES = 50_000
"""Entries that are read; as many as the sitemap protocol allows in one file."""

_KINDS = {"rss": "rss", "rdf": "rss", "channel": "rss", "feed": "atom", "urlset": "sitemap",
          "sitemapindex": "sitemap-index"}  # fmt: skip
_ITEMS = frozenset({"item", "entry", "url"})
_COMMENTS = re.compile(rb"(?:\s|\xef\xbb\xbf|(?><!--.*?-->))*+", re.DOTALL)
_MISREAD = "no feed, sitemap or page: {}"


def read_listing(
    body: bytes,
    *,
    url: str,
    captured_at: datetime | str | None = None,
    headers: Mapping[str, str] | None = None,
    max_entries: int = MAX_ENTRIES,
) -> Listing:
    """What a feed (RSS 0.9x to 2.0, Atom, JSON Feed), a sitemap (XML or text) or index, or an HTML page lists.

    ``body`` is the entity, whose own gzip is taken off; ``captured_at`` settles relative dates. Broken XML is read as
    far as it goes. Raises ``ListingError`` where ``body`` is none of these, or declares entities without end.
    """
    fields = headers or {}
    captured = read_capture_time(captured_at)
    start = b"".join(inflated(body, 4096))
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"<!--"):
        bare = _COMMENTS.sub(b"", b"".join(inflated(body, 1 << 16)), count=1) or bare
    if not bare:
        raise ListingError(_MISREAD.format("it is empty"))
    if bare[:1] == b"{":
        return read_json_feed(b"".join(inflated(body, MAX_BYTES)), url, captured, max_entries)
    if _is_html(bare):
        page = Page(b"".join(inflated(body, MAX_BYTES)), url=url, captured_at=captured, headers=fields)
        return read_links(page, max_entries)
    if b"<" not in start.replace(b"\0", b""):
        if bare[:4].lower() == b"http":
            return read_text_sitemap(b"".join(inflated(body, MAX_BYTES)), url, max_entries)
        raise ListingError(_MISREAD.format(f"it begins with {bare[:30]!r}"))
    return _XmlReader(url, captured, max_entries).read(body, fields)


class _XmlReader:
    """One XML listing on its way through the parser; elements are let go as soon as they have been read."""

    def __init__(self, url: str, captured: datetime | None, most: int) -> None:
        self.url, self.captured, self.most = url, captured, most
        self.kind: str | None = None
        self.root: etree._Element | None = None
        self.root_name = ""
        self.entries: list[Entry] = []
        self.children: list[Child] = []
        self.notes: list[str] = []
        self.full = False
        self.skipped = 0

    def read(self, body: bytes, headers: Mapping[str, str]) -> Listing:
        size = 0

        def measured() -> Iterator[bytes]:
            nonlocal size
            for piece in inflated(body, MAX_BYTES):
                size += len(piece)
                yield piece

        parser: etree.XMLPullParser = etree.XMLPullParser(
            ("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False,
            remove_comments=True, remove_pis=True, encoding="utf-8",
        )  # fmt: skip
        broken = self._parse(parser, mended(decoded(measured(), headers)))
        if self.kind is None or self.root is None:
            named = f"its root element is {self.root_name!r}" if self.root_name else "it has no element"
            raise ListingError(_MISREAD.format(named))
        if broken:
            self.notes.append(f"broken XML, read as far as it goes: {broken}")
        if self.skipped:
            self.notes.append(f"{counted(self.skipped, 'entry', 'entries')} without an address that can be fetched")
        if self.full:
            self.notes.append(f"more than {self.most} entries; the rest is left out")
        if size >= MAX_BYTES:
            self.notes.append(f"more than {MAX_BYTES >> 20} MiB; the rest is left out")
        return read_channel(
            self.root,
            url=self.url,
            kind=self.kind,
            captured=self.captured,
            entries=tuple(self.entries),
            children=tuple(self.children),
            notes=tuple(self.notes),
            truncated=self.full or size >= MAX_BYTES or (broken or "").startswith("Premature end"),
        )

    def _parse(self, parser: etree.XMLPullParser, texts: Iterator[str]) -> str | None:
        """Feed the parser; the first thing that was wrong with the XML, in its words, or None."""
        try:
            for text in texts:
                parser.feed(text.encode("utf-8", "replace"))
                self._take(parser)
                if self.full:
                    return None
            parser.close()
            self._take(parser)
        except etree.XMLSyntaxError as error:
            self._take(parser)
            return str(error.msg)
        first = next(iter(parser.feed_error_log), None)
        return None if first is None else f"{first.message.strip()}, line {first.line}"

    def _take(self, parser: etree.XMLPullParser) -> None:
        for event, element in parser.read_events():
            if self.full or not isinstance(element.tag, str):
                continue
            name = local_name(element)
            if event == "start":
                if self.root is None:
                    self.root, self.root_name = element, name
                    self.kind = _KINDS.get(name.lower())
            elif self.kind is not None and element is not self.root:
                self._end(element, name)

    def _end(self, element: etree._Element, name: str) -> None:
        if self.kind == "sitemap-index":
            if name == "sitemap":
                child = read_child(element, self.url, self.captured)
                self._keep(self.children, child)
                _let_go(element)
        elif name in _ITEMS and not _inside_item(element):
            entry = read_entry(element, self.url, self.captured, len(self.entries) + 1)
            self._keep(self.entries, entry)
            _let_go(element)

    def _keep(self, into: list[Entry] | list[Child], found: Entry | Child | None) -> None:
        if found is None:
            self.skipped += 1
        elif len(into) >= self.most:
            self.full = True
        else:
            into.append(found)  # type: ignore[arg-type]


def _inside_item(element: etree._Element) -> bool:
    """An Atom ``source`` may hold what looks like an entry; a broken feed nests items, which count."""
    parent = element.getparent()
    return parent is not None and local_name(parent) in ("source", "group")


def _let_go(element: etree._Element) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        if local_name(before) not in (*_ITEMS, "sitemap"):
            return
        parent.remove(before)


def _is_html(start: bytes) -> bool:
    lowered = start[:2048].lower()
    return (
        b"<!doctype html" in lowered
        or b"<html" in lowered
        or (lowered.startswith((b"<head", b"<body", b"<div", b"<title", b"<meta")))
    )
