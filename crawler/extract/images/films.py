"""Cards of films among an article's lines: a still, a title, and how long the film runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.page.blocks import Box, Layout, TextBlock

_LENGTH = re.compile(r"(?:\d{1,2}:)?[0-5]?\d:[0-5]\d(?:\s*[•·|–—-]\s*\S.{0,30})?")
"""How long a film runs, and whose it is."""
_LONGEST = 45
"""Characters of such a line."""
_CALLED = re.compile(r"video|player|duration|run-?time|film|clip", re.I)
"""In names of the boxes around it: elsewhere it may be a time of day or a result."""
_FEW = 2
"""Lines of a box with a film that only a script shows."""
_CARD, _TITLE = 8, 160
"""Lines of a card, and characters of the longest of them."""
_STEPS = 6
"""Boxes around a line or picture that may be a card."""


def find_films(layout: Layout, chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that lie in a film's card."""
    found = {block.number for block in chosen if _titles_film(block)}
    short = [block for block in layout.blocks if len(block.text) <= _TITLE and ":" in block.text]
    if not any(map(_tells_length, short)):
        return found
    for block in chosen:
        if block.number in found or len(block.text) > _TITLE:
            continue
        if (card := _card_around(layout, block.box)) is not None:
            found.update(range(card.first, card.last + 1))
    return found & {block.number for block in chosen}


def _titles_film(block: TextBlock) -> bool:
    """Whether a line is alone, or with one more, in an ``aside`` that is called after films, and no sentence."""
    if "aside" not in block.box.inside or len(block.text) > _TITLE or block.text.endswith((".", "。", "”", '"')):
        return False
    box: Box | None = block.box
    for _ in range(_STEPS):
        if box is None or box.count > _FEW:
            return False
        if box.tag == "aside":
            return _CALLED.search(box.names) is not None
        box = box.parent
    return False


def is_still(layout: Layout, inner: Box) -> bool:
    """Whether a picture in this box is the still on a film's card."""
    return _card_around(layout, inner) is not None


def _card_around(layout: Layout, inner: Box) -> Box | None:
    """The smallest box around that has a line with a film's length, a picture and nothing longer than a title."""
    box: Box | None = inner
    for _ in range(_STEPS):
        if box is None or box.count > _CARD:
            return None
        lines = layout.blocks[box.first : box.last + 1]
        if any(len(line.text) > _TITLE for line in lines):
            return None
        if any(map(_tells_length, lines)) and next(box.element.iter("img", "video", "picture"), None) is not None:
            return box
        box = box.parent
    return None


def _tells_length(line: TextBlock) -> bool:
    if ":" not in line.text or not (_is_length(line.text) or _is_title_with_length(line)):
        return False
    around = line.box.parent
    return any(_CALLED.search(box.names) for box in (line.box, around, around and around.parent) if box is not None)


def _is_length(text: str) -> bool:
    return len(text) <= _LONGEST and _LENGTH.fullmatch(text) is not None


def _is_title_with_length(line: TextBlock) -> bool:
    """Whether a line ends, in an element of its own, with how long the film runs that it names."""
    if len(line.text) > _TITLE or not line.text[-1].isdigit():
        return False
    last = next((piece for piece in map(str.strip, reversed(line.pieces)) if piece), "")
    return last != line.text and _is_length(last)
