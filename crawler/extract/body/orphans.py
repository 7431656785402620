"""Headings among the article's blocks whose own text is none of it: a survey's, or what follows below the text."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.page.blocks import Box, Layout, TextBlock

_FORMS = frozenset({"form", "label"})
"""Tags of what readers are asked to fill in."""
_SOME = 3
"""Blocks of a text that a heading may follow: below fewer it may be a part of it."""
_FEW, _LITTLE = 2, 200
"""Blocks and characters under such a heading that explain it."""


def find_orphans(layout: Layout, chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the headings, of those chosen for the text, of boxes to fill in, with the little chosen under them.

    And of a heading at the end, under which nothing is chosen and nothing shown.
    """
    found: set[int] = set()
    if len(chosen) > _SOME and chosen[-1].level is not None and chosen[-2].level is None:
        below = chosen[-1].number + 1
        if all(before != below for shown in (layout.pictures, layout.embeds) for _, _, before in shown):
            found.add(chosen[-1].number)
    for at, block in enumerate(chosen):
        around = block.box.outer if block.level is not None else None
        if around is None or not at or chosen[at - 1].number >= around.first:
            continue  # what stands above all the text is a standfirst, what stands in the text's own box is of it
        under = [each for each in chosen[at + 1 : at + 2 + _FEW] if each.number <= around.last]
        if len(under) <= _FEW and sum(len(each.text) for each in under) <= _LITTLE and _asks(layout, around):
            found.update((block.number, *(each.number for each in under)))
    return found


def _asks(layout: Layout, box: Box) -> bool:
    """Whether a box holds something to fill in: what stands under other headings may be a table, a map, an answer."""
    return any(not _FORMS.isdisjoint(block.box.inside) for block in layout.blocks[box.first : box.last + 1])
