"""Teasers of other stories: linked headlines, and the boxes in which a few words stand beside one."""

from __future__ import annotations

from crawler.extract.outcome.sight import Sight
from crawler.extract.page.blocks import Box, TextBlock

_HEADLINE = 20
"""Characters of the shortest linked headline."""
_UP, _WIDE = 4, 8
"""Boxes around a line in which its headline stands, and the most blocks that the box of a teaser has."""


def linked_headlines(sight: Sight) -> int:
    """Lines that are nothing but a link, or one beside that of its picture, and long enough for a headline."""
    return sum(1 for block in sight.layout.blocks if is_headline(block))


def is_headline(block: TextBlock) -> bool:
    """Whether a line is a linked headline."""
    return 1 <= block.links <= 2 and len(block.text) >= _HEADLINE and block.link_chars >= 0.9 * len(block.text)


def beside_teasers(sight: Sight) -> tuple[float, int]:
    """Share of the body's words that stand in a box with a linked headline, and the number of these boxes."""
    near, cards = 0, set[int]()
    for block in sight.body.chosen:
        card = teaser_around(sight, block)
        if card is not None or block.link_chars > 0.8 * len(block.text):
            near += len(block.text)
            cards.add(id(card or block))
    return (near / sight.size if sight.size else 1.0), len(cards)


def teaser_around(sight: Sight, block: TextBlock) -> Box | None:
    """The smallest box around a block with other words in it, where it is that of a teaser."""
    box: Box | None = block.box
    for _ in range(_UP):
        if box is None:
            return None
        if box.count > _WIDE:
            return None
        if box.count > 1:
            inside = sight.layout.blocks[box.first : box.last + 1]
            if any(other.level == 1 and not other.links for other in inside):
                return None
            if any(is_headline(other) for other in inside if other is not block):
                return box
        box = box.parent
    return None
