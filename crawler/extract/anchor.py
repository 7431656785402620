"""Where on the page the article begins: the block that shows its title, the first of its paragraphs."""

from __future__ import annotations

from itertools import pairwise

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.wording import fold, tidy

_PARAGRAPH = 120
"""Characters of a block that may be a paragraph of the article."""


def title_block(page: Page, layout: Layout) -> int | None:
    """Number of the block whose text is in the page's own title, a first-rank heading before other lines.

    None where the page shows no part of its title and has no first-rank heading.
    """
    named = [fold(value) for value in page.meta.get("og:title", ())[:1]]
    element = page.tree.find(".//title")
    if element is not None:
        named.append(fold(tidy(element.text_content())))
    best: tuple[int, int, int] | None = None
    first: int | None = None
    for block in layout.blocks:
        level = block.level
        if level == 1 and first is None:
            first = block.number
        size = len(block.text)
        if not 10 <= size <= 300:
            continue
        folded = ""
        for title in named:
            if len(title) < size - 20:
                continue
            folded = folded or block.folded
            if folded in title and len(folded) * 4 > len(title):
                rank = (int(level == 1), len(folded), -block.number)
                if best is None or rank > best:
                    best = rank
    return -best[2] if best is not None else first


def text_start(layout: Layout) -> int:
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
