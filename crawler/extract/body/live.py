"""The entries of a live blog: boxes of one form, each with a time at its head and text below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.page.comments import names_comments

_LIVE = re.compile(r"/live(?![a-z])|live-?(?:blog|ticker|updates?)|newsticker", re.I)
_CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d)")
_HEAD = 3
"""Blocks at the head of an entry among which its time stands."""
_TIME = 40
"""Characters of a line that is no more than a time."""
_LINE = 60
"""Characters from which a block of an entry is its text; headings may be shorter."""
_FEWEST = 3
"""Entries without which a page is no live blog."""
_ASIDE = frozenset({"nav", "footer", "aside", "form", "button", "figure", "header"})


@dataclass(slots=True)
class Entries:
    """What the entries of a live blog consist of, by the numbers of the blocks."""

    text: set[int] = field(default_factory=set)
    times: set[int] = field(default_factory=set)


def says_live(url: str, kinds: str) -> bool:
    """Whether a page's address or the types its data give call it a live blog."""
    return "liveblogposting" in kinds.lower() or _LIVE.search(url) is not None


def find_entries(layout: Layout) -> Entries:
    """The entries of the largest row of boxes that look like a live blog's; empty where there is none."""
    rows: dict[tuple[Box | None, str, str | None], list[Box]] = {}
    for box in layout.boxes:
        if box.count > 1 and not box.hidden and box.inside.isdisjoint(_ASIDE):
            for classes in {box.classes, None}:  # alike in their names, or at least in their tags
                rows.setdefault((box.parent, box.tag, classes), []).append(box)
    best = Entries()
    for row in rows.values():
        if len(row) < _FEWEST or _are_comments(row[0]):
            continue
        entries = Entries()
        told = sum(_read(layout, box, entries) for box in row)
        if told >= _FEWEST and told > 0.7 * len(row) and len(entries.text) > len(best.text):
            best = entries
    return best


def _are_comments(box: Box) -> bool:
    """Whether this box or one around it is called comments, which have the form of entries too."""
    around: Box | None = box
    while around is not None:
        if around.names and names_comments(around.names):
            return True
        around = around.parent
    return False


def _read(layout: Layout, box: Box, entries: Entries) -> bool:
    """Adds an entry's time and text; False for a box that is none."""
    blocks = layout.blocks[box.first : box.last + 1]
    time = next((block for block in blocks[:_HEAD] if _is_time(layout, block)), None)
    text = [block for block in blocks if block is not time and _is_text(block)]
    if time is None or not any(block.level is None for block in text):
        return False
    entries.times.add(time.number)
    entries.text.update(block.number for block in text)
    return True


def _is_time(layout: Layout, block: TextBlock) -> bool:
    """Whether a line is a time, be it of a clock or how long ago by an element made for times."""
    if len(block.text) > _TIME or block.level:
        return False
    timed = block.box.element in layout.times or not layout.times.isdisjoint(block.elements)
    return timed or _CLOCK.search(block.text) is not None


def _is_text(block: TextBlock) -> bool:
    if block.link_chars > 0.5 * len(block.text) or not block.box.inside.isdisjoint(_ASIDE):
        return False
    return block.level is not None or len(block.text) >= _LINE
