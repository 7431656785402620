"""Lines that only say whose the text and its pictures are and of when, and so are none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.body.biographies import find_biographies, is_authors_box
from crawler.extract.dates import is_date
from crawler.extract.names.credits import begins_with_credit
from crawler.extract.page.blocks import TextBlock

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


def find_author_lines(chosen: Sequence[TextBlock], authors: Sequence[str]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that tell a date, credit someone or introduce authors.

    Bylines and dates stand at the head, biographies at the end, credits of pictures anywhere.
    """
    found = {block.number for block in chosen[:_HEAD] if block.level is None and is_date(block.text)}
    found.update(block.number for block in chosen if _is_credit(block))
    if not authors:
        return found
    found |= {block.number for block in (*chosen[:_HEAD], *chosen[-1:]) if _is_byline(block, authors)}
    return found | find_biographies(chosen, authors)


def _is_byline(block: TextBlock, authors: Sequence[str]) -> bool:
    """Whether a block is no more than the authors' names and a word or two."""
    rest = block.text
    if block.level or len(rest) > _LINE:
        return False
    for name in authors:
        rest = rest.replace(name, " ")
    if rest == block.text or rest.rstrip().endswith((".", "?", "!", "。")):
        return False
    most = _WORDS_IN_BOX if is_authors_box(block.box.names) else _WORDS_BESIDE
    return len(rest.split()) + len(_HAN.findall(rest)) // _SIGNS_A_WORD <= most


def _is_credit(block: TextBlock) -> bool:
    """Whether a block but credits a picture: "Photo: Jonas Falk". "Video: 4K" in a list says something else."""
    text = block.text
    if len(text) > _LINE or block.level or text[-1] in ".!?" or not block.box.inside.isdisjoint(_LISTING):
        return False
    return begins_with_credit(text)
