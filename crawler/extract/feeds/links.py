"""A publisher's or aggregator's page as a listing: the cards a reader sees, and the lists its data holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag

from crawler.extract.dates import DateReading, read_date
from crawler.extract.feeds.listing import Entry, Listing
from crawler.extract.page import Page
from crawler.extract.panels.find import find_cards
from crawler.extract.wording import headline_weight, tidy

_LISTS = frozenset({"ItemList", "CollectionPage", "Blog", "LiveBlogPosting"})
_ADDRESSES = ("url", "canonicalUrl", "canonical_url", "link", "href", "path", "originalUrl", "origin_url", "shareUrl")
_DATES = (
    "date",
    "published",
    "publishedAt",
    "published_at",
    "publishedDateTime",
    "datePublished",
    "pubDate",
    "created_at",
)
_NO_STORY = re.compile(
    r"[?&]share=|/sharer?\b|/intent/|//(?:apps\.apple|play\.google|itunes\.apple)\.com/|//creativecommons\.org/"
    r"|/(?:about|contact|kontakt|impressum|imprint|privacy(?:-policy)?|datenschutz|login|log-in|signin|subscribe|abo"
    r"|newsletters?|terms(?:-of-\w+)?|agb|comments?)/?(?:[?#]|$)|/(?:author|tag|category|kategorie)/[^/]+/?(?:[?#]|$)",
    re.I,
)
"""Addresses of what stands on every page: sharing, shops, the house itself, lists of other pages."""
_NODES = 5000
_ROW = 3
"""Stories in a row that make a list in the page's state one of stories."""
_STORIES = frozenset({"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"})


def read_links(page: Page, most: int) -> Listing:
    """The stories that an HTML page leads to, those of its cards first; navigation and footers are left out."""
    found: dict[str, Entry] = {}
    for entry in (*_shown(page), *_told(page), *_stated(page)):
        if entry.url != urldefrag(page.url)[0] and not _NO_STORY.search(entry.url):
            found.setdefault(entry.url, entry)
    titles = [*page.meta.get("og:site_name", ()), *(tidy(one.text_content()) for one in page.tree.iter("title"))]
    return Listing(
        url=page.url,
        kind="page",
        title=next(filter(None, titles), None),
        link=page.linked("canonical"),
        language=page.language,
        entries=tuple(replace(entry, position=n) for n, entry in enumerate(list(found.values())[:most], 1)),
        next_url=page.linked("next"),
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


def _stated(page: Page) -> Iterator[Entry]:
    """Stories in lists of the page's application state, which its script shows: aggregators send little else."""
    waiting: list[Any] = list(page.state.values())
    for _ in range(_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            waiting.extend(one for one in value.values() if isinstance(one, (dict, list)))
        elif isinstance(value, list):
            cards = [card for member in value if isinstance(member, dict) and (card := _card(member, page))]
            if len(cards) >= _ROW:
                yield from cards
            else:
                waiting.extend(one for one in value if isinstance(one, (dict, list)))


def _card(member: dict[str, Any], page: Page) -> Entry | None:
    title = tidy(member.get("title") or member.get("headline"))
    named = next((member[name] for name in _ADDRESSES if isinstance(member.get(name), str)), None)
    address = page.absolute(named) if named else None
    if not address or headline_weight(title) < 3:
        return None
    return Entry(
        urldefrag(address)[0],
        title=title,
        published=_date(next((member[name] for name in _DATES if isinstance(member.get(name), str)), None), page),
        summary=tidy(member.get("summary") or member.get("description")) or None,
        publisher=tidy(member.get("source")) or None,
    )


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
