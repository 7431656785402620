"""The visible text of a page as a flat row of blocks, and the tree of boxes they lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import lxml.etree
import lxml.html

from crawler.extract.wording import fold_line, word_set
from crawler.extract.words import class_score

BLOCK_TAGS = word_set(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul caption label button amp-img noscript picture video audio iframe object "
    "option select amp-carousel cite-block"
)
_SKIPPED = word_set(
    "script style template svg math head select option textarea input noembed noframes iframe object embed canvas "
    "map audio datalist applet amp-analytics amp-ad param rt rp"
)
_PICTURES = frozenset(("img", "amp-img", "video", "amp-video"))
_EMBEDS = frozenset(("iframe", "embed", "object", "video", "amp-video", "amp-iframe", "amp-youtube"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_RANKED = frozenset(_HEADINGS)
_ROLES = {"navigation": "nav", "contentinfo": "footer"}
"""Roles by which a box is what the tag says."""
_INLINE, _BOX, _SKIP, _BREAK, _LINK, _STRONG = range(6)
_KINDS = {
    **dict.fromkeys(BLOCK_TAGS, _BOX),
    **dict.fromkeys(_SKIPPED, _SKIP),
    "br": _BREAK,
    "a": _LINK,
    "b": _STRONG,
    "strong": _STRONG,
}
"""What an element of this tag does to the text around it; others are inline."""
_SHOWN = 8
"""Added to the kind of what is a picture or an embed besides."""
_KINDS.update((tag, _KINDS.get(tag, _INLINE) + _SHOWN) for tag in _PICTURES | _EMBEDS)


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
    _outer: Box | None = None

    @property
    def count(self) -> int:
        """Text blocks inside."""
        return self.last - self.first + 1

    @property
    def outer(self) -> Box | None:
        """The nearest box around it that holds more blocks; None for the outermost."""
        if self._outer is None and self.parent is not None:
            own = self.last - self.first
            box: Box | None = self.parent
            while box is not None and box.last - box.first <= own:
                box = box._outer or box.parent
            self._outer = box
        return self._outer


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
    elements: list[lxml.html.HtmlElement]
    """Links, times and inline elements with names of their own: those inside, and those around it."""
    pictures: int
    """Number of pictures met before this block."""
    level: int | None
    """Rank of the heading it lies in, 1 to 6; None outside of headings."""
    pieces: list[str]
    """Its text as it stands in the markup, cut where inline elements begin and end."""
    _folded: str | None = None

    @property
    def tag(self) -> str:
        """Tag of the box it lies in directly."""
        return self.box.tag

    @property
    def folded(self) -> str:
        """Its text as it is compared; of long texts only the first 350 characters."""
        if self._folded is None:
            text = self.text if len(self.text) <= 350 else self.text[:350]
            self._folded = fold_line(text)
        return self._folded


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
    last: int = -1
    """Number of the last block with text of it; below ``first`` where it shows none."""


@dataclass(slots=True)
class Layout:
    """What one walk over a page finds, in document order."""

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


def lay_out(root: lxml.html.HtmlElement) -> Layout:
    """Walk a page once, from its root element, without recursion."""
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        body = root
    layout = Layout()
    blocks, boxes, pictures, links_found = layout.blocks, layout.boxes, layout.pictures, layout.links
    times, inline_names = layout.times, layout.named
    box: Box | None = None
    pieces: list[str] = []
    elements: list[lxml.html.HtmlElement] = []
    opened: list[lxml.html.HtmlElement] = []  # links and named inline elements around what comes next
    open_links: list[Link] = []
    link_chars = strong_chars = links = breaks = 0
    words = 0.0
    in_links = in_strong = split = 0
    kind_of = _KINDS.get
    walker: Any = lxml.etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        starts = event == "start"
        if starts:
            tag = element.tag
            kind = kind_of(tag, _INLINE)
            if box is None:
                if element is not body:
                    walker.skip_subtree()
                    continue
                kind = _BOX
            elif kind >= _SHOWN:
                kind -= _SHOWN
                before = len(blocks) + (1 if pieces else 0)
                if tag in _PICTURES:
                    pictures.append((element, box, before))
                if tag in _EMBEDS:
                    layout.embeds.append((element, box, before))
            if kind == _SKIP:
                walker.skip_subtree()
                continue
            if kind == _BREAK:
                breaks += 1
        elif box is not None and element is box.element:
            kind = _BOX
        else:
            kind = kind_of(element.tag, _INLINE)
        if kind == _BOX or breaks > 1:
            # A border: what was collected since the last one is a block.
            if pieces:
                said = " ".join("".join(pieces).split())
                if said and box is not None:
                    size = len(said)
                    blocks.append(
                        TextBlock(
                            len(blocks),
                            said,
                            box,
                            link_chars if link_chars < size else size,
                            links,
                            strong_chars if strong_chars < size else size,
                            split,
                            words,
                            elements,
                            len(pictures),
                            _level(box),
                            pieces,
                        )
                    )
                    split = 1
                    links = 0
                    words = 0.0
                pieces = []
                elements = opened.copy()
                link_chars = strong_chars = 0
            elif elements or opened:
                elements = opened.copy()
            breaks = 0
            if kind == _BREAK:
                continue
            split = 0
            if starts:
                box = _open(element, tag, box, len(blocks), times)
                boxes.append(box)
                text = element.text
            else:
                if box is not None:
                    box.last = len(blocks) - 1
                    box = box.parent
                if element is body:
                    break
                text = element.tail
        elif starts:
            if kind == _LINK:
                in_links += 1
                links += 1
                elements.append(element)
                opened.append(element)
                if box is not None:
                    links_found.append(Link(element, element.get("href", ""), box, len(blocks)))
                    open_links.append(links_found[-1])
            elif kind == _BREAK:
                pieces.append("\n")
                continue
            else:
                if kind == _STRONG:
                    in_strong += 1
                named = timed = tag == "time"
                for name, value in element.items():
                    if name == "class":
                        if value:
                            words += class_score(value)
                            named = True
                            inline_names[element] = value
                    elif name == "datetime" and value:
                        named = timed = True
                if timed:
                    times.add(element)
                    if tag == "time":
                        inline_names.pop(element, None)
                if named:
                    elements.append(element)
                    opened.append(element)
            text = element.text
        else:
            if kind == _LINK:
                in_links -= 1
                open_links.pop().last = len(blocks) if pieces else len(blocks) - 1
            elif kind == _STRONG:
                in_strong -= 1
            if opened and opened[-1] is element:
                opened.pop()
            text = element.tail
        if text:
            if text.isspace():
                if pieces:
                    pieces.append(text)
                continue
            pieces.append(text)
            breaks = 0
            if in_links or in_strong:
                size = len(text)
                if size < 40:
                    size = len(text.strip())
                if in_links:
                    link_chars += size
                if in_strong:
                    strong_chars += size
    for link in links_found:
        link.last = min(link.last, len(blocks) - 1)  # a line break at the page's end is no block
    return layout


def _level(box: Box) -> int | None:
    if box.inside.isdisjoint(_RANKED):
        return None
    around: Box | None = box
    for _ in range(3):
        if around is None:
            return None
        if rank := _HEADINGS.get(around.tag):
            return rank
        around = around.parent
    return None


def _open(
    element: lxml.html.HtmlElement, tag: str, parent: Box | None, first: int, times: set[lxml.html.HtmlElement]
) -> Box:
    names = role = ""
    classes = None
    hidden = False
    for name, value in element.items():
        if name in ("class", "id"):
            names = f"{names} {value}" if names else value
            classes = value if name == "class" else classes
        elif name == "style":
            hidden = hidden or _HIDDEN.search(value) is not None
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            hidden = True
        elif name == "role":
            role = value
        elif name == "datetime":
            times.add(element)
    own = class_score(names) if names else 0.0
    if parent is None:
        return Box(element, None, tag, 0, 0.0, 0.0, frozenset((tag,)), hidden, classes, names, first)
    around = parent.words
    words = min(around, own) if own < 0 or around < 0 else max(around, own)
    inside = parent.inside if tag in parent.inside else _with(parent.inside, tag)
    if role in _ROLES:
        inside = _with(inside, _ROLES[role])
    hidden = hidden or parent.hidden
    return Box(element, parent, tag, parent.depth + 1, words, own, inside, hidden, classes, names, first)


@lru_cache(maxsize=20_000)
def _with(inside: frozenset[str], tag: str) -> frozenset[str]:
    return inside | {tag}
