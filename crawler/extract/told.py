"""The blocks that the page's own data repeat: an ``articleBody``, or the updates of a live blog, found in the tree."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.blocks import Layout
from crawler.extract.wording import fold, tidy

_LINE = 40
"""Characters from which a block that the data hold is no chance: shorter ones may be any line of the page."""
_START = 300
"""Characters of a block that are looked for."""
_SHARE = 0.3
"""Share of the text found without them that the data must hold; with less, they are those of another article."""


def find_told(layout: Layout, chosen: Sequence[int], bodies: Sequence[str]) -> set[int]:
    """Numbers of the blocks whose text stands in one of the bodies that the page's data give.

    ``chosen`` are the numbers of the blocks that read like the article. The data are cut off, abridged or another
    article's often enough that they only add blocks, and only where they hold a part of those.
    """
    size = sum(len(layout.blocks[number].text) for number in chosen)
    for body in sorted(bodies, key=len, reverse=True)[:2]:
        told = fold(tidy(body))
        found = {
            block.number
            for block in layout.blocks
            if len(block.text) >= _LINE and not block.box.hidden and block.folded[:_START] in told
        }
        if found and sum(len(layout.blocks[number].text) for number in found.intersection(chosen)) >= _SHARE * size:
            return found
    return set()
