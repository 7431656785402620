"""Blocks among the article's that no reader is shown, apart from those that are: words hidden for search engines."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.page.blocks import Box, TextBlock
from crawler.extract.page.visibility import is_heard

_ASIDE = 0.2
"""Share of the text that notices for listeners have at most."""
_ENOUGH = 400
"""Characters shown that are an article by themselves: what hides all of its text shows it when a script has run."""


def find_unseen(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are hidden outside the box around those shown."""
    found = _only_read_out(chosen)
    hidden = [block for block in chosen if block.box.hidden]
    shown = [block for block in chosen if not block.box.hidden] if hidden else []
    if sum(len(block.text) for block in shown) < _ENOUGH:
        return found
    around: Box | None = shown[0].box
    while around is not None and around.last < shown[-1].number:
        around = around.parent
    if around is None:
        return found
    return found | {block.number for block in hidden if not around.first <= block.number <= around.last}


def _only_read_out(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks that class names say are for listeners alone, where they are a small part of the text."""
    heard = [block for block in chosen if block.box.classes and is_heard(block.box.classes)]
    size = sum(len(block.text) for block in heard)
    return {block.number for block in heard} if size <= _ASIDE * sum(len(block.text) for block in chosen) else set()
