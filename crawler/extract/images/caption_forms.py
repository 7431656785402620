"""Forms that lines below pictures have in common where they are captions: in the middle, slanted, brief."""

from __future__ import annotations

import re

from crawler.extract.page.blocks import TextBlock

_CENTRE = re.compile(r"text-align\s*:\s*center", re.I)
_CENTRED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?:text|align|f|ql|has-text-align)[_-]?)?cent(?:er|re)(?:ed)?(?=$|\s)", re.I
)
"""Styles and names of what stands in the middle of its lines."""
_BRIEF = re.compile(r"[^。！？!?，；：“”「」]{0,12}[\u3040-\u30ff\u4e00-\u9fff][^。！？!?，；：“”「」]{0,7}。")
"""A sentence of few signs and no clauses."""
_SLANTED = frozenset({"em", "i", "small"})
_SMALL = 120
"""Characters of small print that is no notice."""
_ASKS = tuple("?？؟")
_LONGEST_LINE, _LONGEST_SLANTED = 300, 200
"""Characters of a line in the middle, and of one in italics, that may be a caption."""


def is_brief(block: TextBlock) -> bool:
    """Whether a line is a sentence of few signs: "The scene of the rescue." takes five in Chinese."""
    return block.level is None and _BRIEF.fullmatch(block.text) is not None


def is_slanted(block: TextBlock) -> bool:
    """Whether all of a line is in italics or small print by its markup, and no question of an interview."""
    element = block.box.element
    if (
        block.level is not None
        or block.text.endswith(_ASKS)
        or len(element) != 1
        or element[0].tag not in _SLANTED
        or len(block.text) > _LONGEST_SLANTED
    ):
        return False
    return not ((element.text or "").strip() or (element[0].tail or "").strip())


def is_small(block: TextBlock) -> bool:
    """Whether all of a line is in small print, which is no way to stress words."""
    return is_slanted(block) and block.box.element[0].tag == "small" and len(block.text) <= _SMALL


def is_centred(block: TextBlock) -> bool:
    """Whether a line stands in the middle, as captions do and paragraphs do not, by what its own box says."""
    if block.level is not None or len(block.text) > _LONGEST_LINE:
        return False
    element = block.box.element
    if element.tag == "center" or (element.get("align") or "").lower() == "center":
        return True
    return _CENTRE.search(element.get("style") or "") is not None or (
        block.box.classes is not None and _CENTRED_NAMES.search(block.box.classes) is not None
    )
