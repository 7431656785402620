"""Dialogues in mid-text that ask for consent before they show what another site keeps, and so are none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.extract.page.blocks import Box, Layout, TextBlock

_CALLED = re.compile(
    r"(?<!\btag-)(?<!\bcategory-)(?<![^\W_])(?:consent|gdpr|dsgvo|rgpd|two-?click|privacy-?(?:notice|wall|placeholder))(?=$|[\s_-])",
    re.I,
)
"""In class and id names of such a box; behind "tag-" or "category-" they say what a text is about."""
_LINES, _STEPS = 6, 4
"""Lines of it, and boxes around a line that may be it."""


def find_dialogues(layout: Layout, chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that stand with a button in a box called a consent's."""
    found = {block.number for block in chosen if block.level is None and _asks(layout, block.box)}
    return found if len(found) < len(chosen) else set()


def _asks(layout: Layout, inner: Box) -> bool:
    box: Box | None = inner
    for _ in range(_STEPS):
        if box is None or box.count > _LINES:
            return False
        if box.names and _is_consents(box.names):
            lines = layout.blocks[box.first : box.last + 1]
            if any("button" in (line.tag, *line.box.inside) for line in lines):
                return True
        box = box.parent
    return False


@lru_cache(maxsize=4096)
def _is_consents(names: str) -> bool:
    return _CALLED.search(names) is not None
