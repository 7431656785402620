"""Where on the page the article begins: the block that shows its title, the first of its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.blocks import Layout
from crawler.extract.wording import fold

_PARAGRAPH = 120
"""Characters of a block that may be a paragraph of the article."""


@dataclass(frozen=True, slots=True)
class Place:
    """Numbers of the blocks between which an article stands.

    Where no two paragraphs stand close together, ``start`` and ``end`` are the number of blocks.
    """

    title: int | None
    """The block that shows its title; None where none does."""
    start: int
    """The first of its paragraphs."""
    end: int
    """The last of its paragraphs."""

    def near(self, number: int) -> bool:
        """Whether a block is one where bylines and dates stand: around the title, or right above the text."""
        if self.title is not None and -8 <= number - self.title <= 14:
            return True
        return -8 <= number - self.start <= 2

    def under_title(self, number: int) -> bool:
        """Whether a block is the title's or one of the five after it."""
        return self.title is not None and 0 <= number - self.title <= 5

    def closing(self, number: int) -> bool:
        """Whether a block is right under the text."""
        return 0 < number - self.end <= 4

    def where(self, number: int) -> str:
        """In words, where a block stands."""
        if self.under_title(number):
            return "right under the title"
        if self.title is not None and -4 <= number - self.title < 0:
            return "right above the title"
        if self.near(number):
            return "near the title or the text"
        if self.closing(number):
            return "right under the text"
        if self.start < number < self.end:
            return "in the text"
        return "above it all" if number < self.start else "far below"


def place_of(layout: Layout, titles: Sequence[str]) -> Place:
    """Where on a page its article stands, by the titles that its data gives it."""
    start = end = text_start(layout)
    for block in layout.blocks[start:]:
        if block.number - end > 8:
            break
        if len(block.text) >= _PARAGRAPH and block.link_chars < 0.3 * len(block.text):
            end = block.number
    return Place(title_block(layout, titles), start, end)


def title_block(layout: Layout, titles: Sequence[str]) -> int | None:
    """Number of the block whose text is in one of the titles, a first-rank heading before other lines.

    None where the page shows no part of them and has no first-rank heading.
    """
    named = [fold(title) for title in titles]
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
    before: int | None = None
    for block in layout.blocks:
        if len(block.text) >= _PARAGRAPH and block.link_chars < 0.3 * len(block.text):
            if before is not None and block.number - before <= 4:
                return before
            before = block.number
    return len(layout.blocks)
