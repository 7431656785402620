"""One element of an RSS, Atom or sitemap file as a value: names are told without trust in prefixes or name spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from crawler.extract.dates import DateReading, read_date
from crawler.extract.feeds.listing import Child, Entry, Listing
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
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST = 2000
_MEDIA = frozenset({"content", "thumbnail", "group"})
_Names = dict[str, list[etree._Element]]


def local_name(element: etree._Element) -> str:
    """The name without its name space or prefix."""
    tag = str(element.tag)
    return tag.rpartition("}")[2].rpartition(":")[2]


def read_entry(element: etree._Element, url: str, captured: datetime | None, position: int) -> Entry | None:
    """The entry of an ``item``, ``entry`` or ``url`` element; None where it leads nowhere."""
    parts = _parts(element)
    address = _address(element, parts, url)
    if address is None:
        return None
    news = _parts(*parts.get("news:news", ()))
    publication = _parts(*news.get("news:publication", ()))
    return Entry(
        url=address,
        title=_text(parts, "title", "atom:title", "dc:title", "media:title") or _text(news, "news:title"),
        id=_raw(parts, "guid", "id", "atom:id"),
        published=_date(parts, captured, "pubDate", "published", "atom:published", "dc:date", "issued", "date")
        or _date(news, captured, "news:publication_date"),
        updated=_date(parts, captured, "updated", "atom:updated", "modified", "dcterms:modified", "lastmod"),
        summary=_text(parts, "description", "summary", "atom:summary", "media:description", "dc:description"),
        authors=tuple(_people(parts)),
        categories=tuple(dict.fromkeys((*_categories(parts), *_keywords(news)))),
        publisher=_text(publication, "news:name") or _source(parts),
        language=_text(publication, "news:language") or _text(parts, "dc:language", "language") or element.get(_LANG),
        images=tuple(dict.fromkeys(_pictures(element, parts, url))),
        videos=tuple(dict.fromkeys(_videos(element, parts, url))),
        position=position,
    )


def read_child(element: etree._Element, url: str, captured: datetime | None) -> Child | None:
    """The sitemap that a ``sitemap`` element of an index names; None where it has no address."""
    parts = _parts(element)
    address = _absolute(element, _raw(parts, "loc"), url)
    return Child(address, _date(parts, captured, "lastmod")) if address else None


def read_channel(
    root: etree._Element,
    *,
    url: str,
    kind: str,
    captured: datetime | None,
    entries: tuple[Entry, ...],
    children: tuple[Child, ...],
    notes: tuple[str, ...],
    truncated: bool,
) -> Listing:
    """The listing around entries that were read before: what ``root`` and its ``channel`` say of themselves."""
    channel = next((child for child in root if isinstance(child.tag, str) and local_name(child) == "channel"), root)
    parts = _parts(channel)
    link = _link(parts, "alternate") or (_raw(parts, "link") if kind == "rss" else None)
    return Listing(
        url=url,
        kind=kind,
        version=root.get("version") or _version(root, kind),
        title=_text(parts, "title"),
        link=_absolute(channel, link, url),
        language=_text(parts, "language", "dc:language") or root.get(_LANG),
        updated=_date(parts, captured, "updated", "lastBuildDate", "pubDate", "dc:date", "modified"),
        entries=entries,
        children=children,
        next_url=_absolute(channel, _link(parts, "next"), url),
        notes=notes,
        truncated=truncated,
    )


def _version(root: etree._Element, kind: str) -> str | None:
    if local_name(root).lower() == "rdf":
        spaces = [etree.QName(child).namespace or "" for child in root if isinstance(child.tag, str)]
        return "0.90" if any("netscape" in space for space in spaces) else "1.0"
    if kind == "atom":
        return "0.3" if "purl.org/atom" in (etree.QName(root).namespace or "") else "1.0"
    return None


def _parts(*elements: etree._Element) -> _Names:
    """Child elements by their name with its usual prefix, such as ``dc:date``; RSS's and Atom's own have none."""
    found: _Names = {}
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


def _raw(parts: _Names, *names: str) -> str | None:
    for name in names:
        for element in parts.get(name, ()):
            if text := "".join(element.itertext()).strip():
                return text[:_LONGEST]
    return None


def _text(parts: _Names, *names: str) -> str | None:
    return tidy(_raw(parts, *names)) or None


def _date(parts: _Names, captured: datetime | None, *names: str) -> DateReading | None:
    for name in names:
        for element in parts.get(name, ()):
            if (text := "".join(element.itertext()).strip()) and len(text) < 200:
                # A machine writes dates here: what cannot be read is kept as it is printed, and means nothing.
                return read_date(text, captured_at=captured) or DateReading(None, text)
    return None


def _address(element: etree._Element, parts: _Names, url: str) -> str | None:
    guid = next(iter(parts.get("guid", ())), None)
    permanent = guid is not None and guid.get("isPermaLink", "true").strip().lower() != "false"
    wanted: Sequence[str | None] = (
        _raw(parts, "feedburner:origLink"),
        _link(parts, "alternate"),
        _raw(parts, "loc"),
        next((t for link in parts.get("link", ()) if not link.get("href") and (t := (link.text or "").strip())), None),
        _raw(parts, "guid") if permanent else None,
        element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"),
        _raw(parts, "id") if not parts.get("guid") else None,
    )
    # A tag that was not closed swallows what follows it.
    swallowed = (link.text for link in element.iter("{*}link", "link") if link.text)
    return next(
        (found for address in (*wanted, *swallowed) if address and (found := _absolute(element, address, url))), None
    )


def _link(parts: _Names, rel: str) -> str | None:
    """The ``href`` of the link with this relation; one without a relation is ``alternate``."""
    for name in ("link", "atom:link"):
        for link in parts.get(name, ()):
            if (link.get("rel") or "alternate").strip().lower() == rel and (href := (link.get("href") or "").strip()):
                return str(href)
    return None


def _absolute(element: etree._Element, address: str | None, url: str) -> str | None:
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


def _people(parts: _Names) -> Iterator[str]:
    for name in ("author", "dc:creator", "atom:author", "creator", "itunes:author"):
        for element in parts.get(name, ()):
            inner = _raw(_parts(element), "name", "atom:name")
            if person := tidy(inner or "".join(element.itertext())):
                # RSS has "address (name)" here.
                yield person.partition("(")[2].rstrip(") ") if "@" in person and "(" in person else person


def _categories(parts: _Names) -> Iterator[str]:
    for name in ("category", "atom:category", "dc:subject", "subject", "media:category"):
        for element in parts.get(name, ()):
            if word := tidy(element.get("label") or element.get("term") or "".join(element.itertext())):
                yield word[:200]
    if keywords := _text(parts, "media:keywords"):
        yield from filter(None, map(str.strip, keywords.split(",")))


def _keywords(news: _Names) -> Iterator[str]:
    for word in (_text(news, "news:keywords") or "").split(","):
        if word.strip():
            yield word.strip()


def _source(parts: _Names) -> str | None:
    for name in ("source", "atom:source"):
        for element in parts.get(name, ()):
            if text := tidy(_raw(_parts(element), "title") or element.text):
                return text
    return None


def _pictures(element: etree._Element, parts: _Names, url: str) -> Iterator[str]:
    found: list[str | None] = []
    for image in parts.get("image:image", ()):
        found.append(_raw(_parts(image), "image:loc", "loc"))
    for media in _media(parts):
        kind = (media.get("medium") or media.get("type") or "").lower()
        if local_name(media) == "thumbnail" or "image" in kind or not kind:
            found.append(media.get("url"))
    for enclosure in (*parts.get("enclosure", ()), *_enclosing_links(parts)):
        if (enclosure.get("type") or "").lower().startswith("image/"):
            found.append(enclosure.get("url") or enclosure.get("href"))
    yield from (address for one in found if (address := _absolute(element, one, url)))


def _videos(element: etree._Element, parts: _Names, url: str) -> Iterator[str]:
    found: list[str | None] = []
    for video in parts.get("video:video", ()):
        found.append(_raw(_parts(video), "video:content_loc", "video:player_loc", "content_loc", "player_loc"))
    for media in (*_media(parts), *parts.get("enclosure", ())):
        if "video" in (media.get("medium") or media.get("type") or "").lower():
            found.append(media.get("url"))
    yield from (address for one in found if (address := _absolute(element, one, url)))


def _media(parts: _Names) -> Iterator[etree._Element]:
    for name in ("media:content", "media:thumbnail"):
        yield from parts.get(name, ())
    for group in parts.get("media:group", ()):
        yield from (child for child in group if isinstance(child.tag, str) and local_name(child) in _MEDIA)


def _enclosing_links(parts: _Names) -> Iterator[etree._Element]:
    yield from (link for link in parts.get("link", ()) if (link.get("rel") or "").lower() == "enclosure")
