"""Lines that only say whose the text and its pictures are and of when, and so are none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.dates import is_date
from crawler.extract.names.credits import begins_with_credit
from crawler.extract.page.blocks import TextBlock
from crawler.extract.wording import word_set

_HEAD = 4
"""Blocks at the head of the text among which a byline and a date may be."""
_LINE = 100
"""Characters of the longest byline."""
_WORDS_BESIDE = 4
"""Words that a byline holds besides the names."""
_WORDS_IN_BOX = 8
"""The same in a box that is called the author's, where they may tell what that one does and where."""
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_SIGNS_A_WORD = 4
"""Characters of a word where no spaces stand between words."""
_LISTING = frozenset({"li", "dd", "table"})
_LAST = 3
"""Blocks at the end of the text among which biographies may be."""
_BIOGRAPHY = 700
"""Characters of the longest biography."""
_BEFORE_NAME = 20
"""Characters before a name that is introduced: a bracket, a title, "About the author"."""
_INTRODUCING = word_set("is are was ist sind est sont es son é são è sono er är jest on writes schreibt escribe écrit")
"""What comes between a name and what its bearer is."""
_CALLED_SO = re.compile(
    r"(?:^|[\s_-])(?:(?:about[_-])?(?:the[_-])?authors?|bio(?:graphy)?|autor(?:es|en)?|auteurs?|autore|contributors?)"
    r"(?:[_-](?:bio\w*|box|info\w*|card|profile|description|about|desc|block|section|text))?(?=$|\s)",
    re.I,
)
"""What boxes of biographies are called."""
_BOXES = 3
"""Boxes around a biography whose names are read."""


def find_author_lines(chosen: Sequence[TextBlock], authors: Sequence[str]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that tell a date, credit someone or introduce authors.

    Bylines and dates stand at the head, biographies at the end, credits of pictures anywhere.
    """
    found = {block.number for block in chosen[:_HEAD] if block.level is None and is_date(block.text)}
    found.update(block.number for block in chosen if _is_credit(block))
    if not authors:
        return found
    found |= {block.number for block in (*chosen[:_HEAD], *chosen[-1:]) if _is_byline(block, authors)}
    names = [name for name in authors if " " in name]
    for block in chosen[: -_LAST - 1 : -1] if len(chosen) > _LAST else ():
        if block.number not in found:
            if not _introduces(block, names, chosen[0].number):
                break
            found.add(block.number)
    return found


def _is_byline(block: TextBlock, authors: Sequence[str]) -> bool:
    """Whether a block is no more than the authors' names and a word or two."""
    rest = block.text
    if block.level or len(rest) > _LINE:
        return False
    for name in authors:
        rest = rest.replace(name, " ")
    if rest == block.text or rest.rstrip().endswith((".", "?", "!", "。")):
        return False
    most = _WORDS_IN_BOX if block.box.names and _CALLED_SO.search(block.box.names) else _WORDS_BESIDE
    return len(rest.split()) + len(_HAN.findall(rest)) // _SIGNS_A_WORD <= most


def _is_credit(block: TextBlock) -> bool:
    """Whether a block but credits a picture: "Photo: Jonas Falk". "Video: 4K" in a list says something else."""
    text = block.text
    if len(text) > _LINE or block.level or text[-1] in ".!?" or not block.box.inside.isdisjoint(_LISTING):
        return False
    return begins_with_credit(text)


def _introduces(block: TextBlock, names: Sequence[str], first: int) -> bool:
    """Whether a block begins by saying who one of the authors is, or with the name in a box below the text for that.

    ``first`` is the number of the text's first block.
    """
    text = block.text
    if len(text) > _BIOGRAPHY:
        return False
    for name in names:
        at = text.find(name, 0, _BEFORE_NAME + len(name))
        if at < 0:
            continue
        if text[at + len(name) :].partition(" ")[2].partition(" ")[0] in _INTRODUCING or _is_called_so(block, first):
            return True
    return False


def _is_called_so(block: TextBlock, first: int) -> bool:
    """Whether the box around a block, or one right around that, is called a biography's and holds not all the text."""
    box = block.box
    for _ in range(_BOXES):
        if box.first <= first:
            return False
        if box.names and _CALLED_SO.search(box.names):
            return True
        if box.parent is None:
            return False
        box = box.parent
    return False
