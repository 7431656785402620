"""Where on the page the article begins: the block that shows its title."""

from __future__ import annotations

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.wording import fold, tidy


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
