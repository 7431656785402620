"""What the page's data say its text is (an ``articleBody``, a live blog's updates), in the tree or in its stead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.blocks import Layout
from crawler.extract.wording import fold, tidy
from crawler.model import Block

_LINE = 40
"""Characters from which a block that the data hold is no chance: shorter ones may be any line of the page."""
_START = 300
"""Characters of a block that are looked for."""
_SHARE = 0.3
"""Share of the text found without them that the data must hold; with less, they are those of another article."""


_WHOLE = 600
"""Characters of a body that is no teaser."""
_TIMES = 4
"""How much longer than what the page shows a body must be to be read in its stead."""
_PARAGRAPH = re.compile(r"\s*\n\s*|</p>|<br\s*/?>\s*<br\s*/?>", re.I)


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


def told_instead(shown: str, bodies: Sequence[str]) -> tuple[Block, ...]:
    """The paragraphs of the longest body, where the page shows next to nothing of what its data hold; else none.

    ``shown`` is the text found in the tree: a page that needs a browser shows a teaser, or another story's.
    """
    body = max(bodies, key=len, default="")
    lines = [text for line in _PARAGRAPH.split(body) if (text := tidy(line))]
    size = sum(map(len, lines))
    if size < _WHOLE or size < _TIMES * len(shown):
        return ()
    return tuple(Block("paragraph", line) for line in lines)
