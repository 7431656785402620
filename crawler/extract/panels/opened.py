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
CARD_KINDS = frozenset({"related", "also_like", "most_read"})
"""Kinds of panels that hold cards of stories."""
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
    """Cards that make a panel; more than two where the heading's words are not known, and then no names make one."""
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
    if one.kind in CARD_KINDS and len(one.cards) >= one.least:
        return Panel(one.kind, one.title, cards=tuple(one.cards))
    if one.kind in ENTITY_KINDS and entities and one.least == 2:
        return Panel(one.kind, one.title, entities=entities)
    if one.kind == "topics" and len(one.cards) >= 2 and _MORE.search(one.title or ""):
        return Panel("related", one.title, cards=tuple(one.cards))
    return None
