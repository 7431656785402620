"""Other articles that a page shows below its own, whole, for whoever scrolls on."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.page.blocks import Box, Layout, TextBlock


def find_others(layout: Layout, chosen: Sequence[TextBlock], title: str) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that lie in another article with a title of its own.

    Its box is an ``article`` beside that in which the page's ``title`` (folded) stands, and its title is a heading of
    the same rank. Entries of a live blog lie in the article's box, or have headings of a lower rank.
    """
    boxes: dict[int, Box | None] = {}
    for block in chosen:
        if id(block.box) not in boxes:
            boxes[id(block.box)] = _article(block.box)
    articles = {id(box): box for box in boxes.values() if box is not None}
    if len(articles) < 2:
        return set()
    own = next((block for block in layout.blocks if block.level is not None and block.folded == title), None)
    home = _article(own.box) if own is not None else None
    if own is None or home is None:
        return set()
    others = {
        key
        for key, box in articles.items()
        if not _overlap(box, home)
        and any(block.level == own.level and block.folded != title for block in layout.blocks[box.first : box.last + 1])
    }
    return {block.number for block in chosen if id(boxes[id(block.box)]) in others}


def _article(box: Box) -> Box | None:
    """The innermost article in which a box lies."""
    around: Box | None = box if "article" in box.inside else None
    while around is not None and around.tag != "article":
        around = around.parent
    return around


def _overlap(one: Box, other: Box) -> bool:
    return one.first <= other.last and other.first <= one.last
