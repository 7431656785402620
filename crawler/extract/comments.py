"""What readers wrote below an article: boxes that class or id names call comments, or headings that count them."""

from __future__ import annotations

import re
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
_FEWEST = 2
"""Boxes that are each called a comment: one may be a column of that name."""


def find_comments(layout: Layout, first: int) -> set[int]:
    """Numbers of the blocks that are comments; ``first`` is the number of the article's first block.

    A box around the article, though it be called one with comments, holds none by its name alone.
    """
    found = _headed(layout, first)
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


def _headed(layout: Layout, first: int) -> set[int]:
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
