"""The visible text of a page as a flat row of blocks, and the tree of boxes they lie in."""

from __future__ import annotations

from dataclasses import dataclass, field

import lxml.html

from crawler.extract.wording import are_numbered, fold_line

HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
"""Tags of headings with their ranks."""
_COMPARED = 350
"""Characters of a text by which it is compared with others."""


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element with what its subtree holds."""

    element: lxml.html.HtmlElement
    parent: Box | None
    tag: str
    words: float
    """What class and id names of this box and those around it say: above 0 for content, below 0 for furniture."""
    own_words: float
    inside: frozenset[str]
    """Tags of this box and those around it, and those that their roles stand for."""
    hidden: bool
    classes: str | None
    """Its class names as written."""
    names: str
    """Its class and id names as written."""
    first: int = 0
    """Number of the first text block inside."""
    last: int = -1
    """Number of the last text block inside; below ``first`` where there is none."""
    outer: Box | None = None
    """The nearest box around it that holds more blocks; None for the outermost."""
    depth: int = 0
    """Number of the boxes around it that each hold more blocks than the one before."""

    @property
    def count(self) -> int:
        """Text blocks inside."""
        return self.last - self.first + 1

    @property
    def rank(self) -> int | None:
        """Rank of the heading that it is or lies in; None where there is none at most two boxes up."""
        around: Box | None = self
        for _ in range(3):
            if around is None:
                return None
            if rank := HEADINGS.get(around.tag):
                return rank
            around = around.parent
        return None


@dataclass(slots=True, eq=False)
class TextBlock:
    """A run of text between two borders of blocks."""

    number: int
    text: str
    box: Box
    link_chars: int
    links: int
    strong_chars: int
    inline_words: float
    """What class names of the inline elements inside say."""
    elements: list[lxml.html.HtmlElement]
    """Links, times and inline elements with names of their own: those inside, and those around it."""
    pictures: int
    """Number of pictures met before this block."""
    level: int | None
    """Rank of the heading it lies in, 1 to 6; None outside of headings."""
    pieces: list[str]
    """Its text as it stands in the markup, cut where inline elements begin and end."""
    folded: str
    """Its text as it is compared (:func:`compared`)."""
    numbered: bool = False
    """Whether there is a digit in its text."""

    @property
    def tag(self) -> str:
        """Tag of the box it lies in directly."""
        return self.box.tag


@dataclass(slots=True, eq=False)
class Link:
    """A link, and where its text stands."""

    element: lxml.html.HtmlElement
    address: str
    """What it leads to, as written."""
    box: Box
    """The box around it; boxes of its own may lie inside it."""
    first: int
    """Number of the block it begins in."""
    rel: str
    """How it says that what it leads to stands to the page; empty where it says nothing."""
    last: int = -1
    """Number of the last block with text of it; below ``first`` where it shows none."""


@dataclass(slots=True)
class Layout:
    """What one walk over a page finds, in document order."""

    host: str = ""
    """Host name of the page without ``www.``; empty where unknown."""
    blocks: list[TextBlock] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[tuple[lxml.html.HtmlElement, Box, int]] = field(default_factory=list)
    """Pictures, each with the box it lies in and the number of blocks before it."""
    embeds: list[tuple[lxml.html.HtmlElement, Box, int]] = field(default_factory=list)
    """Frames, players and videos, likewise."""
    links: list[Link] = field(default_factory=list)
    times: set[lxml.html.HtmlElement] = field(default_factory=set)
    """Elements with a time for machines, or made for one."""
    named: dict[lxml.html.HtmlElement, str] = field(default_factory=dict)
    """Class names of the inline elements that have some, links and times left out."""
    marked: list[lxml.html.HtmlElement] = field(default_factory=list)
    """Elements whose attributes (``itemprop``, ``property``) say what they hold."""
    spoken: list[tuple[lxml.html.HtmlElement, str]] = field(default_factory=list)
    """Elements with a label for those who cannot see them, and the label."""
    _names: str | None = None

    @property
    def names(self) -> str:
        """Class and id names of all boxes in lower case, a box a line: by it is told what no box is called."""
        if self._names is None:
            self._names = "\n".join([box.names for box in self.boxes if box.names]).lower()
        return self._names


def compared(text: str) -> str:
    """The beginning of a block's text as it is compared with others."""
    return fold_line(text if len(text) <= _COMPARED else text[:_COMPARED])


def with_numbered(layout: Layout) -> Layout:
    """The layout, of whose blocks it is told which hold a digit."""
    for block, numbered in zip(layout.blocks, are_numbered([block.text for block in layout.blocks]), strict=True):
        block.numbered = numbered
    return layout
