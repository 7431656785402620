"""Pictures that a box shows as its background: in a figure, said to be a picture, or named by the page's data."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from crawler.extract.images.asset import identity
from crawler.extract.images.picture import Picture, width_of
from crawler.extract.images.srcset import DATA_URI
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout
from crawler.extract.wording import tidy

_STYLE = re.compile(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*['\"]?(?P<address>[^'\")\s]+)", re.I)
_LAZY = ("data-bg", "data-background", "data-background-image", "data-bg-src")
"""Attributes that a script makes a background of."""
_LAZY_STEMS = ("data-bg", "data-background")
_CALLED = re.compile(r"\s*url\(\s*['\"]?([^'\")\s]+)", re.I)
_OUTSIDE = frozenset({"nav", "footer", "header", "aside", "button"})
_STYLED, _LONGEST_STYLE, _LOOKED_AT = "style=", 300, 1000
"""What stands before the address in a tag, how far before it, and how many of a page's addresses are looked at."""


def backgrounds(page: Page, layout: Layout, claimed: Container[str]) -> Iterator[Picture]:
    """The backgrounds that are pictures; ``claimed`` are the identities of those that the page's data name."""
    lazy = any(map(page.text.__contains__, _LAZY_STEMS))
    if not (lazy or _styles_pictures(page.text)):
        return
    at = 0
    for box in layout.boxes:
        while at < len(layout.pictures) and layout.pictures[at][2] <= box.first:
            at += 1
        if (address := _shown(page, box, lazy=lazy)) is None or not box.inside.isdisjoint(_OUTSIDE):
            continue
        said = box.element.get("role") == "img" or "figure" in box.inside
        if said or identity(address) in claimed:
            alt = tidy(box.element.get("aria-label") or box.element.get("title")) or None
            yield Picture(box.element, box, box.first, at - 1, ((address, width_of(address)),), alt, 0.0)


def _styles_pictures(text: str) -> bool:
    """Whether a tag has an address in its style; a page's style sheets have many. To ask each box costs more."""
    at = -1
    for _ in range(_LOOKED_AT):
        at = text.find("url(", at + 1)
        if at < 0:
            return False
        before = text[max(0, at - _LONGEST_STYLE) : at]
        if before.rfind(_STYLED) > before.rfind(">"):
            return True
    return True


def _shown(page: Page, box: Box, *, lazy: bool) -> str | None:
    element = box.element
    style = element.get("style")
    found = _STYLE.search(style) if style and "url(" in style else None
    written = found["address"] if found else None
    if lazy and written is None:
        written = next((said for name in _LAZY if (said := element.get(name))), None)
    if written is None:
        return None
    if called := _CALLED.match(written):
        written = called[1]
    return None if DATA_URI.match(written) else page.absolute(written)
