"""What stands beside an article: panels of cards and entities, and abbreviated counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """One related story as a panel shows it."""

    headline: str
    url: str | None = None
    publisher: str | None = None
    snippet: str | None = None
    section: str | None = None
    image: str | None = None
    date_raw: str | None = None
    position: int | None = None
    """Place in the panel, from 1."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, country, place, topic or channel that a panel names."""

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A box beside the article. ``kind`` is ``related``, ``also_like``, ``people``, ``topics``, ``profile``, …"""

    kind: str
    title: str | None = None
    cards: tuple[Card, ...] = ()
    entities: tuple[Entity, ...] = ()
    text: str | None = None
    """What a profile says of itself."""
    url: str | None = None

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Panel:
        """The panel that ``to_dict`` of its article wrote."""
        cards = tuple(Card(**row) for row in values.get("cards") or ())
        entities = tuple(Entity(**row) for row in values.get("entities") or ())
        return cls(**{**values, "cards": cards, "entities": entities})


@dataclass(frozen=True, slots=True)
class Count:
    """A number the page prints about itself: "483K+ Followers" is 483000, a lower bound, precise to 1000."""

    name: str
    """``followers``, ``posts``, ``views``, ``comments``, ``shares``, …"""
    raw: str
    value: int | None
    of: str | None = None
    """Whose count it is: the outlet of a profile, None for the article's own."""
    lower_bound: bool = False
    precision: int | None = None
    """The unit of the last printed digit: "1.2K" is precise to 100."""
