"""What readers wrote below an article: boxes that class or id names call comments, or headings that count them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from crawler.extract.blocks import Layout

_ALL = re.compile(
    r"(?:^|[\s_-])(?:comments(?!-(?:open|closed|enabled|disabled|on|off))|comment[-_]?list|comment[-_]?thread|disqus[\w-]*|kommentare|\w*leserkommentare|comentarios"
    r"|comentários|commentaires|commenti|reacties|komentarze)(?=$|[\s_-])",
    re.I,
)
_ONE = re.compile(r"(?:^|\s)(?:\w+[-_])?(?:comment|kommentar|comentario|commentaire)(?:[-_]\w+)*(?=$|\s)", re.I)
_WORD = (
    r"(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties|komentarz[ey]?|комментари\w+"
    r"|коментара?)"
)
_HEADING = re.compile(
    rf"\(?\d+\)?\s{_WORD}|{_WORD}\s*[(:]?\s?\d+\)?"
    r"|\d+ (?:responses|replies|thoughts|antworten|réponses) (?:to|on|zu|auf|à) [“”„«»‹›‘’\"'].{1,200}",
    re.I,
)
_LONGEST = 500
"""Characters of names that are read."""
_PROSE = 80
"""Characters of a block that is no name, day or button."""
_ARTICLE = 300
"""Characters that are an article's, above its comments."""
_FEWEST = 2
"""Boxes that are each called a comment: one may be a column of that name."""


def find_comments(layout: Layout, first: int) -> set[int]:
    """Numbers of the blocks that are comments; ``first`` is the number of the article's first block.

    A box around the article, though it be called one with comments, holds none by its name alone.
    """
    found = find_headed(layout, first)
    single: list[range] = []
    below = [box for box in layout.boxes if box.first > first and box.names and box.last >= box.first]
    if not _may_say_so("\n".join([box.names for box in below])):
        return found
    for box in below:
        kind = _kind(box.names)
        if kind == "all":
            found.update(range(box.first, box.last + 1))
        elif kind == "one" and (not single or box.first >= single[-1].stop):
            single.append(range(box.first, box.last + 1))
    if len(single) >= _FEWEST:
        found.update(*single)
    return found


def is_misnamed(layout: Layout, likely: Sequence[int], comments: Set[int]) -> bool:
    """Whether what the names call comments is the article: one paragraph after another, and none before or around.

    ``likely`` are the numbers of the blocks that read like the article. Between comments stand their writers' names.
    """
    blocks = layout.blocks
    prose = [number for number in likely if len(blocks[number].text) >= _PROSE]
    inside = [number for number in prose if number in comments]
    if 2 * sum(len(blocks[number - 1].text) >= _PROSE for number in inside) <= len(inside):
        return False
    before = sum(len(blocks[number].text) for number in prose if number < inside[0])
    others = sum(len(blocks[number].text) for number in prose if number > inside[0] and number not in comments)
    return before < _ARTICLE or others > before


def find_headed(layout: Layout, first: int) -> set[int]:
    """Numbers of what stands below a heading that counts comments, to the end of the box around both."""
    for block in layout.blocks[first + 1 :]:
        if block.level and _HEADING.fullmatch(block.text):
            around = block.box.outer
            return set(range(block.number, (around.last if around else block.number) + 1))
    return set()


@lru_cache(maxsize=4096)
def _kind(names: str) -> str:
    names = names[:_LONGEST]
    if not _may_say_so(names):
        return ""
    return "all" if _ALL.search(names) else "one" if _ONE.search(names) else ""


def _may_say_so(names: str) -> bool:
    lower = names.lower()  # looking for what all of them hold costs less than the patterns do
    return "omment" in lower or "oment" in lower or "disqus" in lower or "reacties" in lower
