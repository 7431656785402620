"""Headings of an article's parts: those between its paragraphs that are doubted, and those that only head links."""

from __future__ import annotations

from collections.abc import Sequence, Set

from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.panels.headings import heading_kind

_LINKED = 0.5
"""Share of a heading that is linked where it is another story's headline."""
_ALL = 0.9
"""Share of a block that is linked where it is but a link."""
_TITLE = 1
"""Level of the page's own title."""


def with_subheads(layout: Layout, chosen: Sequence[TextBlock], without: Set[int]) -> list[TextBlock]:
    """The chosen blocks with the headings right between two of them, in the same box as one, and not its last links'.

    ``without`` are the numbers of those that are known to be none of it. Of 73 others on pages with known text 68 are
    the article's.
    """
    blocks, kept = layout.blocks, {block.number for block in chosen}
    known = kept | without
    found: list[TextBlock] = []
    for block in chosen:
        found.append(block)
        number = block.number + 1
        if number not in known and number + 1 in kept and _is_subhead(blocks[number], block, blocks[number + 1]):
            found.append(blocks[number])
    while len(found) > 1 and found[-1].level is not None and _heads_links(layout, found[-1]):
        found.pop()
    return found


def _is_subhead(block: TextBlock, before: TextBlock, after: TextBlock) -> bool:
    if block.level is None or block.level == _TITLE or block.link_chars > _LINKED * len(block.text):
        return False
    around = block.box.parent
    return (before.box.parent is around or after.box.parent is around) and heading_kind(block.text) is None


def _heads_links(layout: Layout, heading: TextBlock) -> bool:
    """Whether what stands under a heading is a link to somewhere else."""
    below = layout.blocks[heading.number + 1 : heading.number + 2]
    return bool(below) and below[0].link_chars > _ALL * len(below[0].text)
