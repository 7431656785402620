"""What an article shows twice: sentences set large beside the text, and copies of a paragraph for other screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from crawler.extract.page.blocks import Box, TextBlock
from crawler.extract.wording import fold

_PULLED = re.compile(r"pull-?_?quote|(?:^|[\s_-])(?:pq|zitat|blockquote)(?:$|[\s_-])", re.I)
_APART = frozenset({"blockquote", "aside"})
_ROWS = frozenset({"table", "ul", "ol", "dl"})
"""Boxes whose pieces may be equal: the cells of a column, the items of a list."""
_SHORTEST, _LONGEST = 20, 400
"""Characters of a sentence that is set large."""
_MOST = 200
"""Such sentences that are looked for: each costs a look at all of the text."""
_COPY = 30
"""Characters of a block that is a copy where the same stands right before it; "No." may be said twice."""
_SPEAKER, _LINES = 80, 3
"""Characters of a line that says whose words they are, and lines of a box that holds no more than both."""
_BOXES = 3
"""Boxes around a block whose names are read."""


def find_echoes(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, whose words the text has elsewhere."""
    found = {
        block.number
        for before, block in pairwise(chosen)
        if len(block.text) >= _COPY and block.text == before.text and block.box.inside.isdisjoint(_ROWS)
    }
    pulled = [block for block in chosen if _is_pulled(block)][:_MOST]
    if pulled:
        numbers = {block.number for block in pulled}
        text = _plain(" ".join(block.text for block in chosen if block.number not in numbers))
        echoes = [block for block in pulled if _plain(block.text) in text]
        found.update(block.number for block in echoes)
        beside = {number for echo in echoes for number in _beside(echo)}
        found.update(block.number for block in chosen if block.number in beside and len(block.text) <= _SPEAKER)
    return found


def _beside(echo: TextBlock) -> range:
    """Numbers of the lines in the box of a sentence that is pulled, which say who said it."""
    around = _apart(echo.box)
    return range(around.first, around.last + 1) if around is not None else range(0)


def _apart(inner: Box) -> Box | None:
    """The box apart that a sentence was pulled into, where it holds little else."""
    box: Box | None = inner
    for _ in range(_BOXES):
        if box is None or (box.tag in _APART and box.count <= _LINES):
            return box
        box = box.parent
    return None


def _is_pulled(block: TextBlock) -> bool:
    """Whether a block stands as what is pulled from a text does: short, in a box apart or one that is called so."""
    if not _SHORTEST <= len(block.text) <= _LONGEST or block.level or not block.box.inside.isdisjoint(_ROWS):
        return False
    if not _APART.isdisjoint(block.box.inside):
        return True
    box = block.box
    for _ in range(_BOXES):
        if box.names and _names_pulled(box.names):
            return True
        if box.parent is None:
            break
        box = box.parent
    return False


@lru_cache(maxsize=4096)
def _names_pulled(names: str) -> bool:
    return _PULLED.search(names) is not None


def _plain(text: str) -> str:
    """A text as it is compared, without quotation marks, which stand around only one of the two."""
    return " ".join(fold(text).replace('"', " ").split()).strip(" .,;:!?…-'")
