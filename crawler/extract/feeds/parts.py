"""The child elements of a feed's element by name, and the texts, dates and addresses in them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from crawler.extract.dates import DateReading, read_date
from crawler.extract.wording import tidy

_SPACES = (
    ("search.yahoo.com/mrss", "media"),
    ("purl.org/dc", "dc"),
    ("modules/content", "content"),
    ("sitemap-news", "news"),
    ("sitemap-image", "image"),
    ("sitemap-video", "video"),
    ("sitemaps/0.", ""),
    ("/atom", "atom"),
    ("itunes", "itunes"),
    ("feedburner", "feedburner"),
    ("rss", ""),
)
"""Parts of name spaces, and the prefix they usually have; publishers get the rest of them wrong."""
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LONGEST = 2000
"""Characters of a text that are kept."""
Parts = dict[str, list[etree._Element]]
"""Child elements by name."""


def local_name(element: etree._Element) -> str:
    """The name without its name space or prefix."""
    tag = str(element.tag)
    return tag.rpartition("}")[2].rpartition(":")[2]


def parts_of(*elements: etree._Element) -> Parts:
    """Child elements by their name with its usual prefix, such as ``dc:date``; RSS's and Atom's own have none."""
    found: Parts = {}
    for element in elements:
        for child in element:
            if isinstance(child.tag, str):
                found.setdefault(_name(child, element), []).append(child)
    return found


def _name(child: etree._Element, parent: etree._Element) -> str:
    space, _, local = str(child.tag).rpartition("}")
    if not space:
        return local
    if space == str(parent.tag).rpartition("}")[0]:
        return f"{_prefix(space[1:])}:{local}" if _prefix(space[1:]) in ("news", "media", "image", "video") else local
    prefix = _prefix(space[1:])
    return f"{prefix}:{local}" if prefix else local


def _prefix(space: str) -> str:
    lowered = space.lower()
    return next((prefix for part, prefix in _SPACES if part in lowered), lowered.rstrip("/").rpartition("/")[2])


def raw_of(parts: Parts, *names: str) -> str | None:
    """The text of the first child of these names that has one, as it stands."""
    for name in names:
        for element in parts.get(name, ()):
            if text := "".join(element.itertext()).strip():
                return text[:_LONGEST]
    return None


def text_of(parts: Parts, *names: str) -> str | None:
    """The text of the first child of these names that has one, white space and markup tidied."""
    return tidy(raw_of(parts, *names)) or None


def date_of(parts: Parts, captured: datetime | None, *names: str) -> DateReading | None:
    """The date in the first child of these names that has a short text."""
    for name in names:
        for element in parts.get(name, ()):
            if (text := "".join(element.itertext()).strip()) and len(text) < 200:
                # A machine writes dates here: what cannot be read is kept as it is printed, and means nothing.
                return read_date(text, captured_at=captured) or DateReading(None, text)
    return None


def link_of(parts: Parts, rel: str) -> str | None:
    """The ``href`` of the link with this relation; one without a relation is ``alternate``."""
    for name in ("link", "atom:link"):
        for link in parts.get(name, ()):
            if (link.get("rel") or "alternate").strip().lower() == rel and (href := (link.get("href") or "").strip()):
                return str(href)
    return None


def absolute(element: etree._Element, address: str | None, url: str) -> str | None:
    """An address in full, by ``xml:base`` of the elements around it; None where it can't be fetched over http."""
    if not address:
        return None
    try:
        base = url
        for around in reversed([element, *element.iterancestors()]):
            if own := around.get(_BASE):
                base = urljoin(base, own.strip())
        joined = urldefrag(urljoin(base, address.strip()))[0]
        parts = urlsplit(joined)
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and parts.hostname and not any(map(str.isspace, joined))
    return joined if usable else None
