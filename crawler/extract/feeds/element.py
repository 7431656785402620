"""One element of an RSS, Atom or sitemap file as a value: names are told without trust in prefixes or name spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from lxml import etree

from crawler.extract.feeds.listing import Child, Entry, Listing
from crawler.extract.feeds.parts import Parts, absolute, date_of, link_of, local_name, parts_of, raw_of, text_of
from crawler.extract.wording import tidy

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MEDIA = frozenset({"content", "thumbnail", "group"})


def read_entry(element: etree._Element, url: str, captured: datetime | None, position: int) -> Entry | None:
    """The entry of an ``item``, ``entry`` or ``url`` element; None where it leads nowhere."""
    parts = parts_of(element)
    address = _address(element, parts, url)
    if address is None:
        return None
    news = parts_of(*parts.get("news:news", ()))
    publication = parts_of(*news.get("news:publication", ()))
    return Entry(
        url=address,
        title=text_of(parts, "title", "atom:title", "dc:title", "media:title") or text_of(news, "news:title"),
        id=raw_of(parts, "guid", "id", "atom:id"),
        published=date_of(parts, captured, "pubDate", "published", "atom:published", "dc:date", "issued", "date")
        or date_of(news, captured, "news:publication_date"),
        updated=date_of(parts, captured, "updated", "atom:updated", "modified", "dcterms:modified", "lastmod"),
        summary=text_of(parts, "description", "summary", "atom:summary", "media:description", "dc:description"),
        authors=tuple(_people(parts)),
        categories=tuple(dict.fromkeys((*_categories(parts), *_keywords(news)))),
        publisher=text_of(publication, "news:name") or _source(parts),
        language=text_of(publication, "news:language")
        or text_of(parts, "dc:language", "language")
        or element.get(_LANG),
        images=tuple(dict.fromkeys(_pictures(element, parts, url))),
        videos=tuple(dict.fromkeys(_videos(element, parts, url))),
        position=position,
    )


def read_child(element: etree._Element, url: str, captured: datetime | None) -> Child | None:
    """The sitemap that a ``sitemap`` element of an index names; None where it has no address."""
    parts = parts_of(element)
    address = absolute(element, raw_of(parts, "loc"), url)
    return Child(address, date_of(parts, captured, "lastmod")) if address else None


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
    parts = parts_of(channel)
    link = link_of(parts, "alternate") or (raw_of(parts, "link") if kind == "rss" else None)
    return Listing(
        url=url,
        kind=kind,
        version=root.get("version") or _version(root, kind),
        title=text_of(parts, "title"),
        link=absolute(channel, link, url),
        language=text_of(parts, "language", "dc:language") or root.get(_LANG),
        updated=date_of(parts, captured, "updated", "lastBuildDate", "pubDate", "dc:date", "modified"),
        entries=entries,
        children=children,
        next_url=absolute(channel, link_of(parts, "next"), url),
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


def _address(element: etree._Element, parts: Parts, url: str) -> str | None:
    guid = next(iter(parts.get("guid", ())), None)
    permanent = guid is not None and guid.get("isPermaLink", "true").strip().lower() != "false"
    wanted: Sequence[str | None] = (
        raw_of(parts, "feedburner:origLink"),
        link_of(parts, "alternate"),
        raw_of(parts, "loc"),
        next((t for link in parts.get("link", ()) if not link.get("href") and (t := (link.text or "").strip())), None),
        raw_of(parts, "guid") if permanent else None,
        element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"),
        raw_of(parts, "id") if not parts.get("guid") else None,
    )
    # A tag that was not closed swallows what follows it.
    swallowed = (link.text for link in element.iter("{*}link", "link") if link.text)
    return next(
        (found for address in (*wanted, *swallowed) if address and (found := absolute(element, address, url))), None
    )


def _people(parts: Parts) -> Iterator[str]:
    for name in ("author", "dc:creator", "atom:author", "creator", "itunes:author"):
        for element in parts.get(name, ()):
            inner = raw_of(parts_of(element), "name", "atom:name")
            if person := tidy(inner or "".join(element.itertext())):
                # RSS has "address (name)" here.
                yield person.partition("(")[2].rstrip(") ") if "@" in person and "(" in person else person


def _categories(parts: Parts) -> Iterator[str]:
    for name in ("category", "atom:category", "dc:subject", "subject", "media:category"):
        for element in parts.get(name, ()):
            if word := tidy(element.get("label") or element.get("term") or "".join(element.itertext())):
                yield word[:200]
    if keywords := text_of(parts, "media:keywords"):
        yield from filter(None, map(str.strip, keywords.split(",")))


def _keywords(news: Parts) -> Iterator[str]:
    for word in (text_of(news, "news:keywords") or "").split(","):
        if word.strip():
            yield word.strip()


def _source(parts: Parts) -> str | None:
    for name in ("source", "atom:source"):
        for element in parts.get(name, ()):
            if text := tidy(raw_of(parts_of(element), "title") or element.text):
                return text
    return None


def _pictures(element: etree._Element, parts: Parts, url: str) -> Iterator[str]:
    found: list[str | None] = []
    for image in parts.get("image:image", ()):
        found.append(raw_of(parts_of(image), "image:loc", "loc"))
    for media in _media(parts):
        kind = (media.get("medium") or media.get("type") or "").lower()
        if local_name(media) == "thumbnail" or "image" in kind or not kind:
            found.append(media.get("url"))
    for enclosure in (*parts.get("enclosure", ()), *_enclosing_links(parts)):
        if (enclosure.get("type") or "").lower().startswith("image/"):
            found.append(enclosure.get("url") or enclosure.get("href"))
    yield from (address for one in found if (address := absolute(element, one, url)))


def _videos(element: etree._Element, parts: Parts, url: str) -> Iterator[str]:
    found: list[str | None] = []
    for video in parts.get("video:video", ()):
        found.append(raw_of(parts_of(video), "video:content_loc", "video:player_loc", "content_loc", "player_loc"))
    for media in (*_media(parts), *parts.get("enclosure", ())):
        if "video" in (media.get("medium") or media.get("type") or "").lower():
            found.append(media.get("url"))
    yield from (address for one in found if (address := absolute(element, one, url)))


def _media(parts: Parts) -> Iterator[etree._Element]:
    for name in ("media:content", "media:thumbnail"):
        yield from parts.get(name, ())
    for group in parts.get("media:group", ()):
        yield from (child for child in group if isinstance(child.tag, str) and local_name(child) in _MEDIA)


def _enclosing_links(parts: Parts) -> Iterator[etree._Element]:
    yield from (link for link in parts.get("link", ()) if (link.get("rel") or "").lower() == "enclosure")
