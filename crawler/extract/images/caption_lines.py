"""The lines of a page that belong to one of its pictures: those of the box around it, or one named a caption below."""

from __future__ import annotations

import re

from crawler.extract.images.asset import identity
from crawler.extract.images.picture import Picture, shows
from crawler.extract.page.blocks import Box, Layout, TextBlock

_NAMED_CAPTION = re.compile(r"caption|cutline|bildunterschrift|bildtext|l[eé]gende|pie-?(?:de-?)?foto|didascalia", re.I)


def lines_of(picture: Picture, layout: Layout) -> list[TextBlock]:
    """The text blocks of the smallest box around a picture that no other picture shares, or the one named a caption."""
    if inside := _around(picture, layout):
        return inside
    below = layout.blocks[picture.before : picture.before + 1]
    following = layout.pictures[picture.number + 1 : picture.number + 2]
    own = {identity(address) for address, _ in picture.urls}
    if any(before == picture.before and not shows(element, own) for element, _, before in following):
        return []
    return [block for block in below if _NAMED_CAPTION.search(block.box.classes or "")]


def _around(picture: Picture, layout: Layout) -> list[TextBlock]:
    own = {identity(address) for address, _ in picture.urls}
    box: Box | None = picture.box
    for _ in range(4):
        if box is None:
            return []
        if _shared(box, picture, layout, own):
            return []
        inside = layout.blocks[box.first : box.last + 1]
        if inside:
            size = sum(len(block.text) for block in inside)
            return inside if box.tag == "figure" or (size < 500 and len(inside) <= 4) else []
        if box.tag == "figure":
            return []
        box = box.parent
    return []


def _shared(box: Box, picture: Picture, layout: Layout, own: set[str]) -> bool:
    """True where another picture lies in the box: it does so right before or behind this one, or the same again."""
    for step in (-1, 1):
        number = picture.number + step
        while 0 <= number < len(layout.pictures) and _within(layout.pictures[number][1], box):
            if not shows(layout.pictures[number][0], own):
                return True
            number += step
    return False


def _within(box: Box, outer: Box) -> bool:
    inner: Box | None = box
    while inner is not None:
        if inner is outer:
            return True
        inner = inner.parent
    return False
