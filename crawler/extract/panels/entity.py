"""A name in a panel, with the kind that a word beside it tells of."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.panels.headings import ENTITY_TYPES
from crawler.extract.wording import tidy
from crawler.model import Entity

_AROUND = 60
"""Pieces of text around a name that are looked at: a page may hold a hundred thousand names in one element."""


def read_entity(link: HtmlElement, name: str, kind: str) -> Entity:
    """A name, with the kind that a word before it tells of ("Country" above "Poland")."""
    bare = {"people": "Person", "topics": "Topic"}.get(kind, "Topic")
    around = link.getparent()
    words = [tidy(piece) for piece in islice((around if around is not None else link).itertext(), _AROUND)]
    said = next((word for word in words if word.casefold() in ENTITY_TYPES and word != name), None)
    inner = [tidy(piece) for piece in link.itertext() if tidy(piece)]
    if len(inner) > 1 and inner[0].casefold() in ENTITY_TYPES:
        return Entity(inner[0], " ".join(inner[1:]))
    return Entity(said or bare, name.lstrip("#").strip())
