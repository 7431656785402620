"""Lines and boxes that are called a caption, wherever the picture stands."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.page.visibility import CAPTION

_NAMED_AFTER = re.compile(
    r"(?:video|image|photo|picture|img|foto|bild|figure|media)[\w-]{0,80}[_-](?:caption|legend|l[eé]gende|desc(?:ription)?(?=$|[\s_-]))",
    re.I,
)
"""Names of what is a caption wherever it stands: of a player that only a script draws, no picture is on the page."""
_CREDIT, _BARE = re.compile(r"(?:^|\s)credits?(?=$|\s)", re.I), 60
"""Names of what says whose a picture is, and characters of such a line."""
_LINKED = 0.9
"""Share of a line that is linked where it is a link."""
FEW_LINES = 3
"""Lines of a box that is but a caption, and blocks behind a picture in which such a box ends."""
_WITHIN, _BUTTON = 2, 40
"""Boxes around a line that may be called a caption, and characters of a line between it and its picture."""


@lru_cache(maxsize=4096)
def is_named_after(names: str) -> bool:
    """Whether names of a box are those of a caption wherever it stands."""
    return _NAMED_AFTER.search(names) is not None


def is_named_caption(block: TextBlock) -> bool:
    """Whether the box of a line is called a caption, or one of few lines around it; or that of a short one a credit."""
    names = block.box.names
    if CAPTION.search(names) is not None or (len(block.text) <= _BARE and _CREDIT.search(names) is not None):
        return True
    return _caption_around(block) is not None


def lies_in_caption(layout: Layout, block: TextBlock, below: Set[int]) -> bool:
    """Whether a line lies in a box of few lines that is called a caption, right below a picture or a button's line.

    ``below`` are the numbers of the blocks below pictures. With a line that is a link it is a card called so.
    """
    box = _caption_around(block)
    if box is None or any(map(_is_link, layout.blocks[box.first : box.last + 1])):
        return False
    before = layout.blocks[box.first - 1] if box.first else None
    return box.first in below or (before is not None and before.number in below and len(before.text) <= _BUTTON)


def _is_link(line: TextBlock) -> bool:
    return line.link_chars > _LINKED * len(line.text)


def _caption_around(block: TextBlock) -> Box | None:
    """The box of few lines around a line's own that is called a caption; None where none is."""
    box = block.box.parent if block.level is None else None
    for _ in range(_WITHIN):
        if box is None or box.count > FEW_LINES:
            return None
        if CAPTION.search(box.names) is not None:
            return box
        box = box.parent
    return None
