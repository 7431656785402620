"""Who wrote it, by what the page shows: lines such as "By …", links to an author's page, lines that are but a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.address import leads_within
from crawler.extract.names.names import BARE
from crawler.extract.page import Page
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.page.seams import printed
from crawler.extract.witnesses.author_marks import by_another, leads_to_author, marked_names, names_author
from crawler.extract.witnesses.by_words import LONGEST, name_said
from crawler.extract.witnesses.name_lines import names_alone
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.witnesses.signers import IS_SOMEONE, begins_a_sentence, signers, told_of
from crawler.model import Candidate

_ENDS_STANDFIRST = re.compile(rf"\b(?:writes|reports|schreibt|says(?=(?: [A-Z'’-]+)+\W*$)) ({BARE.pattern})\W*$")
"""The end of a standfirst that names its author; after "says" only in capitals, else it is a source's name."""
_FAR = 40
"""Candidates that are kept before their trust is known."""
_ALL = 0.8
"""Share of a line that is linked where it is the link to another story, which says who wrote that one."""
_CARD, _STEPS = 8, 8
"""Lines of another story's card, and boxes around one of them that may be it."""
_Found = tuple[TextBlock, str, tuple[str, ...]]
"""A block, the sign that betrays an author in it, and the names."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates for the authors, each with its block and the sign that betrays it, and the lines they stand in."""
    place = page.place
    for block, sign, names in islice(_found(layout, place, page.host), _FAR):
        if not place.near(block.number) and _is_of_a_card(page, block, names):
            continue
        line = printed(block)
        confidence = 0.7 if sign in ("by", "link") and place.near(block.number) else 0.4
        where = f"block {block.number}, {sign}"
        if len(line) < 200:
            yield "byline", Candidate(line, "text", where, confidence)
        yield "authors", Candidate(names, "text", where, confidence)


def _found(layout: Layout, place: Place, host: str) -> Iterator[_Found]:
    """All that may name an author, what stands where bylines do first."""
    authorial = {link.element for link in layout.links if leads_to_author(link)}
    telling = authorial | _named_after_authors(layout)
    nearby = [block for block in layout.blocks if place.near(block.number)]
    numbers = {block.number for block in nearby}
    rows = _Rows(layout)
    for block in (*nearby, *(block for block in layout.blocks if block.number not in numbers)):
        text, near = block.text, block.number in numbers
        size = len(text)
        if "blockquote" in block.box.inside:  # a post of somebody's that is shown, with that one's name
            continue
        of_card = not near and block.link_chars > _ALL * size and telling.isdisjoint(block.elements)
        if size < LONGEST and not of_card and (said := name_said(layout, block, near)):
            yield block, said[0], (said[1],)
        yield from signers(layout, block, place)
        if near and 40 < size < 300 and (ends := _ENDS_STANDFIRST.search(text)):
            yield block, "the standfirst's end", (ends[1],)
        may_mark = (
            near
            or block.box.tag == "address"
            or (telling and not telling.isdisjoint(block.elements))
            or (size < 40 and block.box.classes and names_author(block.box.classes))
        )
        signs = list(marked_names(layout, block, near, authorial)) if may_mark else []
        for sign, names in signs + told_of(block, place):
            yield from rows.add(block, sign, names)
        closing = place.closing(block.number)
        if near and size < 120 and not (closing and size < 40 and BARE.fullmatch(text)):
            if alone := names_alone(layout, block, place, host):
                yield block, *alone
        elif size < 40 and (size > 4 or near) and " " in text and BARE.fullmatch(text):
            if _is_portrait(layout, block):
                yield block, "portrait", (text,)
            elif closing and not by_another(layout, block, text) and not _is_topic(block, telling, host):
                yield block, "closing", (text,)
    yield from rows.ended()


def _is_of_a_card(page: Page, block: TextBlock, names: tuple[str, ...]) -> bool:
    """Whether a line stands in another story's card: a few lines, and a heading among them that is a link.

    The article's own heading may lead to itself, and an author's card has the name for its heading.
    """
    box: Box | None = block.box
    for _ in range(_STEPS):
        if box is None or box.count > _CARD or box.first <= page.place.end <= box.last:
            return False
        lines = page.layout.blocks[box.first : box.last + 1]
        headings = (line.text for line in lines if line.level and line.links)
        if any(text not in page.title and not any(name in text for name in names) for text in headings):
            return True
        box = box.parent
    return False


def _named_after_authors(layout: Layout) -> set[HtmlElement]:
    """Elements that class or id names call the author's; each name is looked at once, however many bear it."""
    telling = set(filter(names_author, set(layout.named.values())))
    return {element for element, names in layout.named.items() if names in telling} if telling else set()


@dataclass(slots=True)
class _Row:
    """Names in adjoining blocks that bear one sign: those of one byline."""

    first: TextBlock
    last: int
    """The number of the last block."""
    names: dict[str, None]


class _Rows:
    """The rows of names that have not ended yet, by their sign."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._rows: dict[str, _Row] = {}

    def add(self, block: TextBlock, sign: str, names: tuple[str, ...]) -> Iterator[_Found]:
        """Enter the names of a block; gives the row of this sign that ends by it, where one does."""
        row = self._rows.get(sign)
        if row is not None and _adjoin(self._layout, row.last, block.number):
            row.last = block.number
            row.names.update(dict.fromkeys(names))
            return
        if row is not None:
            yield row.first, sign, tuple(row.names)
        self._rows[sign] = _Row(block, block.number, dict.fromkeys(names))

    def ended(self) -> Iterator[_Found]:
        """The rows that end with the page."""
        for sign, row in self._rows.items():
            yield row.first, sign, tuple(row.names)


def _adjoin(layout: Layout, one: int, other: int) -> bool:
    """Whether two blocks follow each other with no more than an "and" or a comma between."""
    if not 0 < other - one <= 2:
        return False
    return all(len(block.text) < 8 for block in layout.blocks[one + 1 : other])


def _is_topic(block: TextBlock, telling: set[HtmlElement], host: str) -> bool:
    """Whether a name is but a link to a page of the site that is no author's: to all on the person named."""
    if block.link_chars <= _ALL * len(block.text) or not telling.isdisjoint(block.elements):
        return False
    return any(element.tag == "a" and leads_within(element.get("href") or "", host) for element in block.elements)


def _is_portrait(layout: Layout, block: TextBlock) -> bool:
    """Whether a line is the name that the next one begins with, to say who that is."""
    following = layout.blocks[block.number + 1].text if block.number + 1 < len(layout.blocks) else ""
    return (
        not begins_a_sentence(block.text)
        and following.startswith(block.text)
        and IS_SOMEONE.match(following[len(block.text) :]) is not None
    )
