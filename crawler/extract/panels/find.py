"""Finding panels by structure: cards of other stories, and names, below words that head such a panel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.panels.card import headline_weight, read_card
from crawler.extract.panels.headings import ENTITY_TYPES, heading_kind
from crawler.extract.panels.profile import find_profiles
from crawler.extract.wording import tidy
from crawler.model import Card, Entity, Panel

_OUTSIDE = frozenset({"nav", "footer", "header", "form", "dialog", "script", "style", "noscript", "template", "head"})
_LINKS = XPath(
    "//a[string-length(@href) > 1 and (@aria-label or string-length(normalize-space()) > 6)"
    " and not(ancestor::nav or ancestor::footer or ancestor::header or ancestor::form"
    " or ancestor::dialog or ancestor::noscript or ancestor::template or ancestor::*[@role='navigation' or"
    " @role='contentinfo'])]"
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_LEAST_WORDS = 4
_MOST_LINKS = 1500
_REACH = 6
"""Levels above a heading in which its cards must lie."""
_ENTITY_KINDS = frozenset({"people", "topics", "also_like"})
_CARD_KINDS = frozenset({"related", "also_like", "most_read"})
_NAMED = re.compile(
    r"(?P<most_read>most[-_ ]?(?:read|popular|viewed)|trending|popular)|(?P<also_like>recommend|also[-_ ]?like|"
    r"recirc)"
    r"|(?P<related>related|more[-_ ](?:stories|news|from|on)|read[-_ ](?:next|more|also)|up[-_ ]next)",
    re.I,
)


@dataclass
class _Open:
    """A heading that has been passed, and what has been found below it."""

    kind: str
    title: str | None
    reach: frozenset[HtmlElement] | None = None
    """Elements, one of which a card must lie in; None for a box known by its names, which the walk closes."""
    box: HtmlElement | None = None
    """The element that holds the heading."""
    shared: HtmlElement | None = None
    """The smallest element around the heading and the first name below it."""
    cards: list[Card] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)


def find_panels(tree: HtmlElement, *, url: str, exclude: Iterable[HtmlElement] = ()) -> tuple[Panel, ...]:
    """The panels of a page, in its order. Never changes the tree.

    A panel needs words that head one, in any language known, or class and label names that say so, and at least two
    cards or one name below. ``exclude`` are elements of the article's body: what lies in them is the article, and no
    panel reaches across them. Navigation, site header and footer hold no panels.
    """
    own = set(exclude)
    links = _story_links(tree, url, own)
    cards = _cards(links)
    opened = _walk(tree, url, own, links, cards)
    panels = [panel for one in opened if (panel := _closed(one)) is not None]
    return (*panels, *find_profiles(tree, url=url, exclude=own))


def find_cards(tree: HtmlElement, *, url: str) -> tuple[Card, ...]:
    """Every card of another story on a page, in its order, headed or not: what a front page or section consists of."""
    links = _story_links(tree, url, frozenset())
    read = (read_card(card, link, url=links[link], position=0) for card, link in _cards(links).items())
    by_url = {card.url: card for card in reversed([card for card in read if card])}
    return tuple(
        replace(_complete(card, url), position=number) for number, card in enumerate(reversed(by_url.values()), 1)
    )


def _story_links(tree: HtmlElement, url: str, own: Set[HtmlElement]) -> dict[HtmlElement, str]:
    """Links that look as if they led to another story, with their address."""
    found: dict[HtmlElement, str] = {}
    here = urldefrag(url)[0]
    for link in _LINKS(tree):
        href = (link.get("href") or "").strip()
        if href.startswith(("#", "javascript:", "mailto:")) or len(found) >= _MOST_LINKS:
            continue
        words = headline_weight(tidy(" ".join(link.itertext())) or tidy(link.get("aria-label") or ""))
        if words < _LEAST_WORDS and not _heads_a_card(link):
            continue
        if own and any(up in own for up in link.iterancestors()):
            continue
        address = _absolute(url, href)
        if address is not None and address != here:
            found[link] = address
    return found


def _heads_a_card(link: HtmlElement) -> bool:
    return (
        any(up.tag in _HEADINGS for up in link.iterancestors())
        and headline_weight(tidy(" ".join(link.itertext()))) >= 2
    )


def _absolute(base: str, href: str) -> str | None:
    try:
        address = urldefrag(urljoin(base, href))[0]
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and (parts.path.strip("/") or parts.query) else None


def _cards(links: dict[HtmlElement, str]) -> dict[HtmlElement, HtmlElement]:
    """Card -> its link: the largest element around a link that holds no link to a second story."""
    addresses: dict[HtmlElement, set[str]] = {}
    for link, address in links.items():
        for up in (link, *link.iterancestors()):
            addresses.setdefault(up, set()).add(address)
    found: dict[HtmlElement, HtmlElement] = {}
    for link in links:
        card = link
        parent = card.getparent()
        while parent is not None and len(addresses[parent]) == 1 and parent.tag not in {"body", "html", "main"}:
            card, parent = parent, parent.getparent()
        if parent is not None and len(addresses.get(parent, ())) > 1:
            found.setdefault(card, link)
    return found


def _walk(
    tree: HtmlElement,
    url: str,
    own: Set[HtmlElement],
    links: dict[HtmlElement, str],
    cards: dict[HtmlElement, HtmlElement],
) -> list[_Open]:
    opened: list[_Open] = []
    current: _Open | None = None
    waiting: list[HtmlElement | _Open] = [tree]
    while waiting:
        element = waiting.pop()
        if isinstance(element, _Open):  # the end of a box that was known by its names
            current = None if current is element else current
            continue
        if not isinstance(element.tag, str):
            continue
        if element in own or (element.tag in _OUTSIDE and element not in cards):
            current = None if element in own else current
            continue
        if element in cards and current is not None and _reaches(current, element):
            link, home = cards[element], _home(current, opened, element)
            card = read_card(element, link, url=links[link], position=len(home.cards) + 1)
            if card is not None and all(card.url != other.url for other in home.cards):
                home.cards.append(_complete(card, url))
            continue
        text = _short_text(element)
        kind = heading_kind(text) if text else None
        if kind is not None:
            current = _Open(kind, text, _reach(element), element.getparent())
            opened.append(current)
        elif element.tag in _HEADINGS:
            current = None
        elif current is not None and current.kind in _ENTITY_KINDS and text and element.tag == "a":
            leads_away = not (element.get("href") or "#").startswith("#")  # else a table of contents
            if leads_away and _reaches(current, element) and _beside_the_others(current, element):
                current.entities.append(_entity(element, text, current.kind))
        elif current is None and (named := _named(element)) is not None:
            current = _Open(named, None)
            opened.append(current)
            waiting.append(current)
        waiting.extend(reversed(element))
    return opened


def _reach(heading: HtmlElement) -> frozenset[HtmlElement]:
    """The heading's parent, and what is around it for some levels, up to the body."""
    near = [up for up in islice(heading.iterancestors(), _REACH) if up.tag not in {"body", "html"}]
    return frozenset((*near, *islice(heading.iterancestors(), 1)))


def _home(current: _Open, opened: list[_Open], card: HtmlElement) -> _Open:
    """The panel that a card belongs to: a box of names set between its cards does not end a list of stories."""
    if (
        current.kind not in _ENTITY_KINDS
        or not current.entities
        or any(up is current.box for up in card.iterancestors())
    ):
        return current
    earlier = (one for one in reversed(opened) if one.kind in _CARD_KINDS and one.cards and _reaches(one, card))
    return next(earlier, current)


def _beside_the_others(current: _Open, link: HtmlElement) -> bool:
    """True for a name in the box that heading and first name share: what comes after it is another box's."""
    if current.reach is None:
        return True
    shared = next((up for up in link.iterancestors() if up in current.reach), None)
    if current.shared is None:
        current.shared = shared
    return shared is current.shared


def _reaches(one: _Open, element: HtmlElement) -> bool:
    """True where the element lies in the part of the page that the heading heads."""
    if one.reach is None:
        return True
    return any(above in one.reach for above in element.iterancestors())


def _short_text(element: HtmlElement) -> str:
    """The words of a heading, a link or an element without parts, where they are few; else empty."""
    if not len(element):
        words = element.text or ""
        return tidy(words) if 2 < len(words) < 400 and len(words.strip()) <= 60 else ""
    if element.tag not in _HEADINGS and element.tag != "a":
        return ""
    parts: list[str] = []
    length = 0
    for piece in element.itertext():
        length += len(piece.strip())
        if length > 60:
            return ""
        parts.append(piece)
    return tidy(" ".join(parts))


def _named(element: HtmlElement) -> str | None:
    """The kind of panel that class, id and label names tell of, for an element that is a box of several things."""
    if element.tag not in {"div", "section", "aside", "ul", "ol"} or not len(element):
        return None
    names = " ".join(element.get(name) or "" for name in ("class", "id", "aria-label", "data-testid", "data-module"))
    return _kind_of_names(names) if len(names) > 6 else None


@lru_cache(maxsize=20_000)
def _kind_of_names(names: str) -> str | None:
    found = _NAMED.search(names)
    return found.lastgroup if found else None


def _entity(link: HtmlElement, name: str, kind: str) -> Entity:
    """A name, with the kind that a word before it tells of ("Country" above "Poland")."""
    bare = {"people": "Person", "topics": "Topic"}.get(kind, "Topic")
    around = link.getparent()
    words = [tidy(piece) for piece in (around if around is not None else link).itertext()]
    said = next((word for word in words if word.casefold() in ENTITY_TYPES and word != name), None)
    inner = [tidy(piece) for piece in link.itertext() if tidy(piece)]
    if len(inner) > 1 and inner[0].casefold() in ENTITY_TYPES:
        return Entity(inner[0], " ".join(inner[1:]))
    return Entity(said or bare, name.lstrip("#").strip())


def _complete(card: Card, url: str) -> Card:
    if card.image is None:
        return card
    try:
        return replace(card, image=urljoin(url, card.image))
    except ValueError:
        return replace(card, image=None)


def _closed(one: _Open) -> Panel | None:
    entities = tuple(
        dict.fromkeys(entity for entity in one.entities if entity.name and headline_weight(entity.name) <= 5)
    )
    if one.kind in _CARD_KINDS and len(one.cards) >= 2:
        return Panel(one.kind, one.title, cards=tuple(one.cards))
    if one.kind in _ENTITY_KINDS and entities:
        return Panel(one.kind, one.title, entities=entities)
    return None
