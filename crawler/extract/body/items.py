"""The items of a list that stands or falls as one: a doubtful one between two that are taken."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.body.threshold import LEAST
from crawler.extract.page.blocks import Box, TextBlock


def find_items(blocks: Sequence[TextBlock], shares: Sequence[float], threshold: float) -> set[int]:
    """Numbers of the items in doubt between two of their list that are at or above ``threshold``."""
    found: set[int] = set()
    doubted: list[int] = []
    last: Box | None = None
    """The list whose item was taken last, where nothing but its items in doubt came since."""
    for block, share in zip(blocks, shares, strict=True):
        own = block.box.parent if block.box.tag == "li" else None
        if own is None or (own is not last and share < threshold):
            last, doubted = None, []
        elif share >= threshold:
            if own is last:
                found.update(doubted)
            last, doubted = own, []
        elif share >= LEAST:
            doubted.append(block.number)
        else:
            last, doubted = None, []
    return found
