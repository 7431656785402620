"""Finding panels by structure: cards of other stories, and names, below words that head such a panel."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout, Link, TextBlock
from crawler.extract.panels.card import read_card
from crawler.extract.panels.entity import read_entity
from crawler.extract.panels.headings import heading_kind, heads_no_stories, kind_by_a_word
from crawler.extract.panels.naming import LONGEST, kind_by_names, title_of
from crawler.extract.panels.opened import (
    CARD_KINDS,
    ENTITY_KINDS,
    REACH,
    Opened,
    beside_the_others,
    each_once,
    enclosing,
    panel_of,
    reaches,
)
from crawler.extract.panels.profile import find_profiles
from crawler.extract.panels.stories import Stories, StoryLink, find_stories, is_outside, shown_text
from crawler.extract.panels.tags import find_tags
from crawler.extract.panels.targets import is_command
from crawler.extract.wording import headline_weight
from crawler.model import Card, Panel

_HEADLINE = 5
"""Words of a heading that, where it leads to a story, is that story's and heads no others."""
_UNTOLD = 3
"""Stories below a heading whose words tell nothing that make a panel."""
_MOST_NAMES = 300
"""Names of a panel that are read; a page may hold a hundred thousand, a panel has a few."""


def find_panels(page: Page, *, own: Set[int] = frozenset()) -> tuple[Panel, ...]:
    """The panels of a page, in its order.

    A panel needs words that head one, in any language known, or class and label names that say so, and at least two
    cards or one name below; or any heading whose box holds three cards and nothing of the article; or, for topics,
    links that say they are tags, or stand behind a label and lead to one place. ``own`` are the
    numbers of the article's blocks: what lies in them is the article, and no panel reaches across them.
    Navigation, site header and footer hold no panels.
    """
    opened = _Walk(page, own).opened
    panels = [panel for one in opened if (panel := panel_of(one)) is not None]
    if not any(panel.kind == "topics" for panel in panels):
        panels += find_tags(page, own=own)
    return (*each_once(panels), *find_profiles(page, own=own))


def find_cards(page: Page) -> tuple[Card, ...]:
    """Every card of another story on a page, in its order, headed or not: what a front page or section consists of."""
    stories = find_stories(page, frozenset())
    listed = [(story, box.element) for box, story in stories.boxes.items()]
    listed += [(story, story.link.element) for several in stories.inline.values() for story in several]
    found: dict[str, Card] = {}
    for story, element in sorted(listed, key=lambda pair: pair[0].link.first):
        card = read_card(element, story.link.element, url=story.address, position=len(found) + 1, host=page.host)
        if card is not None and story.address not in found:
            found[story.address] = _complete(card, page.base_url)
    return tuple(found.values())


class _Walk:
    """One pass over the blocks of a page, with the boxes that begin at each."""

    def __init__(self, page: Page, own: Set[int]) -> None:
        self.page = page
        self.opened: list[Opened] = []
        self.current: Opened | None = None
        self.stories: Stories = find_stories(page, own)
        self.links = _links_by_block(page.layout)
        self.edges = (min(own), max(own)) if own else ()
        layout = page.layout
        boxes = iter(_beginning_at(layout, self.stories))
        following = next(boxes, None)
        after_card = 0
        for block in layout.blocks:
            number = block.number
            if (named := self.current) is not None and named.reach is None and named.box and number > named.box.last:
                self.current = None
            while following is not None and following.first <= number:
                if following.first >= after_card and following.last >= number:
                    after_card = max(after_card, self._enter(following))
                following = next(boxes, None)
            if number < after_card:
                continue
            if number in own:
                self.current = None
            elif not is_outside(block.box):
                after_card = max(after_card, self._read(block))

    def _enter(self, box: Box) -> int:
        """Number of the first block after the box, where it is a card that has been read; else 0."""
        if is_outside(box):
            return 0
        if (story := self.stories.boxes.get(box)) is not None:
            if self.current is None or not reaches(self.current, box.parent):
                return 0
            self._add(story, box.element, box)
            return box.last + 1
        if self.current is None and (kind := kind_by_names(box)) is not None:
            self.current = Opened(kind, None, box=box)
            self.opened.append(self.current)
        return 0

    def _read(self, block: TextBlock) -> int:
        """What a block adds to the panel above it, or begins; the number of the first block after what was read."""
        title = title_of(block)
        kind = heading_kind(title) if title else None
        if kind is not None:
            home = block.box if block.box.count > 1 or block.text != title else block.box.parent or block.box
            self.current = Opened(kind, title, frozenset(islice(enclosing(home), REACH)), home)
            self.opened.append(self.current)
        elif block.level is not None and block.number not in self.stories.inline:
            self.current = self._headed_otherwise(block) or self._around(block)
            return 0
        current = self.current
        if current is None:
            return 0
        end = 0
        stories = {id(story.link): story for story in self.stories.inline.get(block.number, ())}
        for link in self.links.get(block.number, ()):
            if (story := stories.get(id(link))) is None:
                if current.kind in ENTITY_KINDS and len(current.entities) < _MOST_NAMES:
                    self._add_name(current, link)
            elif reaches(current, link.box):
                self._add(story, link.element, link.box)
                end = max(end, link.last + 1)
        return end if end > block.number + 1 else 0

    def _headed_otherwise(self, block: TextBlock) -> Opened | None:
        """What a heading whose words tell nothing opens: the box it heads, where that has stories and no article."""
        box: Box | None = block.box
        while box is not None and box.count < 2:
            box = box.parent
        if (named := self.current) is not None and named.reach is None and named.box and not named.cards:
            if named.title is None and (kind := kind_by_a_word(block.text)) != "related":
                named.kind = kind
            named.title = named.title or block.text
            return named
        if box is None or box not in self.stories.lists or box.first != block.number:
            return None
        above = not self.edges or block.number < self.edges[1]
        if (block.level == 1 and above) or heads_no_stories(block.text) or self._is_headline(block):
            return None
        if any(box.first <= number <= box.last for number in self.edges):
            return None
        opened = Opened(kind_by_a_word(block.text), block.text, frozenset((box,)), box, least=_UNTOLD)
        self.opened.append(opened)
        return opened

    def _around(self, block: TextBlock) -> Opened | None:
        """The open panel of stories that a heading with a link is but a part of: a card's headline, or its writer."""
        current = self.current
        if current is None or current.kind not in CARD_KINDS or block.link_chars < len(block.text):
            return None
        return current if any(box is current.box for box in enclosing(block.box)) else None

    def _is_headline(self, block: TextBlock) -> bool:
        """True for a heading that leads to a story itself."""
        return headline_weight(block.text) >= _HEADLINE and any(
            link in self.stories.links for link in self.links.get(block.number, ())
        )

    def _add(self, story: StoryLink, element: HtmlElement, box: Box) -> None:
        current = self.current
        if current is None:
            return
        home = self._home(current, box)
        card = read_card(
            element, story.link.element, url=story.address, position=len(home.cards) + 1, host=self.page.host
        )
        if card is not None and card.url not in home.addresses:
            home.addresses.add(card.url)
            home.cards.append(_complete(card, self.page.base_url))

    def _home(self, current: Opened, card: Box) -> Opened:
        """The panel that a card belongs to: a box of names set between its cards does not end a list of stories."""
        inside = any(box is current.box for box in enclosing(card))
        if current.kind not in ENTITY_KINDS or not current.entities or inside:
            return current
        earlier = (one for one in reversed(self.opened) if one.kind in CARD_KINDS and one.cards)
        return next((one for one in earlier if reaches(one, card)), current)

    def _add_name(self, current: Opened, link: Link) -> None:
        name = shown_text(link.element)
        away = not (link.address or "#").startswith("#")  # else a table of contents
        if not 1 < len(name) <= LONGEST or not away or is_command(name) or not reaches(current, link.box):
            return
        if heading_kind(name) is None and beside_the_others(current, link.box):
            current.entities.append(read_entity(link.element, name, current.kind))


def _beginning_at(layout: Layout, stories: Stories) -> Iterator[Box]:
    """The boxes that matter, in the order of the page: cards, and boxes of several cards."""
    for box in layout.boxes:
        if box.last >= box.first and (box in stories.lists or box in stories.boxes):
            yield box


def _links_by_block(layout: Layout) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    for link in layout.links:
        found.setdefault(link.first, []).append(link)
    return found


def _complete(card: Card, url: str) -> Card:
    if card.image is None:
        return card
    try:
        return replace(card, image=urljoin(url, card.image))
    except ValueError:
        return replace(card, image=None)
