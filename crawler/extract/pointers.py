"""Lines that only point elsewhere: "Read more:" and its link, "You might also like" and the links below it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extract.blocks import TextBlock
from crawler.extract.panels.headings import heading_kind

_POINTING = frozenset({"related", "also_like", "most_read"})
"""Kinds of headings that links to other stories stand under."""
_LONGEST = 200
"""Characters of a line that may be no more than a link to another story."""


def find_pointers(blocks: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks that lead away from the article, whatever they read like."""
    found: set[int] = set()
    heading: int | None = None
    for block in blocks:
        text, size = block.text, len(block.text)
        linked = block.link_chars > 0.8 * size and block.level is None
        if heading is not None and linked:
            found.update((heading, block.number))
            continue
        heading = None
        if size > _LONGEST:
            continue
        label, colon, rest = text.partition(":")
        if colon and rest.strip() and block.link_chars > 0.5 * size:
            if heading_kind(label.strip()) in _POINTING:
                found.add(block.number)
        elif not linked and heading_kind(text) in _POINTING:
            heading = block.number
    return found
