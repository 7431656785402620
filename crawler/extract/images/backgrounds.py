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

_SHOWS = ("background", "data-bg")
"""One of them is in each page with such a picture: looking for them costs next to nothing."""
_STYLE = re.compile(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*['\"]?(?P<address>[^'\")\s]+)", re.I)
_LAZY = ("data-bg", "data-background", "data-background-image", "data-bg-src")
"""Attributes that a script makes a background of."""
_CALLED = re.compile(r"\s*url\(\s*['\"]?([^'\")\s]+)", re.I)
_OUTSIDE = frozenset({"nav", "footer", "header", "aside", "button"})


def backgrounds(page: Page, layout: Layout, claimed: Container[str]) -> Iterator[Picture]:
    """The backgrounds that are pictures; ``claimed`` are the identities of those that the page's data name."""
    if not any(map(page.text.__contains__, _SHOWS)):
        return
    at = 0
    for box in layout.boxes:
        while at < len(layout.pictures) and layout.pictures[at][2] <= box.first:
            at += 1
        if (address := _shown(page, box)) is None or not box.inside.isdisjoint(_OUTSIDE):
            continue
        said = box.element.get("role") == "img" or "figure" in box.inside
        if said or identity(address) in claimed:
            alt = tidy(box.element.get("aria-label") or box.element.get("title")) or None
            yield Picture(box.element, box, box.first, at - 1, ((address, width_of(address)),), alt, 0.0)


def _shown(page: Page, box: Box) -> str | None:
    element = box.element
    style = element.get("style")
    found = _STYLE.search(style) if style and "url(" in style else None
    written = found["address"] if found else next((said for name in _LAZY if (said := element.get(name))), None)
    if written is None:
        return None
    if called := _CALLED.match(written):
        written = called[1]
    return None if DATA_URI.match(written) else page.absolute(written)
