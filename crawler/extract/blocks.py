"""The visible text of a page as a flat row of blocks, and the tree of boxes they lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import lxml.etree
import lxml.html

from crawler.extract.wording import fold, word_set
from crawler.extract.words import class_score

BLOCK_TAGS = word_set(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul caption label button amp-img noscript picture video audio iframe object "
    "option select amp-carousel cite-block"
)
_SKIPPED = word_set(
    "script style template svg math head select option textarea input noembed noframes iframe object embed canvas "
    "map audio datalist applet amp-analytics amp-ad param"
)
_PICTURES = frozenset(("img", "amp-img", "video", "amp-video"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element with what its subtree holds."""

    element: lxml.html.HtmlElement
    parent: Box | None
    tag: str
    depth: int
    words: float
    """What class and id names of this box and those around it say: above 0 for content, below 0 for furniture."""
    own_words: float
    inside: frozenset[str]
    """Tags of this box and those around it."""
    hidden: bool
    first: int = 0
    """Number of the first text block inside."""
    last: int = -1
    """Number of the last text block inside; below ``first`` where there is none."""
    chars: int = 0
    link_chars: int = 0
    prose: int = 0
    """Characters of running prose inside."""
    traits: tuple[float, ...] = ()
    """Blocks inside, share of the page's prose, share of links, mean length of a block."""

    @property
    def count(self) -> int:
        """Text blocks inside."""
        return self.last - self.first + 1


@dataclass(slots=True, eq=False)
class TextBlock:
    """A run of text between two borders of blocks."""

    number: int
    text: str
    box: Box
    link_chars: int
    links: int
    strong_chars: int
    breaks: int
    """1 where a double line break split it from the block before in the same box."""
    inline_words: float
    """What class names of the inline elements inside say."""
    elements: list[lxml.html.HtmlElement] = field(default_factory=list)
    """Inline elements with names of their own, for bylines and times."""
    pictures: int = 0
    """Number of pictures met before this block."""
    level: int | None = None
    """Rank of the heading it lies in, 1 to 6; None outside of headings."""
    _folded: str | None = None

    @property
    def tag(self) -> str:
        """Tag of the box it lies in directly."""
        return self.box.tag

    @property
    def folded(self) -> str:
        """Its text as it is compared; of long texts only the first 350 characters."""
        if self._folded is None:
            self._folded = fold(self.text if len(self.text) <= 350 else self.text[:350])
        return self._folded


@dataclass(slots=True)
class Layout:
    """Blocks and boxes of a page in document order, and its pictures with the number of blocks before each."""

    blocks: list[TextBlock]
    boxes: list[Box]
    pictures: list[tuple[lxml.html.HtmlElement, Box, int]]


class _Text:
    """The block being collected: pieces of text, and what was met among them."""

    __slots__ = ("break_run", "elements", "link_chars", "links", "pieces", "strong_chars", "words")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.elements: list[lxml.html.HtmlElement] = []
        self.link_chars = self.links = self.strong_chars = self.break_run = 0
        self.words = 0.0


def lay_out(root: lxml.html.HtmlElement) -> Layout:
    """Walk a page once, from its root element, without recursion."""
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        body = root
    layout = Layout([], [], [])
    blocks, boxes = layout.blocks, layout.boxes
    text = _Text()
    box: Box | None = None
    links = strong = split = 0
    walker = lxml.etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        tag = str(element.tag)
        if event == "start":
            if tag in _PICTURES and box is not None:
                layout.pictures.append((element, box, len(blocks) + (1 if text.pieces else 0)))
            if tag in _SKIPPED and element is not body:
                walker.skip_subtree()
                continue
            if tag in BLOCK_TAGS or box is None:
                if text.pieces and box is not None:
                    text = _close(layout, text, box, split)
                split = 0
                box = _open(element, tag, box, len(blocks))
                boxes.append(box)
            elif tag == "br":
                text.break_run += 1
                text.pieces.append("\n")
                if text.break_run >= 2:
                    filled = len(blocks)
                    text = _close(layout, text, box, split)
                    split = 1 if len(blocks) > filled else split
                continue
            elif tag == "a":
                links += 1
                text.links += 1
                text.elements.append(element)
            else:
                if tag in ("b", "strong"):
                    strong += 1
                if names := element.get("class"):
                    text.words += class_score(names)
                    text.elements.append(element)
                elif tag == "time" or element.get("datetime"):
                    text.elements.append(element)
            said = element.text
        else:
            if box is not None and element is box.element:
                if text.pieces:
                    text = _close(layout, text, box, split)
                split = 0
                box.last = len(blocks) - 1
                box = box.parent
            elif tag == "a":
                links -= 1
            elif tag in ("b", "strong"):
                strong -= 1
            if element is body:
                break
            said = element.tail
        if said:
            text.pieces.append(said)
            size = len(said)
            if size < 40:
                size = len(said.strip())
                if not size:
                    continue
            text.break_run = 0
            if links:
                text.link_chars += size
            if strong:
                text.strong_chars += size
    return layout


def _close(layout: Layout, text: _Text, box: Box, split: int) -> _Text:
    """Add the block collected so far, where it holds any text, and begin another."""
    said = " ".join("".join(text.pieces).split())
    if said:
        size = len(said)
        strong, linked = min(text.strong_chars, size), min(text.link_chars, size)
        block = TextBlock(len(layout.blocks), said, box, linked, text.links, strong, split, text.words)
        block.elements = text.elements
        block.pictures = len(layout.pictures)
        block.level = _level(box)
        layout.blocks.append(block)
    elif not text.elements:
        text.pieces.clear()
        return text
    return _Text()


def _level(box: Box) -> int | None:
    around: Box | None = box
    for _ in range(3):
        if around is None:
            return None
        if rank := _HEADINGS.get(around.tag):
            return rank
        around = around.parent
    return None


def _open(element: lxml.html.HtmlElement, tag: str, parent: Box | None, first: int) -> Box:
    names = ""
    hidden = False
    for name, value in element.items():
        if name in ("class", "id"):
            names = f"{names} {value}" if names else value
        elif name == "style":
            hidden = hidden or _HIDDEN.search(value) is not None
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            hidden = True
    own = class_score(names) if names else 0.0
    if parent is None:
        return Box(element, None, tag, 0, 0.0, 0.0, frozenset((tag,)), hidden, first)
    around = parent.words
    words = min(around, own) if own < 0 or around < 0 else max(around, own)
    inside = parent.inside if tag in parent.inside else parent.inside | {tag}
    return Box(element, parent, tag, parent.depth + 1, words, own, inside, hidden or parent.hidden, first)
