"""Headings among the article's blocks whose own text is none of it: those of a box for letters by mail, of a survey."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.page.blocks import Box, Layout, TextBlock

_FORMS = frozenset({"form", "label"})
"""Tags of what readers are asked to fill in."""


def find_orphans(layout: Layout, chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the headings, of those chosen for the text, that stand in a box with nothing else that was chosen."""
    found: set[int] = set()
    for at, block in enumerate(chosen):
        if block.level is None:
            continue
        around = block.box.outer
        if around is None or not at:  # what stands above all the text is a standfirst
            continue
        before = chosen[at - 1].number
        behind = chosen[at + 1].number if at + 1 < len(chosen) else len(layout.blocks)
        if before < around.first and behind > around.last and _asks(layout, around):
            found.add(block.number)
    return found


def _asks(layout: Layout, box: Box) -> bool:
    """Whether a box holds something to fill in: what stands under other headings may be a table, a map, an answer."""
    return any(not _FORMS.isdisjoint(block.box.inside) for block in layout.blocks[box.first : box.last + 1])
