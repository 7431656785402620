"""One walk over a page, from which all that is said of its visible part is read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import lxml.etree
import lxml.html

from crawler.extract.page.blocks import HEADINGS, Box, Layout, Link, TextBlock, compared, with_numbered
from crawler.extract.page.tags import BOX, BREAK, EMBEDS, INLINE, KINDS, LINK, PICTURES, SHOWN, SKIP, STRONG, UNSEEN
from crawler.extract.page.visibility import is_box, is_caption, is_heard, is_hint, is_indented, is_out_of_sight, is_sign
from crawler.extract.page.words import class_score
from crawler.extract.wording import WIDTHLESS

_NAMING = frozenset(("class", "id"))
_MARKING = frozenset(("itemprop", "property"))
_RANKS = frozenset("123456")
_ROLES = {"navigation": "nav", "contentinfo": "footer"}
"""Roles by which a box is what the tag says."""


def lay_out(root: lxml.html.HtmlElement, host: str = "") -> Layout:
    """Walk a page once, from its root element, without recursion; ``host`` is where it was found."""
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        body = root
    layout = Layout(host)
    blocks, boxes, pictures, links_found = layout.blocks, layout.boxes, layout.pictures, layout.links
    times, inline_names, marked, spoken = layout.times, layout.named, layout.marked, layout.spoken
    box: Box | None = None
    pieces: list[str] = []
    elements: list[lxml.html.HtmlElement] = []
    opened: list[lxml.html.HtmlElement] = []  # links and named inline elements around what comes next
    open_links: list[Link] = []
    link_chars = strong_chars = links = breaks = 0
    words = 0.0
    pictured = False  # a picture was met since the last word
    in_links = in_strong = in_headings = unseen = 0
    kind_of = KINDS.get
    kinds: list[int] = []  # of the elements around what comes next
    walker: Any = lxml.etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        starts = event == "start"
        if starts:
            tag = element.tag
            kind = kind_of(tag, -1)
            if box is None:
                kind = BOX
            elif kind < 0:
                kind = BOX if "-" in tag and is_box(element, box.tag, kinds[-1]) else INLINE
            elif kind >= SHOWN:
                kind -= SHOWN
                before = len(blocks) + (1 if pieces else 0)
                if tag in PICTURES:
                    pictures.append((element, box, before))
                    pictured = True
                if tag in EMBEDS:
                    layout.embeds.append((element, box, before))
            if kind == INLINE and pictured and is_caption(element):
                kind = BOX
            if kind == SKIP and tag == "template" and element.get("shadowrootmode"):
                kind = INLINE
            kinds.append(kind)
            if kind == SKIP:
                walker.skip_subtree()
                continue
            if kind == BREAK:
                breaks += 2 if is_indented(element.tail) else 1
        else:
            kind = kinds.pop()
        if kind == BOX or breaks > 1:
            # A border: what was collected since the last one is a block.
            if pieces:
                said = " ".join("".join(pieces).split())
                if said and box is not None and (said[0] not in WIDTHLESS or said.strip(WIDTHLESS)):
                    size = len(said)
                    blocks.append(
                        TextBlock(
                            len(blocks),
                            said,
                            box,
                            link_chars if link_chars < size else size,
                            links,
                            strong_chars if strong_chars < size else size,
                            words,
                            elements,
                            len(pictures),
                            box.rank if in_headings else None,
                            pieces,
                            compared(said),
                        )
                    )
                    links, words = 0, 0.0
                pieces, elements = [], opened.copy()
                link_chars = strong_chars = 0
            elif elements or opened:
                elements = opened.copy()
            breaks = 0
            if kind == BREAK:
                continue
            if starts:
                box = _open(element, tag, box, len(blocks), layout)
                boxes.append(box)
                if box.tag in HEADINGS:
                    in_headings += 1
                text = element.text
            else:
                if box is not None:
                    if box.tag in HEADINGS:
                        in_headings -= 1
                    box.last = len(blocks) - 1
                    box = box.parent
                if element is body:
                    break
                text = element.tail
        elif starts:
            if kind == LINK:
                in_links += 1
                links += 1
                elements.append(element)
                opened.append(element)
                href = rel = ""
                for name, value in element.items():
                    if name == "href":
                        href = value
                    elif name == "rel":
                        rel = value
                    elif name in _MARKING:
                        marked.append(element)
                    elif name == "aria-label":
                        spoken.append((element, value))
                if box is not None:
                    links_found.append(Link(element, href, box, len(blocks), rel))
                    open_links.append(links_found[-1])
            elif kind == BREAK:
                pieces.append("\n")
                continue
            else:
                if kind == STRONG:
                    in_strong += 1
                names = None
                timed = tag == "time"
                for name, value in element.items():
                    if name == "class":
                        names = value
                    elif name in _MARKING:
                        marked.append(element)
                    elif name == "aria-label":
                        spoken.append((element, value))
                    elif (name == "hidden" and value != "until-found") or (name == "style" and is_out_of_sight(value)):
                        kinds[-1] = UNSEEN
                    elif name == "aria-hidden":
                        if value == "true" and is_sign(element):
                            kinds[-1] = UNSEEN
                    elif (name == "datetime" and value) or (
                        name == "title" and value[:4].isdigit() and value[4:5] == "-"
                    ):
                        timed = True
                if names:
                    if is_heard(names) or (in_links and is_hint(element)):
                        kinds[-1] = UNSEEN
                    words += class_score(names)
                    if tag != "time":
                        inline_names[element] = names
                if timed:
                    times.add(element)
                if names or timed:
                    elements.append(element)
                    opened.append(element)
                if kinds[-1] == UNSEEN:
                    unseen, in_strong = unseen + 1, in_strong - (kind == STRONG)
            text = element.text
        else:
            if kind == LINK:
                in_links -= 1
                open_links.pop().last = len(blocks) if pieces else len(blocks) - 1
            elif kind == STRONG:
                in_strong -= 1
            elif kind == UNSEEN:
                unseen -= 1
            if opened and opened[-1] is element:
                opened.pop()
            text = element.tail
        if text and not unseen:
            if text.isspace():
                if pieces:
                    pieces.append(text)
                continue
            pieces.append(text)
            breaks = 0
            pictured = False
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
    for box in boxes:  # those around one come before it
        if (parent := box.parent) is not None:
            outer = parent if parent.last - parent.first > box.last - box.first else parent.outer
            if outer is not None:
                box.outer, box.depth = outer, outer.depth + 1
    return with_numbered(layout)


def _open(element: lxml.html.HtmlElement, tag: str, parent: Box | None, first: int, layout: Layout) -> Box:
    names = ""
    classes = None
    if parent is None:
        around, inside, hidden = 0.0, frozenset((tag,)), False
    else:
        around, inside, hidden = parent.words, parent.inside, parent.hidden
        if tag not in inside:
            inside = _with(inside, tag)
    for name, value in element.items():
        if name in _NAMING:
            names = f"{names} {value}" if names else value
            if name == "class":
                classes = value
        elif name == "style":
            hidden = hidden or is_out_of_sight(value)
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            hidden = True
        elif name == "role":
            if value in _ROLES and parent is not None:
                inside = _with(inside, _ROLES[value])
            elif value == "heading" and tag not in HEADINGS:
                rank = element.get("aria-level") or "2"
                tag = f"h{rank}" if rank in _RANKS else "h6"
        elif name in _MARKING:
            layout.marked.append(element)
        elif name == "aria-label":
            layout.spoken.append((element, value))
        elif name == "datetime":
            layout.times.add(element)
    own = class_score(names) if names and parent is not None else 0.0
    furniture = own < 0 or around < 0
    words = own if (own < around) == furniture else around
    return Box(element, parent, tag, words, own, inside, hidden, classes, names, first)


@lru_cache(maxsize=20_000)
def _with(inside: frozenset[str], tag: str) -> frozenset[str]:
    return inside | {tag}
