"""The line above a text that introduces it: "What the harbour master told us yesterday:"."""

from __future__ import annotations

from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.wording import headline_weight

_COLONS = (":", "：")
_WORDS, _LONGEST = 5, 200
"""Words that such a line has at least, and its characters at most; with fewer words it is a label."""
_LINKED = 0.5


def leads_in(layout: Layout, first: TextBlock) -> TextBlock | None:
    """The line right above the ``first`` block of a text, in its box or bare around that, that ends in a colon."""
    above = layout.blocks[first.number - 1] if first.number else None
    if above is None or not above.text.endswith(_COLONS) or above.level is not None or len(above.text) > _LONGEST:
        return None
    if above.box is not first.box.parent and above.box.parent is not first.box.parent:
        return None
    linked = above.link_chars > _LINKED * len(above.text)
    return None if linked or headline_weight(above.text) < _WORDS else above
