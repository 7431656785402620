"""What the visible page says of its headline: its headings, its title element, the lines above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html

from crawler.extract.blocks import Layout, TextBlock
from crawler.extract.page import Page
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy, word_list
from crawler.model import Candidate

_ABOVE = 14
"""Blocks above the first paragraph among which the headline is looked for."""
_NAMED = re.compile(r"headline|title|head(?:er)?-?line|heading", re.I)


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from headings and their parts, the title element, and the lines above the text."""
    headings = list(_headings(layout))
    for heading, blocks in headings[:4]:
        text = tidy(" ".join(block.text for block in blocks))
        yield "headline", Candidate(text, "dom", "h1", 0.85 if len(headings) == 1 else 0.65)
        for part in _parts(heading, blocks):
            yield "headline", Candidate(part, "dom", "h1 part", 0.5)
    title = page.title
    if title:
        yield "headline", Candidate(title, "dom", "title", 0.55)
    start = page.place.start
    above = [b for b in layout.blocks[max(0, start - 2 * _ABOVE) : start] if b.level in (2, 3) and _may_be(b)]
    for block in above[-3:]:
        yield "headline", Candidate(tidy(block.text), "dom", "h2", 0.4)
    for line, place in _lines_above(layout, start, title):
        yield "headline", Candidate(tidy(line.text), "dom", place, 0.6)


def _headings(layout: Layout) -> Iterator[tuple[lxml.html.HtmlElement, list[TextBlock]]]:
    """First-rank headings with the blocks in each."""
    found: dict[lxml.html.HtmlElement, list[TextBlock]] = {}
    for block in layout.blocks:
        if block.level != 1:
            continue
        box = block.box
        while box.tag != "h1" and box.parent is not None:
            box = box.parent
        found.setdefault(box.element, []).append(block)
    yield from found.items()


def _parts(heading: lxml.html.HtmlElement, blocks: list[TextBlock]) -> list[str]:
    """The pieces a heading is made of, where elements inside divide it: a kicker and the headline after it."""
    if len(blocks) > 1:
        pieces = [block.text for block in blocks]
    else:
        inner = heading
        while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
            inner = inner[0]
        pieces, run = [], inner.text or ""
        for child in inner:
            if child.tag in ("span", "small", "strong", "div", "br", "sup"):
                pieces += [run, child.text_content()]
                run = child.tail or ""
            else:
                run += child.text_content() + (child.tail or "")
        pieces.append(run)
    parts = [text for piece in pieces if len(text := tidy(piece).strip(" |:–—-")) > 8]
    return parts[:4] if len([piece for piece in pieces if piece.strip()]) > 1 else []


def _lines_above(layout: Layout, start: int, title: str) -> Iterator[tuple[TextBlock, str]]:
    """Lines above the text that may be its headline: the most like the page's title, the one named so."""
    words = set(word_list(title))
    best: tuple[float, TextBlock] | None = None
    named: TextBlock | None = None
    for block in layout.blocks[max(0, start - _ABOVE) : start]:
        if block.level == 1 or not _may_be(block):
            continue
        own = set(word_list(block.text))
        share = len(own & words) / (len(own | words) or 1)
        covered = len(own & words) / (len(own) or 1)
        if len(own) >= 3 and covered >= (0.34 if len(own) > 4 else 0.6) and (best is None or share > best[0]):
            best = (share, block)
        if named is None and _NAMED.search(block.box.element.get("class") or ""):
            named = block
    if best is not None:
        yield best[1], "line"
    if named is not None:
        yield named, "line named so"


def _may_be(block: TextBlock) -> bool:
    return 8 <= len(block.text) <= 220 and block.link_chars <= 0.5 * len(block.text)
