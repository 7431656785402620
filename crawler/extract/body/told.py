"""What the page's data say its text is (an ``articleBody``, a live blog's updates), in the tree or in its stead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.page.anchor import title_block
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import fold, tidy
from crawler.model import Block

_LINE = 40
"""Characters from which a block that the data hold is no chance: shorter ones may be any line of the page."""
_LONGEST, _LOOKS = 400_000, 10_000
"""Characters of a body that are read, and blocks that are looked for in it: each of them costs a look at all of it."""
_START = 300
"""Characters of a block that are looked for."""
_SHARE = 0.3
"""Share of the text found without them that the data must hold; with less, they are those of another article."""
_STANDFIRST = 0.15
"""Share of being the article's that a block needs to be its standfirst where the page's data say it is."""
_DESCRIBED = 60
"""Characters that a description and the standfirst begin with alike."""
_SHORTEST = 30
"""Characters of a description that is no chance."""
_PROSE = 80
"""Characters of a block that is no line of the head."""
_UNDER = 2
"""Blocks under the first of the text among which the standfirst may be."""
_WHOLE = 600
"""Characters of a body that is no teaser."""
_TIMES = 4
"""How much longer than what the page shows a body must be to be read in its stead."""
_PARAGRAPH = re.compile(r"\n|</p>|<br\s*/?>\s*<br\s*/?>", re.I)


def find_told(layout: Layout, chosen: Sequence[int], bodies: Sequence[str]) -> set[int]:
    """Numbers of the blocks whose text stands in one of the bodies that the page's data give.

    ``chosen`` are the numbers of the blocks that read like the article. The data are cut off, abridged or another
    article's often enough that they only add blocks, and only where they hold a part of those.
    """
    size = sum(len(layout.blocks[number].text) for number in chosen)
    for body in sorted(bodies, key=len, reverse=True)[:2]:
        told = fold(tidy(body[:_LONGEST]))
        found = {
            block.number
            for block in layout.blocks[:_LOOKS]
            if len(block.text) >= _LINE and not block.box.hidden and block.folded[:_START] in told
        }
        if found and sum(len(layout.blocks[number].text) for number in found.intersection(chosen)) >= _SHARE * size:
            return found
    return set()


def find_standfirst(
    layout: Layout, shares: Sequence[float], chosen: Sequence[int], descriptions: Sequence[str], headline: str | None
) -> set[int]:
    """Numbers of the blocks at the head of the text that the page's data give as its description.

    ``shares`` are those of being the article's: what is a teaser by all other signs is no standfirst. ``chosen`` are
    the numbers of the blocks that read like the article. Nothing above the ``headline`` is one: a site that describes
    each of its pages by its slogan shows that in its head.
    """
    starts = tuple({start for text in descriptions if len(start := fold(text)[:_DESCRIBED]) >= _SHORTEST})
    first = next((number for number in chosen if len(layout.blocks[number].text) >= _PROSE), None)
    if not starts or first is None:
        return set()
    title = title_block(layout, (headline,), first) if headline else None
    return {
        block.number
        for block in layout.blocks[title or 0 : first + _UNDER + 1]
        if shares[block.number] >= _STANDFIRST and len(block.text) >= _LINE and block.folded.startswith(starts)
    }


def told_instead(shown: str, bodies: Sequence[str]) -> tuple[Block, ...]:
    """The paragraphs of the longest body, where the page shows next to nothing of what its data hold; else none.

    ``shown`` is the text found in the tree: a page that needs a browser shows a teaser, or another story's.
    """
    body = max(bodies, key=len, default="")
    lines = [text for line in _PARAGRAPH.split(body) if (text := tidy(line))]
    if not worth_more("".join(lines), shown):
        return ()
    return tuple(Block("paragraph", line) for line in lines)


def worth_more(told: str, shown: str) -> bool:
    """Whether a text is no teaser, and so much longer than the shown that this is next to nothing of it."""
    return len(told) >= max(_WHOLE, _TIMES * len(shown))
