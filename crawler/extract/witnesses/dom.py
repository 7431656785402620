"""What the visible page says of its headline: its first headings, its title element, a line above the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from crawler.extract.blocks import Layout, TextBlock
from crawler.extract.page import Page
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy, word_list
from crawler.model import Candidate

_PARAGRAPH = 120
"""Characters of a block that may be a paragraph of the article."""
_ABOVE = 14
"""Blocks above the first paragraph among which the headline is looked for."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from headings, the title element, and the line above the text that says most of the title."""
    headings = [block for block in layout.blocks if block.level == 1]
    for block in headings[:4]:
        yield "headline", Candidate(tidy(block.text), "dom", "h1", 0.85 if len(headings) == 1 else 0.65)
    element = page.tree.find(".//title")
    title = tidy(element.text_content()) if element is not None else ""
    if title:
        yield "headline", Candidate(title, "dom", "title", 0.55)
    if not headings and (line := _line_above(layout, title)):
        yield "headline", Candidate(tidy(line.text), "dom", "line", 0.6)


def _line_above(layout: Layout, title: str) -> TextBlock | None:
    """The line above the first paragraphs that shares most words with the title; None where none shares a third."""
    words = set(word_list(title))
    if len(words) < 3:
        return None
    first = _first_paragraph(layout)
    best: tuple[float, TextBlock] | None = None
    for block in layout.blocks[max(0, first - _ABOVE) : first]:
        size = len(block.text)
        if not 12 <= size <= 220 or block.link_chars > 0.5 * size:
            continue
        own = set(word_list(block.text))
        share = len(own & words) / (len(own | words) or 1)
        covered = len(own & words) / (len(own) or 1)
        if len(own) >= 3 and covered >= (0.34 if len(own) > 4 else 0.6) and (best is None or share > best[0]):
            best = (share, block)
    return best[1] if best is not None else None


def _first_paragraph(layout: Layout) -> int:
    """Number of the first of two paragraphs that stand close together; of the last block where there are none."""
    numbers = [
        block.number
        for block in layout.blocks
        if len(block.text) >= _PARAGRAPH and block.link_chars < 0.3 * len(block.text)
    ]
    for number, following in pairwise(numbers):
        if following - number <= 4:
            return number
    return len(layout.blocks)
