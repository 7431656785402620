"""A publisher's or aggregator's page as a listing: the cards a reader sees, and the lists its data holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag

from crawler.extract.dates import DateReading, read_date
from crawler.extract.feeds.listing import Entry, Listing
from crawler.extract.page import Page
from crawler.extract.panels.find import find_cards
from crawler.extract.wording import tidy

_LISTS = frozenset({"ItemList", "CollectionPage", "Blog", "LiveBlogPosting"})
_STORIES = frozenset({"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"})


def read_links(page: Page, most: int) -> Listing:
    """The stories that an HTML page leads to, those of its cards first; navigation and footers are left out."""
    found: dict[str, Entry] = {}
    for entry in (*_shown(page), *_told(page)):
        if entry.url != urldefrag(page.url)[0]:
            found.setdefault(entry.url, entry)
    titles = [*page.meta.get("og:site_name", ()), *(tidy(one.text_content()) for one in page.tree.iter("title"))]
    return Listing(
        url=page.url,
        kind="page",
        title=next(filter(None, titles), None),
        link=next(iter(page.links.get("canonical", ())), None),
        language=page.language,
        entries=tuple(replace(entry, position=n) for n, entry in enumerate(list(found.values())[:most], 1)),
        next_url=next(iter(page.links.get("next", ())), None),
        truncated=len(found) > most,
    )


def _shown(page: Page) -> Iterator[Entry]:
    for card in find_cards(page):
        if card.url:
            picture = page.absolute(card.image)
            yield Entry(
                card.url,
                title=card.headline,
                published=_date(card.date_raw, page),
                summary=card.snippet,
                categories=(card.section,) if card.section else (),
                publisher=card.publisher,
                images=(picture,) if picture else (),
            )


def _told(page: Page) -> Iterator[Entry]:
    """Stories that the page's JSON-LD lists."""
    for thing in page.json_ld:
        if not _LISTS.isdisjoint(_types(thing)):
            for name in ("itemListElement", "hasPart", "blogPost", "mainEntity"):
                yield from _members(thing.get(name), page, 0)


def _members(value: Any, page: Page, depth: int) -> Iterator[Entry]:
    if depth > 4:
        return
    for member in value if isinstance(value, list) else [value]:
        if not isinstance(member, dict):
            continue
        item = member.get("item")
        if isinstance(item, (dict, str)):
            member = {**member, **(item if isinstance(item, dict) else {"url": item})}
        if isinstance(member.get("itemListElement"), list):
            yield from _members(member["itemListElement"], page, depth + 1)
        elif not _STORIES.isdisjoint(_types(member)) or "ListItem" in _types(member):
            address = page.absolute(member["url"]) if isinstance(member.get("url"), str) else None
            if address:
                yield Entry(
                    urldefrag(address)[0],
                    title=tidy(member.get("headline") or member.get("name")) or None,
                    published=_date(member.get("datePublished"), page),
                    updated=_date(member.get("dateModified"), page),
                    summary=tidy(member.get("description")) or None,
                    categories=tuple(filter(None, (tidy(member.get("articleSection")),))),
                )


def _types(thing: dict[str, Any]) -> set[str]:
    named = thing.get("@type")
    return {one for one in (named if isinstance(named, list) else [named]) if isinstance(one, str)}


def _date(raw: object, page: Page) -> DateReading | None:
    if not isinstance(raw, str) or not raw.strip():
        return None
    return read_date(raw, captured_at=page.captured_at, languages=(page.language,) if page.language else ())
