"""Where else a page says its story stands: the original it names, and links that may lead to copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag

from lxml.html import HtmlElement

from crawler.extract.address import archived_in, path_of
from crawler.extract.embedded import find_state, may_hold_state
from crawler.extract.linked import find_linked, is_spelt
from crawler.extract.page import Page
from crawler.extract.wording import fold, tidy
from crawler.model import Candidate

_SAYS_ORIGINAL = re.compile(
    r"\b(?:originally|first) (?:published|appeared|posted|reported|ran)\b|\bpublished (?:here )?(?:with permission"
    r"|courtesy)|\b(?:republished|syndicated) from\b|\b(?:read|see|view|visit) (?:the )?(?:full|original|entire"
    r"|complete) (?:story|article|report|post)\b|\b(?:original|full) (?:story|article|report|post)\b"
    r"|ursprünglich (?:erschienen|veröffentlicht)|zuerst (?:erschienen|veröffentlicht)|(?:zum|im) original"
    r"|publié (?:initialement|à l'origine)|article original|lire l'article (?:complet|original)"
    r"|publicado originalmente|artículo original|artigo original|pubblicato originariamente|articolo originale"
    r"|oorspronkelijk (?:gepubliceerd|verschenen)",
    re.I,
)
_SAYS_SOURCE = re.compile(r"(?:^|[\s(|·])(?:source|via|quelle|fuente|fonte|bron|źródło|источник)\s*:?\s*$", re.I)
_TELLING = (
    "publi", "pubbl", "erschienen", "veröff", "verschenen", "origin", "appeared", "first ran", "syndicated", "story",
    "article", "report", "post", "source", "via", "quelle", "fuente", "fonte", "bron", "źródło", "источник", "artículo",
    "artigo", "articolo",
)  # fmt: skip
"""Without one of these a line says neither; looking for them costs less than the patterns do."""
_IN_STATE = ("originalUrl", "original_url", "originUrl", "origin_url", "sourceUrl", "source_url", "sourceHref",
             "externalUrl", "canonicalUrl")  # fmt: skip
_OUTSIDE = frozenset({"nav", "footer", "header", "form"})
_NO_PAGE = ("#", "data:", "javascript:", "mailto:")
_NEAR = 90
"""Characters before a link in which the words that explain it stand."""
_LINE = 700
"""Characters of a block's end that are looked at for such words."""
_NODES = 20_000
"""Values of the page's state that are looked through."""
_LOOKS = 500
"""Links whose lines are read: a page may hold a hundred thousand, no story has so many sources."""
_MOST = 5
"""Addresses that are given."""
_NAMED = 0.7
"""Trust from which on a line names an original; below, it may as well name what is quoted."""
_PLAIN = re.compile("[A-Za-z]+")
_NUMBER = re.compile(r"\d{4}")
_SLUG = re.compile(r"\d{4,}|(?<![^\W_])[^\W_]+[-_][^\W_]+[-_][^\W_]")


def find_originals(page: Page, headline: str | None, attributed: Sequence[Candidate]) -> Iterator[Candidate]:
    """Addresses that the page's data and its lines name as where the story stood first; of any site, best first."""
    lines = (candidate for candidate in (*_based_on(page), *attributed) if _is_named(candidate, headline))
    found = (*_in_state(page, headline), *lines, *find_linked(page, headline))
    yield from sorted(found, key=lambda candidate: -candidate.confidence)


def find_leads(page: Page, headline: str | None, attributed: Sequence[Candidate]) -> tuple[str, ...]:
    """Addresses where the story may stand too: links under its very headline, what it is based on, its "source"."""
    others = [str(one.value) for one in (*_based_on(page), *attributed) if not _is_named(one, headline)]
    return tuple(dict.fromkeys((*_same_headline(page, headline), *others)))[:_MOST]


def _is_named(candidate: Candidate, headline: str | None) -> bool:
    """Whether the story's original is named: a mere "source" is it where its address has the headline's words."""
    return candidate.confidence >= _NAMED or is_spelt(str(candidate.value), headline)


def _same_headline(page: Page, headline: str | None) -> tuple[str, ...]:
    wanted = fold(headline or "")
    if len(wanted.split()) < 4 and len(wanted) < 20:
        return ()
    blocks, found, begins = page.layout.blocks, [], wanted[:300]
    for link in page.layout.links:
        # What a link shows stands in its blocks; only where those hold the headline is the link itself read.
        if link.last < link.first:
            words = link.element.get("title", "")
        elif begins in blocks[link.first].folded:
            words = tidy(" ".join(link.element.itertext()))
        else:
            continue
        if words and fold(words) == wanted and (address := page.absolute(link.address)):
            found.append(urldefrag(address)[0])
    return tuple(found)


def _based_on(page: Page) -> Iterator[Candidate]:
    for thing in page.json_ld:
        for name in ("isBasedOn", "isBasedOnUrl"):
            for value in _listed(thing.get(name)):
                url = value.get("url") or value.get("@id") if isinstance(value, dict) else value
                if isinstance(url, str) and (address := page.absolute(url)):
                    yield Candidate(address, "json-ld", name, 0.45)


def _in_state(page: Page, headline: str | None) -> Iterator[Candidate]:
    """Addresses that application state keeps beside this story's headline."""
    wanted = fold(headline or "")
    waiting: list[Any] = list(find_state(_scripts_telling(page, headline)).values()) if headline and wanted else []
    for _ in range(_NODES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(one for one in value.values() if isinstance(one, (dict, list)))
            if value.keys().isdisjoint(_IN_STATE):
                continue
            titles = (value.get(name) for name in ("title", "headline"))
            if any(isinstance(title, str) and fold(tidy(title)) == wanted for title in titles):
                for name in _IN_STATE:
                    url = value.get(name)
                    if isinstance(url, str) and url.startswith("http") and (address := page.absolute(url)):
                        yield Candidate(address, "app-state", f"{name} beside the headline", 0.8)


def _scripts_telling(page: Page, headline: str) -> Iterator[tuple[dict[str, str], str]]:
    """Scripts that may hold such an address beside the headline: a look at them costs less than reading their state.

    Most do not even hold the headline's longest word.
    """
    word = "" if headline.isupper() else max(_PLAIN.findall(headline), key=len, default="")
    for attributes, text in page.scripts:
        if word in text and may_hold_state(attributes, text) and any(name in text for name in _IN_STATE):
            yield attributes, text


def find_attributed(page: Page) -> Iterator[Candidate]:
    """Links of lines such as "This article was originally published on …" to stories on other sites.

    Those to a front page name no story.
    """
    blocks = page.layout.blocks
    own = "/".join(page.address.split("/", 3)[:3]) + "/"
    relative = "/" if page.base_url.startswith(own) else own
    no_story = (own, *_NO_PAGE)
    looked_at = 0
    for place in page.layout.links:
        href = place.address
        if href.startswith(no_story) or (href.startswith(relative) and href[1:2] != "/"):
            continue
        if place.last < place.first or not place.box.inside.isdisjoint(_OUTSIDE) or not _has_slug(href):
            continue
        if not any(_is_telling(block.text[-_LINE:]) for block in blocks[max(0, place.first - 1) : place.first + 1]):
            continue
        link = place.element
        address = archived_in(page.absolute(href) or "")
        if not address or address.startswith(own) or not _has_slug(path_of(address)):
            continue
        looked_at += 1
        if looked_at > _LOOKS:
            return
        words, before = tidy(" ".join(link.itertext())), _before(link)
        near = f"{before[-_NEAR:]} {words}"
        if not (_SAYS_ORIGINAL.search(near) or _SAYS_SOURCE.search(before)):
            continue
        trust = 0.75 if _SAYS_ORIGINAL.search(near) else 0.5
        yield Candidate(address, "text", f"“{tidy(near)[-80:]}”", trust)


def _has_slug(address: str) -> bool:
    """Whether an address names a story; of those that hold a picture or a program only the beginning is looked at."""
    begins = address[:_LINE]
    if begins.count("-") + begins.count("_") < 2:  # most of the others lead to a site's pages at large
        return _NUMBER.search(begins) is not None
    return _SLUG.search(begins) is not None


@lru_cache(maxsize=16)
def _is_telling(text: str) -> bool:
    """Whether a text may say so; the links of a block, and of the next, ask in turn."""
    text = text.lower()
    return any(word in text for word in _TELLING)


def _before(link: HtmlElement) -> str:
    """The end of the text of the line before a link."""
    pieces: list[str] = []
    element = link
    for _ in range(3):
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "article", "main", "section"):
            break
        earlier: list[str] = []
        left = _LINE
        for sibling in element.itersiblings(preceding=True):
            inner = " ".join(sibling.itertext()) if isinstance(sibling.tag, str) else ""
            earlier.insert(0, inner + (sibling.tail or ""))
            left -= len(earlier[0])
            if left < 0:
                break
        else:
            earlier.insert(0, parent.text or "")
        pieces.insert(0, " ".join(earlier))
        if parent.tag in ("p", "li", "div", "td", "figcaption", "blockquote"):
            break
        element = parent
    return tidy(" ".join(pieces))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
