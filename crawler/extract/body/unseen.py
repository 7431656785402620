"""Blocks among the article's that no reader is shown, apart from those that are: words hidden for search engines."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.page.blocks import Box, TextBlock

_ENOUGH = 400
"""Characters shown that are an article by themselves: what hides all of its text shows it when a script has run."""


def find_unseen(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are hidden outside the box around those shown."""
    hidden = [block for block in chosen if block.box.hidden]
    shown = [block for block in chosen if not block.box.hidden] if hidden else []
    if sum(len(block.text) for block in shown) < _ENOUGH:
        return set()
    around: Box | None = shown[0].box
    while around is not None and around.last < shown[-1].number:
        around = around.parent
    if around is None:
        return set()
    return {block.number for block in hidden if not around.first <= block.number <= around.last}
