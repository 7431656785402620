"""Teasers of other stories: linked headlines, and the boxes in which a few words stand beside one."""

from __future__ import annotations

from crawler.extract.address import leads_within
from crawler.extract.outcome.sight import Sight
from crawler.extract.page.blocks import Box, TextBlock

_HEADLINE = 20
"""Characters of the shortest linked headline."""
_UNDER = 3
"""Lines that a teaser has under its heading."""
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


def under_linked_headings(sight: Sight) -> tuple[int, int]:
    """Characters of the body right under headings that lead to other pages of the site, and how many head some."""
    chosen = {block.number: len(block.text) for block in sight.body.chosen}
    told = heads = 0
    for block in sight.layout.blocks:
        if block.level is None or block.link_chars < 0.9 * len(block.text) or not _leads_on(block, sight):
            continue
        under = 0
        for below in sight.layout.blocks[block.number + 1 : block.number + 1 + _UNDER]:
            if below.level is not None:
                break
            under += chosen.get(below.number, 0)
        told += under + (chosen.get(block.number, 0) if under else 0)
        heads += under > 0
    return told, heads


def _leads_on(block: TextBlock, sight: Sight) -> bool:
    """Whether a line's links all lead to other pages of its site."""
    addresses = [element.get("href") or "" for element in block.elements if element.tag == "a"]
    return bool(addresses) and all(leads_within(address, sight.layout.host) for address in addresses)


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
