"""Lines that only point elsewhere: "Read more:" and its link, "You might also like" and the links below it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extract.page.blocks import TextBlock
from crawler.extract.panels.headings import heading_kind

_POINTING = frozenset({"related", "also_like", "most_read"})
"""Kinds of headings that links to other stories stand under."""
_LONGEST = 200
"""Characters of a line that may be no more than a link to another story."""


def find_pointers(blocks: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks that lead away from the article, whatever they read like."""
    found: set[int] = set()
    before: TextBlock | None = None
    below = False
    for block in blocks:
        text, size = block.text, len(block.text)
        if block.link_chars > 0.8 * size and block.level is None:
            if not below and before is not None and heading_kind(before.text) in _POINTING:
                below = True
                found.add(before.number)
            if below:
                found.add(block.number)
            before = None
        else:
            below, before = False, block
        if not below and block.link_chars > 0.5 * size and size <= _LONGEST:
            label, _, rest = text.partition(":")
            if rest.strip() and heading_kind(label.strip()) in _POINTING:
                found.add(block.number)
    return found
