"""The visible text of a page as a flat row of blocks, and the tree of boxes they lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import lxml.etree
import lxml.html

from crawler.extract.words import class_score

BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
        "tbody td tfoot th thead tr ul caption label button amp-img noscript picture video audio iframe object "
        "option select amp-carousel cite-block"
    ).split()
)
_SKIPPED = frozenset(
    (
        "script style template svg math head select option textarea input noembed noframes iframe object embed canvas "
        "map audio datalist applet amp-analytics amp-ad param source track"
    ).split()
)
_PICTURES = frozenset(("img", "amp-img", "video", "amp-video"))
_SPACE = re.compile(r"\s+")
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
    hrefs: list[str] = field(default_factory=list)
    elements: list[lxml.html.HtmlElement] = field(default_factory=list)
    """Inline elements with names of their own, for bylines and times."""
    pictures: int = 0
    """Number of pictures met before this block."""

    @property
    def tag(self) -> str:
        """Tag of the box it lies in directly."""
        return self.box.tag

    @property
    def level(self) -> int | None:
        """Rank of the heading it lies in, 1 to 6; None outside of headings."""
        box: Box | None = self.box
        for _ in range(3):
            if box is None:
                return None
            if rank := _HEADINGS.get(box.tag):
                return rank
            box = box.parent
        return None


@dataclass(slots=True)
class Layout:
    """Blocks and boxes of a page in document order, and its pictures with the number of blocks before each."""

    blocks: list[TextBlock]
    boxes: list[Box]
    pictures: list[tuple[lxml.html.HtmlElement, Box, int]]


class _Walk:
    """State of the one walk over a page's body."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self.boxes: list[Box] = []
        self.pictures: list[tuple[lxml.html.HtmlElement, Box, int]] = []
        self.pieces: list[str] = []
        self.reset()
        self.split = 0

    def reset(self) -> None:
        self.pieces = []
        self.link_chars = self.links = self.strong_chars = 0
        self.words = 0.0
        self.hrefs: list[str] = []
        self.elements: list[lxml.html.HtmlElement] = []
        self.break_run = 0

    def flush(self, box: Box | None, split: int = 0) -> None:
        if self.pieces and box is not None:
            text = _SPACE.sub(" ", "".join(self.pieces)).strip()
            if text:
                number = len(self.blocks)
                block = TextBlock(
                    number, text, box, min(self.link_chars, len(text)), self.links, min(self.strong_chars, len(text)),
                    self.split, self.words, self.hrefs, self.elements, len(self.pictures),
                )  # fmt: skip
                self.blocks.append(block)
                self.split = split
        elif not split:
            self.split = 0
        self.reset()


def lay_out(root: lxml.html.HtmlElement) -> Layout:
    """Walk a page once, from its root element, without recursion."""
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        body = root
    walk = _Walk()
    box: Box | None = None
    depth = links = strong = 0
    walker = lxml.etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end" and element.tail:
                walk.pieces.append(element.tail)
            continue
        if event == "start":
            depth += 1
            if tag in _PICTURES and box is not None:
                walk.pictures.append((element, box, len(walk.blocks) + (1 if walk.pieces else 0)))
            if tag in _SKIPPED and element is not body:
                walker.skip_subtree()
                continue
            if tag in BLOCK_TAGS or box is None:
                walk.flush(box)
                box = _open(element, tag, box, depth, len(walk.blocks))
                walk.boxes.append(box)
            elif tag == "br":
                walk.break_run += 1
                walk.pieces.append("\n")
                if walk.break_run >= 2:
                    walk.flush(box, 1)
            elif tag == "a":
                links += 1
                if href := element.get("href"):
                    walk.links += 1
                    walk.hrefs.append(href)
                walk.elements.append(element)
            elif tag in ("b", "strong"):
                strong += 1
            names = element.get("class") if tag not in BLOCK_TAGS else None
            if names:
                walk.words += class_score(names)
                walk.elements.append(element)
            elif tag in ("time", "data"):
                walk.elements.append(element)
            text = element.text
            if text:
                _take(walk, text, links, strong)
        else:
            depth -= 1
            if box is not None and element is box.element:
                walk.flush(box)
                box.last = len(walk.blocks) - 1
                box = box.parent
            elif tag == "a":
                links -= 1
            elif tag in ("b", "strong"):
                strong -= 1
            if element is body:
                break
            text = element.tail
            if text:
                _take(walk, text, links, strong)
    return Layout(walk.blocks, walk.boxes, walk.pictures)


def _take(walk: _Walk, text: str, links: int, strong: int) -> None:
    walk.pieces.append(text)
    size = len(text)
    if size < 40:
        text = text.strip()
        size = len(text)
        if not size:
            return
    walk.break_run = 0
    if links:
        walk.link_chars += size
    if strong:
        walk.strong_chars += size


def _open(element: lxml.html.HtmlElement, tag: str, parent: Box | None, depth: int, first: int) -> Box:
    attributes = element.attrib
    own = 0.0
    hidden = parent.hidden if parent is not None else False
    if attributes:
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if len(names) > 1:
            own = class_score(names)
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or (
            "style" in attributes and _HIDDEN.search(attributes["style"])
        ):  # fmt: skip
            hidden = True
    if parent is None:
        return Box(element, None, tag, depth, 0.0, 0.0, frozenset((tag,)), hidden, first)
    inside = parent.inside if tag in parent.inside else parent.inside | {tag}
    words = min(parent.words, own) if own < 0 or parent.words < 0 else max(parent.words, own)
    return Box(element, parent, tag, depth, words, own, inside, hidden, first)
