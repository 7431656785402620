"""The kind of piece that a block of the article is: heading, quotation, list item, paragraph, link to another story."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extract.page.blocks import Box, TextBlock
from crawler.extract.wording import headline_weight
from crawler.model import Block

_ITEMS = frozenset({"li", "dd", "dt"})
_WITHIN_ITEM = frozenset({"p", "div", "span"})
"""Boxes that an item may have around its words: what else lies in a list is laid out by it, and is no item."""
_NO_STORY = frozenset({"nav", "footer", "figure", "ul", "ol", "button", "form"})
_LONG, _PARTS = 600, 3
"""Characters of a text that may be several paragraphs, and how many of them tell that it is."""
_ENDED = 0.8
"""Share of them that end as sentences do."""
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = re.compile(r"[.!?…:。！？।۔؟][\"'”’»)\]]*$")
_ADVERTISES = re.compile(
    r"(?:^|[\s_-])(?i:ads?|advert\w*|sponsor\w*|promo-?link)(?=$|[\s_-])|(?<![a-zA-Z])Ad[A-Z]|sponsor[A-Z]"
)
"""Names of boxes whose links are paid for."""
_WORDS = 4
"""Words of the shortest headline."""


def as_block(block: TextBlock) -> Block:
    """A block of the article's text as the piece that it is."""
    if block.level:
        return Block("heading", block.text, level=block.level)
    if "blockquote" in block.box.inside:
        return Block("quote", block.text)
    return Block("list_item" if _is_item(block) else "paragraph", block.text)


def as_blocks(block: TextBlock) -> tuple[Block, ...]:
    """The same, a text in one piece parted where blank lines part its sentences, as a style shows it."""
    whole = as_block(block)
    if whole.level or len(block.text) < _LONG or "\n" in block.pieces:  # a line break of its own says more
        return (whole,)
    written = "".join(block.pieces)
    if written.count("\n") < 2 * (_PARTS - 1):
        return (whole,)
    parts = [" ".join(part.split()) for part in _BLANK.split(written)]
    parts = [part for part in parts if part]
    ended = sum(_SENTENCE.search(part) is not None for part in parts)
    if len(parts) < _PARTS or ended < _ENDED * len(parts):
        return (whole,)
    return tuple(replace(whole, text=part) for part in parts)


def as_link(block: TextBlock) -> Block:
    """A block that links to another story, with the address."""
    address = next((element.get("href") for element in block.elements if element.tag == "a"), None)
    return Block("related_link", block.text, address)


def is_related(block: TextBlock) -> bool:
    """True for a link to another story that stands alone in the text: words enough for a headline, and only linked."""
    return (
        block.link_chars > 0.7 * len(block.text)
        and headline_weight(block.text) >= _WORDS
        and len({element.get("href") for element in block.elements if element.tag == "a"}) == 1
        and not any("sponsored" in (element.get("rel") or "") for element in block.elements)
        and block.box.inside.isdisjoint(_NO_STORY)
        and not _ADVERTISES.search(f"{block.box.names} {block.box.parent.names if block.box.parent else ''}")
    )


def _is_item(block: TextBlock) -> bool:
    """Whether a block is an item of a list, or what one begins with."""
    box: Box | None = block.box
    while box is not None and box.tag in _WITHIN_ITEM and box.first == block.number:
        box = box.parent
    return box is not None and box.tag in _ITEMS and (box is block.box or box.first == block.number)
