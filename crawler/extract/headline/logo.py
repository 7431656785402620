"""A heading that is the site's own, by its link to the front, and so no article's headline."""

from __future__ import annotations

import re
from collections.abc import Set

from crawler.extract.address import leads_within, path_of
from crawler.extract.headline.title_grounds import Title
from crawler.extract.headline.titles import end_cut, names_site
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import fold, squeeze

_FRONT = re.compile(r"/*(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home|start)(?:\.\w{2,5})?/?)?", re.I)
"""Paths of a site's front."""
_HEADINGS = frozenset({"h1", "h1 part"})
_NAMED = "line named so"
_MORE = 10
"""Letters that a logo has behind the site's name: "Weekly", "Magazine"."""
_BARS = " |–—-·»:/"
_ALL = 0.9
"""Share of a line that is linked where it is but a link."""


def without_logo(page: Page, layout: Layout, titles: list[Title], best: Title, names: Set[str]) -> list[Title]:
    """The other titles where the most trusted is the site's logo; none where it is not. ``names`` are the site's."""
    if not (
        _ends_title(page, best, names)
        or _is_logo(page, layout, fold(best.value))
        or _stands_beside_named(page, layout, best, titles)
    ):
        return []
    return [title for title in titles if title is not best]


def _ends_title(page: Page, best: Title, names: Set[str]) -> bool:
    """Whether a heading that no data repeat begins with the site's name, as the page's title ends with it."""
    if not all(witness.place in _HEADINGS for witness in best.witnesses):
        return False
    for rest, end in end_cut(page.title):
        name = page.title.strip().removeprefix(rest).strip(_BARS)
        if end == "last" and names_site(name, names) and not names_site(rest, names):
            own, named = squeeze(best.value), squeeze(name)
            return own.startswith(named) and len(own) <= len(named) + _MORE
    return False


def _stands_beside_named(page: Page, layout: Layout, best: Title, titles: list[Title]) -> bool:
    """Whether the page's title is a heading, a bar and a line twice as long that is called a title, as weblogs do.

    The line is below the heading: one above it is the site's name and motto.
    """
    if not all(witness.place in _HEADINGS for witness in best.witnesses):
        return False
    for title in titles:
        if len(title.value) >= 2 * len(best.value) and any(one.place == _NAMED for one in title.witnesses):
            rest = page.title.removeprefix(best.value).removesuffix(best.value)
            if len(rest) < len(page.title) and fold(rest.strip(_BARS)) == fold(title.value):
                keys = (fold(best.value), fold(title.value))
                return next((block.folded for block in layout.blocks if block.folded in keys), None) == keys[0]
    return False


def _is_logo(page: Page, layout: Layout, key: str) -> bool:
    """Whether a line of the page with these words leads to the site's front, and the page is another."""
    for block in layout.blocks:
        if block.links and block.folded == key and block.link_chars >= _ALL * len(block.text):
            addresses = {element.get("href") or "" for element in block.elements if element.tag == "a"}
            if addresses and all(_leads_home(page, address) for address in addresses):
                return not _is_front(page.address)
    return False


def _leads_home(page: Page, address: str) -> bool:
    return leads_within(address, page.host) and _is_front(page.absolute(address) or "")


def _is_front(address: str) -> bool:
    return bool(address) and "?" not in address and _FRONT.fullmatch(path_of(address)) is not None
