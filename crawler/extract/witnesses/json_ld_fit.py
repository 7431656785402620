"""Which of the article objects in a page's JSON-LD are the page's own, and which fits it best."""

from __future__ import annotations

from collections.abc import Iterator, KeysView
from typing import Any
from urllib.parse import urlsplit

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import tidy, word_list

_FEW, _SHARE = 3, 2
"""Words of a headline that can tell, and the part of them that a page about it has at least."""
_TELLING = 10
"""Characters of a headline that tells one article from another."""


def types(value: dict[str, Any]) -> KeysView[str]:
    """The types of an object in small letters, in their order, without the vocabulary they are of."""
    kinds = value.get("@type") or value.get("type") or ()
    if isinstance(kinds, str):
        kinds = (kinds,)
    named = kinds if isinstance(kinds, (list, tuple)) else ()
    return dict.fromkeys(str(kind).replace(":", "/").rpartition("/")[2].lower() for kind in named).keys()


def fit(value: dict[str, Any], page: Page) -> float:
    """How well an article object fits the page: what it tells, its title, its address."""
    fit = 0.0
    if value.get("headline"):
        fit += 1
    if value.get("datePublished"):
        fit += 1
    if value.get("author"):
        fit += 0.5
    if "videoobject" in types(value):
        fit -= 2
    if len(title := tidy(first(value.get("headline")))) > _TELLING and title in page.title:
        fit += 1
    path = _path(page.address)
    if path and any(_path(address) == path for address in _addresses(value)):
        fit += 2
    return fit


def is_anothers(value: dict[str, Any], page: Page, layout: Layout) -> bool:
    """Whether an object tells of another article: by its address and by a headline of which the page has few words."""
    named = [path for address in _addresses(value) if (path := _path(address))]
    if not named:
        return False
    own = {
        _path(page.address),
        *(_path(address) for address in page.meta.get("og:url", ())),
        _path(page.linked("canonical") or ""),
    }
    words = set(word_list(tidy(first(value.get("headline") or value.get("name")))))
    if not own.isdisjoint(named) or len(words) < _FEW:
        return False
    titles = _title_words(page, layout)
    return bool(titles) and len(words & titles) * _SHARE <= len(words)


def _title_words(page: Page, layout: Layout) -> set[str]:
    """The words that the page's title, its ``og:title`` and its first-rank headings hold."""
    headings = (block.text for block in layout.blocks if block.level == 1)
    return {word for title in (page.title, *page.meta.get("og:title", ()), *headings) for word in word_list(title)}


def _addresses(value: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        named = value.get(key)
        if isinstance(named, dict):
            named = named.get("@id") or named.get("url")
        if isinstance(named, str):
            yield named


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.strip("/")
    except ValueError:
        return ""


def first(value: Any) -> Any:
    """The first of values that are listed, freed from what says its language or type."""
    while isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "@value" in value:
        return value["@value"]
    return value
