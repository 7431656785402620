"""Links that look as if they led to another story, and the card around each: the box that holds no second story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Link, TextBlock
from crawler.extract.panels.targets import is_command, leads_to_no_story
from crawler.extract.wording import headline_weight, tidy

_OUTSIDE = frozenset({"nav", "footer", "form", "dialog", "noscript"})
_OF_PARTS = frozenset({"section", "aside", "article"})
"""Parts of a page, whose header is not the site's."""
_RANKED = frozenset(f"h{rank}" for rank in range(1, 7))
_PAGE = frozenset({"body", "html", "main"})
_LEAST_WORDS = 4
_LEAST_IN_HEADING = 2
_WORDS_OF_COMMAND = 8
_MOST_LINKS = 1500
_PLAIN_HOST = re.compile(r"https?://[\w-][\w.-]*(?:/|$)", re.ASCII)
"""Most are; parting an address by the book takes long."""
_SEVERAL = ""
"""Stands for more addresses than one."""


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A link to another story, with its address in full."""

    link: Link
    address: str


@dataclass(slots=True)
class Stories:
    """The cards of a page."""

    boxes: dict[Box, StoryLink] = field(default_factory=dict)
    """Cards that are boxes."""
    inline: dict[int, list[StoryLink]] = field(default_factory=dict)
    """Cards that are no more than their link, by the number of the block it begins in."""
    lists: set[Box] = field(default_factory=set)
    """Boxes with links to several stories inside."""
    links: set[Link] = field(default_factory=set)
    """All links to stories."""


def find_stories(page: Page, own: Set[int]) -> Stories:
    """The cards of a page outside of navigation, site header and footer, and of the blocks ``own``."""
    links = list(_story_links(page, own))
    addresses: dict[Box, str] = {}
    for each in links:
        box: Box | None = each.link.box
        while box is not None and addresses.get(box) not in (each.address, _SEVERAL):
            addresses[box] = _SEVERAL if box in addresses else each.address
            box = box.parent
    several = {box for box, address in addresses.items() if address == _SEVERAL}
    stories = Stories(lists=several, links={each.link for each in links})
    for each in links:
        card: Box | None = None
        parent: Box | None = each.link.box
        while parent is not None and parent not in stories.lists and parent.tag not in _PAGE:
            card, parent = parent, parent.parent
        if parent is None or parent not in stories.lists:
            continue
        if card is None:
            stories.inline.setdefault(each.link.first, []).append(each)
        else:
            stories.boxes.setdefault(card, each)
    return stories


def is_outside(box: Box) -> bool:
    """Whether a box lies where no panels are, by the tags around it: navigation, a form, the site's own header."""
    inside = box.inside
    return not inside.isdisjoint(_OUTSIDE) or ("header" in inside and inside.isdisjoint(_OF_PARTS))


def address_in_full(href: str, base: str, origin: str) -> str | None:
    """The address a link names, without its fragment; None where it is no page of a site, or a site's first page."""
    href = href.partition("#")[0].strip()
    if href.startswith("/") and not href.startswith("//"):
        address = origin + href
    elif href.startswith(("http://", "https://")):
        address = href
    else:
        try:
            address = urljoin(base, href)
        except ValueError:
            return None
        if not address.startswith(("http://", "https://")):
            return None
    host, slash, path = address.partition("//")[2].partition("/")
    return address if (path.strip("/") if slash else "?" in host) else None


def is_sound(address: str) -> bool:
    """False for an address that no browser could read."""
    if _PLAIN_HOST.match(address):
        return True
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _story_links(page: Page, own: Set[int]) -> Iterator[StoryLink]:
    here, base = page.url.partition("#")[0], page.base_url
    again = here if "?" in here else f"{here}?"
    scheme, _, rest = base.partition("//")
    origin = f"{scheme}//{rest.partition('/')[0]}"
    found = 0
    blocks = page.layout.blocks
    for link in page.layout.links:
        if is_outside(link.box) or link.first in own or found >= _MOST_LINKS:
            continue
        href = link.address
        if "sponsored" in link.rel or len(href) < 2 or href.startswith(("#", "javascript:", "mailto:")):
            continue
        least = _LEAST_WORDS if link.box.inside.isdisjoint(_RANKED) else _LEAST_IN_HEADING
        if link.first == link.last and is_short(blocks[link.first].text, least):
            continue
        whole = _is_whole(link, blocks)
        said = (
            blocks[link.first].text if whole else shown_text(link.element) or tidy(link.element.get("aria-label") or "")
        )
        words = headline_weight(said)
        if words < least or (words <= _WORDS_OF_COMMAND and is_command(said)):
            continue
        address = address_in_full(href, base, origin)
        if address is None or leads_to_no_story(address, link.rel):
            continue
        if address != here and not address.startswith(again) and is_sound(address):
            found += 1
            yield StoryLink(link, address)


def _is_whole(link: Link, blocks: Sequence[TextBlock]) -> bool:
    """Whether a link is all of one block, and its text one piece."""
    if link.first != link.last:
        return False
    block = blocks[link.first]
    return block.links == 1 and len(block.pieces) == 1 and block.link_chars == len(block.text)


def is_short(text: str, words: int) -> bool:
    """Whether a line has fewer words, as a look that costs little tells."""
    return text.isascii() and text.count(" ") + 1 < words


def shown_text(element: HtmlElement) -> str:
    """The words of an element and its parts."""
    return tidy(" ".join(element.itertext()))
