"""The headline among the blocks that read like the text, and what stands with it."""

from __future__ import annotations

from crawler.extract.page.blocks import TextBlock
from crawler.extract.wording import fold, word_list

_KICKER = 3
"""Words of the longest kicker."""
_LINES_UNDER = 120
"""Characters of the lines under a headline that are a byline and a date."""
_SIGNS = 6
"""Characters that a heading has more or less than the headline where only the signs between its words differ."""


def says(block: TextBlock, title: str) -> bool:
    """Whether a heading says the headline (folded), be it in other signs, with its kicker in an element of its own."""
    if block.folded == title:
        return block.level is not None
    if block.level is None or abs(len(block.folded) - len(title)) > _SIGNS or not title:
        return False
    return word_list(block.text) == word_list(title)


def is_head(block: TextBlock, title: str) -> bool:
    """Whether a block is the headline with no more than a byline and a date in the lines under it."""
    if not title or "\n" not in block.pieces or len(block.text) > len(title) + _LINES_UNDER:
        return False
    return fold("".join(block.pieces).strip().partition("\n")[0]) == title


def is_kicker(block: TextBlock, title: TextBlock) -> bool:
    """Whether a block is a word or two right above the headline."""
    text = block.text
    return block.number + 1 == title.number and len(text.split()) <= _KICKER and text[-1].isalnum()
