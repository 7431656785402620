"""Where on the page the article begins: the block that shows its title, the first of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.wording import fold, word_list

_ABOVE = 28
"""Blocks above the text among which a line like the title is looked for."""
_BELOW = 28
"""Blocks below the title among which a story of one paragraph has it."""
_PARAGRAPH = 120
"""Characters of a block that may be a paragraph of the article."""
_OF_SYLLABLES, _OF_WORDS = re.compile(r"[\uac00-\ud7af]"), re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
"""Signs of which two and three letters' worth are said: where the title is of them, paragraphs and titles are short."""
_TITLE = 10
"""Characters of the shortest title."""


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
    least = _PARAGRAPH // _letters_a_sign(titles)
    start = end = text_start(layout, least)
    for block in layout.blocks[start:]:
        if block.number - end > 8:
            break
        if len(block.text) >= least and block.link_chars < 0.3 * len(block.text):
            end = block.number
    title = title_block(layout, titles, start)
    if start == len(layout.blocks) and (only := _only_paragraph(layout, least, title or 0)) is not None:
        start = end = only
    return Place(title, start, end)


def _only_paragraph(layout: Layout, least: int, title: int) -> int | None:
    """Number of the first paragraph below the title, where no two stand close together; None where there is none."""
    for block in layout.blocks[title : title + _BELOW]:
        if len(block.text) >= least and block.link_chars < 0.3 * len(block.text):
            return block.number
    return None


def _letters_a_sign(titles: Sequence[str]) -> int:
    """How many letters one sign of the titles' script stands for."""
    text = " ".join(titles)
    return 1 if text.isascii() else 3 if _OF_WORDS.search(text) else 2 if _OF_SYLLABLES.search(text) else 1


def title_block(layout: Layout, titles: Sequence[str], start: int) -> int | None:
    """Number of the block whose text is in one of the titles, a first-rank heading before other lines.

    Where none is, the first such heading; where there is no heading either, the line above ``start``, the text's
    beginning, that has most words of a title; None where none has half of them.
    """
    named = [fold(title) for title in titles]
    shortest = _TITLE // _letters_a_sign(titles)
    longest = min(300, max(map(len, named), default=0) + 20)
    best: tuple[int, int, bool, int] | None = None
    first: int | None = None
    for block in layout.blocks:
        level = block.level
        if level == 1 and first is None:
            first = block.number
        size = len(block.text)
        if not shortest <= size <= longest:
            continue
        folded = block.folded
        for title in named:
            if len(title) >= size - 20 and folded in title and len(folded) * 4 > len(title):
                rank = (int(level == 1), len(folded), block.link_chars * 2 <= size, -block.number)
                if best is None or rank > best:
                    best = rank
    if best is not None or first is not None:
        return -best[3] if best is not None else first
    return _like_title(layout.blocks[max(0, start - _ABOVE) : start], titles)


def _like_title(blocks: Sequence[TextBlock], titles: Sequence[str]) -> int | None:
    wanted = [set(word_list(title)) for title in titles if title]
    best, found = 0.5, None
    for block in blocks:
        if not 10 <= len(block.text) <= 300:
            continue
        own = set(word_list(block.text))
        share = max((len(own & words) / len(own | words) for words in wanted), default=0.0)
        if share >= best and len(own) > 2:
            best, found = share, block.number
    return found


def text_start(layout: Layout, least: int = _PARAGRAPH) -> int:
    """Number of the first of two paragraphs that stand close together; of the last block where there are none.

    ``least`` is the length of a paragraph.
    """
    before: int | None = None
    for block in layout.blocks:
        if len(block.text) >= least and block.link_chars < 0.3 * len(block.text):
            if before is not None and block.number - before <= 4:
                return before
            before = block.number
    return len(layout.blocks)
