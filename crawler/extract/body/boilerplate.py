"""What an institution says of itself at the end of its news, below who wrote them: no part of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.page.blocks import Layout, TextBlock

_LONGEST = 900
_MORE = re.compile(
    r"\b(?:for (?:more|further|additional) information\b.{0,60}\b(?:visit|see|contact|go to)|learn more (?:at|about us)"
    r"|(?:weitere|mehr) informationen\b.{0,60}\b(?:unter|auf|finden)|pour (?:en savoir plus|plus d['’]informations?)"
    r"|(?:para )?más información\b.{0,40}\b(?:en|visite)|per (?:maggiori|ulteriori) informazioni"
    r"|(?:para )?mais informações|voor meer informatie)\b",
    re.I,
)
"""What it says at its end: where more of it is told."""
_WRITER = re.compile(r"author|byline|\bbio(?:graph\w*)?\b|contributor|autor(?!i[sz])|h-card|vcard", re.I)
_STEPS = 4
"""Boxes around a line that may be called after who wrote."""


def find_boilerplate(layout: Layout, chosen: Sequence[TextBlock]) -> set[int]:
    """The number of the last block chosen for the text, where it tells where to learn more, below who wrote."""
    if len(chosen) < 2 or len(chosen[-1].text) > _LONGEST or chosen[-1].link_chars == 0:
        return set()
    last, before = chosen[-1], chosen[-2].number + 1
    if before == last.number or _MORE.search(last.text) is None:
        return set()
    return {last.number} if any(map(_is_writers, layout.blocks[before : last.number])) else set()


def _is_writers(block: TextBlock) -> bool:
    box = block.box
    for _ in range(_STEPS):
        if _WRITER.search(box.names):
            return True
        if box.parent is None:
            return False
        box = box.parent
    return False
