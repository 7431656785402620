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
_LINES, _LINE = 4, 60
"""Lines of a verse, an address or a recipe at the least, and characters of its longest; Chinese ones count twice."""
_NARROW = 40
"""Characters of the longest line where nobody wraps prose: metre makes lines of one length, too."""
_WIDE = re.compile("[\u2e80-\ud7af]")
_STOPS = tuple(".,;:!?—。，、；！？")
_LISTS = frozenset({"ul", "ol"})


def as_block(block: TextBlock) -> Block:
    """A block of the article's text as the piece that it is."""
    if block.level:
        return Block("heading", block.text, level=block.level)
    text = _in_lines(block) if "\n" in block.pieces else block.text
    if "blockquote" in block.box.inside:
        return Block("quote", text)
    return Block("list_item", text, level=_depth(block)) if _is_item(block) else Block("paragraph", text)


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


def _in_lines(block: TextBlock) -> str:
    """The text with the breaks that part its short lines, as of verse; as one line where they only wrap prose."""
    lines = [" ".join(line.split()) for line in "".join(block.pieces).split("\n")]
    lines = [line for line in lines if line]
    if len(lines) < _LINES or sum(1 for _ in block.box.element.iter("br")) < len(lines) - 1:
        return block.text
    widths = [len(line) + len(_WIDE.findall(line)) for line in lines]
    widest = max(widths)
    if widest > _LINE:
        return block.text
    if widest <= _NARROW:
        return "\n".join(lines)
    # a line that is but wrapped has no room for the word that the next begins with
    free = sum(
        width + 1 + len(following.partition(" ")[0]) <= widest or line.endswith(_STOPS)
        for line, width, following in zip(lines, widths, lines[1:], strict=False)
    )
    return "\n".join(lines) if 2 * free >= len(lines) - 1 else block.text


def _depth(block: TextBlock) -> int | None:
    """In how many lists an item stands that lie right in one another; None for one."""
    depth, box = 0, block.box
    while box.parent is not None:
        around = box.parent
        if box.tag in _LISTS:
            depth += 1
            if around.tag == "li" and around.parent is not None:
                around = around.parent
            if around.tag not in _LISTS:
                break
        box = around
    return depth if depth > 1 else None


def _is_item(block: TextBlock) -> bool:
    """Whether a block is an item of a list, or what one begins with."""
    box: Box | None = block.box
    while box is not None and box.tag in _WITHIN_ITEM and box.first == block.number:
        box = box.parent
    return box is not None and box.tag in _ITEMS and (box is block.box or box.first == block.number)
