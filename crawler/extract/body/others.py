"""Other articles that a page shows below its own, whole, for whoever scrolls on."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from crawler.extract.page.blocks import HEADINGS, Box, Layout, TextBlock

_OWN = 3
"""Blocks of the text in the article's own box; where it has fewer, the box but holds the title."""
_number = attrgetter("number")


def find_others(layout: Layout, chosen: Sequence[TextBlock], title: str) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that stand below the title of another article.

    The page's ``title`` (folded) and text stand in a box that is an ``article``; the other's title is a heading of the
    same rank behind that, in no box of its own without text, as a newsletter's form has one. Entries of a live blog lie
    in the article's box, or have headings of a lower rank.
    """
    if not chosen or "article" not in chosen[0].box.inside:
        return set()
    home = _article(chosen[0].box)
    if home is None or home.last >= chosen[-1].number or sum(block.number <= home.last for block in chosen) < _OWN:
        return set()
    levels = {block.level for block in layout.blocks[home.first : home.last + 1] if block.folded == title} - {None}
    behind = layout.blocks[home.last + 1 : chosen[-1].number]
    for block in behind:
        if block.level in levels and block.folded != title:
            at = bisect_left(chosen, block.number, key=_number)
            if chosen[at].number <= _end_around(block.box, home.last):
                return set(map(_number, chosen[at:]))
    return set()


def _end_around(inner: Box, before: int) -> float:
    """Where the outermost box around a heading ends that begins behind a block; anywhere where none does."""
    last = math.inf
    box: Box | None = inner
    while box is not None and box.first > before:
        if box.tag not in HEADINGS:
            last = box.last
        box = box.parent
    return last


def _article(box: Box) -> Box | None:
    """The innermost article in which a box lies."""
    around: Box | None = box
    while around is not None and around.tag != "article":
        around = around.parent
    return around
