"""A heading of a panel that has been passed: how far it reaches, and the panel of what was found below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.extract.page.blocks import Box
from crawler.extract.wording import headline_weight
from crawler.model import Card, Entity, Panel

REACH = 6
"""Boxes around a heading in which its cards must lie."""
ENTITY_KINDS = frozenset({"people", "topics", "also_like"})
"""Kinds of panels that hold names."""
CARD_KINDS = frozenset({"related", "also_like", "most_read", "videos", "pictures", "podcasts"})
"""Kinds of panels that hold cards of stories."""
_OF_HEADLINE, _WITH_IMAGE = 6, 4
"""Words that make a headline of a link, alone and beside a picture."""
_MEDIA = re.compile(
    r"/(?:(?P<videos>videos?|wideo|watch|clips?|mediathek)|(?P<pictures>(?:photo-?)?galler\w*|galeri\w*|photos?|fotos?"
    r"|bilder\w*|diaporamas?|slideshows?)|(?P<podcasts>podcasts?|audios?|listen))/",
    re.I,
)
"""In the addresses of what is watched, looked at or heard."""
_MORE = re.compile(r"\b(?:mehr|more|même)\b", re.I)
"""In what heads topics on one site and stories on another ("Mehr zum Thema"): below "Tags" are no stories."""


@dataclass(eq=False)
class Opened:
    """A heading that has been passed, and what has been found below it."""

    kind: str
    title: str | None
    reach: frozenset[Box] | None = None
    """Boxes, one of which a card must lie in; None for a box known by its names, which ends where the box does."""
    box: Box | None = None
    """The box that the heading stands in, or the one known by its names."""
    least: int = 2
    """Cards that make a panel; more than two where the heading's words are not known, and then no names make one.

    Two are enough, too, where one of these words tells a kind other than ``related``.
    """
    shared: Box | None = None
    """The smallest box around the heading and the first name below it."""
    cards: list[Card] = field(default_factory=list)
    addresses: set[str | None] = field(default_factory=set)
    """Of the cards."""
    entities: list[Entity] = field(default_factory=list)


def enclosing(box: Box) -> Iterator[Box]:
    """The box and those around it, up to the body."""
    walk: Box | None = box
    while walk is not None:
        yield walk
        walk = walk.parent


def beside_the_others(current: Opened, link: Box) -> bool:
    """True for a name in the box that heading and first name share: what comes after it is another box's."""
    if current.reach is None:
        return True
    shared = next((box for box in enclosing(link) if box in current.reach), None)
    if current.shared is None:
        current.shared = shared
    return shared is current.shared


def reaches(one: Opened, box: Box | None) -> bool:
    """True where the box lies in the part of the page that the heading heads."""
    return one.reach is None or (box is not None and any(above in one.reach for above in enclosing(box)))


def panel_of(one: Opened) -> Panel | None:
    """The panel below a heading; None where too little was found for one."""
    entities = tuple(
        dict.fromkeys(entity for entity in one.entities if entity.name and headline_weight(entity.name) <= 5)
    )
    told = one.least == 2 or one.kind != "related"
    least = 2 if told else one.least
    if one.kind in CARD_KINDS and len(one.cards) >= least and (told or _are_stories(one.cards)):
        kind = (_kind_by_addresses(one.cards) if one.kind == "related" else None) or one.kind
        return Panel(kind, one.title, cards=tuple(one.cards))
    if one.kind in ENTITY_KINDS and entities and one.least == 2:
        return Panel(one.kind, one.title, entities=entities)
    if one.kind == "topics" and len(one.cards) >= 2 and _MORE.search(one.title or ""):
        return Panel("related", one.title, cards=tuple(one.cards))
    return None


def _are_stories(cards: list[Card]) -> bool:
    """True where at least half of the cards below words that tell nothing are more than short links, as menus have."""
    return 2 * sum(map(_is_story, cards)) >= len(cards)


def _is_story(card: Card) -> bool:
    words = headline_weight(card.headline)
    shown = card.image is not None and words >= _WITH_IMAGE
    return words >= _OF_HEADLINE or shown or card.date_raw is not None or card.snippet is not None


def each_once(panels: list[Panel]) -> Iterator[Panel]:
    """The panels without those that the page holds again, for another width of screen: with a title, if one has it."""
    kept: dict[tuple[str, frozenset[str | None]], Panel] = {}
    for panel in panels:
        held = panel.kind, frozenset((*(card.url for card in panel.cards), *(each.name for each in panel.entities)))
        if held not in kept or (kept[held].title is None and panel.title):
            kept[held] = panel
    yield from kept.values()


def _kind_by_addresses(cards: list[Card]) -> str | None:
    """Videos, pictures or podcasts, where all of the cards lead to such."""
    found = {match.lastgroup if (match := _MEDIA.search(card.url or "")) else None for card in cards}
    return found.pop() if len(found) == 1 else None
