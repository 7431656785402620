"""An article's tags, told by no words: links that say so, or that stand behind a label and lead to one place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Link, TextBlock
from crawler.extract.panels.stories import is_outside, shown_text
from crawler.model import Entity, Panel

_ABOVE, _BELOW = 12, 40
"""Blocks above and below the text in which its tags stand."""
_LONGEST, _WORDS = 40, 4
"""Characters and words of a tag."""
_LABEL = re.compile(r"[^:：.!?]{2,30}\s?[:：]$")
_NO_TAGS = re.compile(
    r"/(?:authors?|autor\w*|auteurs?|people|persons?|profiles?|users?|staff|team|redak\w*|by|share)$", re.I
)
"""Where a byline's names lead, or buttons to share."""
_OWN = frozenset({"article", "main"})
"""What an article's own footer stands in."""
_LEAST = 2


def find_tags(page: Page, *, own: Set[int]) -> list[Panel]:
    """One panel of topics with the article's tags; none where there is no text that they could be of."""
    if not own:
        return []
    first, last = min(own), max(own)
    groups: dict[tuple[int, str], list[Link]] = {}
    declared: list[Link] = []
    for link in page.layout.links:
        if not first - _ABOVE <= link.first <= last + _BELOW or link.first in own:
            continue
        says_so = "tag" in link.rel.lower().split()
        if is_outside(link.box) and not (says_so and not link.box.inside.isdisjoint(_OWN)):
            continue
        if not (name := shown_text(link.element)) or len(name) > _LONGEST or len(name.split()) > _WORDS:
            continue
        if says_so:
            declared.append(link)
        elif link.first > last and (place := _place(link.address)):
            groups.setdefault((id(_list_around(link.box)), place), []).append(link)
    if len(declared) >= _LEAST and len({id(_list_around(link.box)) for link in declared}) <= 2:
        return [_panel(None, declared)]
    for links in groups.values():
        if len(links) >= _LEAST and (label := _label(page.layout.blocks, links[0])):
            return [_panel(label, links)]
    return []


def _panel(title: str | None, links: list[Link]) -> Panel:
    names = dict.fromkeys(shown_text(link.element).lstrip("#").strip() for link in links)
    return Panel("topics", title, entities=tuple(Entity("Topic", name) for name in names if name))


def _place(address: str) -> str | None:
    """The address up to its last part, where that names a place of the site and not of its readers."""
    if "?" in address or "#" in address:
        return None
    place = address.rstrip("/").rpartition("/")[0]
    path = place.partition("://")[2].partition("/")[2] if "://" in place else place.lstrip("/")
    return place if path and not _NO_TAGS.search(place) else None


def _list_around(box: Box) -> Box:
    return box.parent if box.tag in {"li", "dd", "span"} and box.parent is not None else box


def _label(blocks: list[TextBlock], link: Link) -> str | None:
    """The words that end in a colon right before a link."""
    for words in _before(blocks, link):
        if words:
            return words if _LABEL.fullmatch(words) else None
    return None


def _before(blocks: list[TextBlock], link: Link) -> Iterator[str]:
    """What stands before a link: in its own block, or else the whole block above it."""
    block = blocks[link.first]
    yield block.text.partition(shown_text(link.element))[0].strip()
    if link.first:
        above = blocks[link.first - 1]
        yield "" if above.links else above.text
