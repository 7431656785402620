"""What the visible page says of its headline: its headings, its title element, the lines above the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import lxml.html

from crawler.extract.address import slug_words
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.printed import says_date
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy, word_list
from crawler.model import Candidate

_ABOVE = 28
"""Blocks above the first paragraph among which the headline is looked for."""
_BELOW = 3
_MOST = 3
"""Lines like the page's title that are proposed."""
_SHORTEST, _LONGEST = 8, 220
"""Characters of a line that may be a headline; a shorter one where it is in the page's title."""
_BYLINE = re.compile(r"\W{0,3}(?:by|von|par|por|door|di|updated|published|posted|autor\w*|authors?|text|foto)\b", re.I)
_NAV, _RANKS = "nav", (1, 2, 3)
_Heading = tuple[lxml.html.HtmlElement, list[TextBlock]]
_NAMED = re.compile(r"headline|title|head(?:er)?-?line|heading", re.I)


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from headings and their parts, the title element, and the lines above the text."""
    headings = _headings(layout)
    if any(_NAV in blocks[0].box.inside for _, blocks in headings):
        headings = _without_crumbs(headings, layout, page.meta.get("og:title", ())[:1])
    for heading, blocks in headings[:4]:
        text = tidy(" ".join(block.text for block in blocks))
        yield "headline", Candidate(text, "dom", "h1", 0.85 if len(headings) == 1 else 0.65)
        for part in _parts(heading, blocks):
            yield "headline", Candidate(part, "dom", "h1 part", 0.5)
    title = page.title
    if title:
        yield "headline", Candidate(title, "dom", "title", 0.55)
    start = page.place.start
    above = [b for b in layout.blocks[max(0, start - _ABOVE) : start] if b.level in (2, 3) and _may_be(b)]
    for block in above[-3:]:
        yield "headline", Candidate(tidy(block.text), "dom", "h2", 0.4)
    for line, place in _lines(page, layout, title):
        yield "headline", Candidate(tidy(line.text), "dom", place, 0.6)
        for part in _line_parts(line):
            yield "headline", Candidate(part, "dom", "line part", 0.4)


def _headings(layout: Layout) -> list[_Heading]:
    """First-rank headings with the blocks in each."""
    found: dict[lxml.html.HtmlElement, list[TextBlock]] = {}
    for block in layout.blocks:
        if block.level != 1:
            continue
        box = block.box
        while box.tag != "h1" and box.parent is not None:
            box = box.parent
        found.setdefault(box.element, []).append(block)
    return list(found.items())


def _without_crumbs(headings: list[_Heading], layout: Layout, shared: Iterable[str]) -> list[_Heading]:
    """Headings without those in the line that tells the page's place, where another shows what the page is shared as.

    On many pages that line holds the only heading, and on most of them it is the headline.
    """
    wanted = [word_list(title) for title in shared]
    others = [heading for heading in headings if _NAV not in heading[1][0].box.inside]
    if any(word_list(" ".join(block.text for block in blocks)) in wanted for _, blocks in headings):
        return headings
    shown = (block for block in layout.blocks if block.level in _RANKS and _NAV not in block.box.inside)
    return others if any(word_list(block.text) in wanted for block in shown) else headings


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


def _lines(page: Page, layout: Layout, title: str) -> Iterator[tuple[TextBlock, str]]:
    """Lines around the text's beginning that may be its headline.

    Those most like the page's title, the one most like its address, the one named so, the last two above the text.
    """
    words, slug = set(word_list(title)), {word for word in slug_words(page.address) if len(word) > 2}
    like: list[tuple[float, int, TextBlock]] = []
    addressed: tuple[float, TextBlock] | None = None
    named: TextBlock | None = None
    last: list[TextBlock] = []
    for number, block in _around(page, layout):
        own = set(word_list(block.text))
        if not own:
            continue
        share = len(own & words) / len(own | words)
        linked = block.link_chars > 0.5 * len(block.text)
        if linked and share < 0.6:
            continue
        if _is_of_title(own, words):
            like.append((share, -number, block))
        if len(block.text) < _SHORTEST or linked:
            continue
        if len(slug) > 2 and (part := len(own & slug) / len(slug)) >= 0.5 and (not addressed or part > addressed[0]):
            addressed = (part, block)
        if named is None and _NAMED.search(block.box.classes or ""):
            named = block
        if number < page.place.start and len(own) > 1 and not _BYLINE.match(block.text) and not says_date(block.text):
            last.append(block)
    like.sort(reverse=True, key=lambda entry: entry[:2])
    for _, _, block in like[:_MOST]:
        yield block, "line"
    if addressed is not None:
        yield addressed[1], "line of the address"
    if named is not None:
        yield named, "line named so"
    for block, nearness in zip(reversed(last), ("last", "last but one"), strict=False):
        yield block, f"{nearness} line above the text"


def _around(page: Page, layout: Layout) -> Iterator[tuple[int, TextBlock]]:
    """The blocks above the text and around the title, but for first-rank headings and paragraphs."""
    place = page.place
    near = range(max(0, place.start - _ABOVE), min(len(layout.blocks), place.start + _BELOW))
    numbers = [*near]
    if place.title is not None:
        numbers += [n for n in range(max(0, place.title - 4), place.title + 6) if n not in near]
    for number in numbers:
        if number < len(layout.blocks):
            block = layout.blocks[number]
            if block.level != 1 and len(block.text) <= _LONGEST:
                yield number, block


def _is_of_title(own: set[str], words: set[str]) -> bool:
    """Whether enough of a line's words are of the page's title: all of one or two, more of a few than of many."""
    covered = len(own & words) / len(own)
    return covered == 1 or (len(own) >= 3 and covered >= (0.34 if len(own) > 4 else 0.6))


def _line_parts(block: TextBlock) -> list[str]:
    """The pieces that line breaks and inline elements divide a line into: a kicker and the headline after it."""
    if len(block.pieces) < 2:
        return []
    parts = [text for piece in block.pieces if len(text := tidy(piece).strip(" |:–—-/")) > _SHORTEST]
    return parts[:4] if len([piece for piece in block.pieces if piece.strip()]) > 1 else []


def _may_be(block: TextBlock) -> bool:
    return _SHORTEST <= len(block.text) <= _LONGEST and block.link_chars <= 0.5 * len(block.text)
