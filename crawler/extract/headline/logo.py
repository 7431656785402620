"""A heading that is the site's own, by its link to the front, and so no article's headline."""

from __future__ import annotations

import re

from crawler.extract.address import leads_within, path_of
from crawler.extract.headline.title_grounds import Title
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import fold

_FRONT = re.compile(r"/*(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home|start)(?:\.\w{2,5})?/?)?", re.I)
"""Paths of a site's front."""
_ALL = 0.9
"""Share of a line that is linked where it is but a link."""


def without_logo(page: Page, layout: Layout, titles: list[Title], best: Title) -> list[Title]:
    """The other titles where the most trusted one is the site's logo; none where it is not."""
    if not _is_logo(page, layout, fold(best.value)):
        return []
    return [title for title in titles if title is not best]


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
