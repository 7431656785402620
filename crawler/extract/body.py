"""The article's own text among a page's blocks."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html

from crawler.extract.blocks import Layout, TextBlock
from crawler.extract.page import Page
from crawler.extract.wording import fold
from crawler.model import Block, Candidate


@dataclass(frozen=True, slots=True)
class Body:
    """The chosen blocks in reading order, how sure the choice is, and why."""

    chosen: tuple[TextBlock, ...]
    confidence: float
    reason: str
    place: str = "body"
    set_aside: tuple[tuple[str, str], ...] = ()
    """Pieces between the chosen blocks that were left out, and why."""

    @property
    def text(self) -> str:
        """Paragraphs joined by a blank line."""
        return "\n\n".join(block.text for block in self.chosen)

    def blocks(self) -> tuple[Block, ...]:
        """The body as blocks of the model."""
        return tuple(_as_block(block) for block in self.chosen)


def find_body(
    page: Page,
    layout: Layout,
    said: dict[str, list[Candidate]],
    *,
    headline: str | None = None,
    root: lxml.html.HtmlElement | None = None,
) -> Body:
    """The blocks that are the article's text; only those inside ``root`` where a site's own knowledge names it."""
    if not layout.blocks:
        return Body((), 0.0, "no text")
    prose = [_prose(block) for block in layout.blocks]
    scores: dict[int, float] = {}
    for block, amount in zip(layout.blocks, prose, strict=True):
        box = block.box
        share = amount
        for _ in range(3):
            scores[id(box)] = scores.get(id(box), 0.0) + share
            if box.parent is None:
                break
            box, share = box.parent, share * 0.6
    best = max(layout.boxes, key=lambda box: scores.get(id(box), 0.0))
    title = fold(headline or "")
    chosen = tuple(
        block
        for block in layout.blocks[best.first : best.last + 1]
        if block.link_chars < 0.5 * len(block.text)
        and not block.box.inside & {"nav", "footer", "form", "figcaption", "button", "aside"}
        and fold(block.text) != title
        and (len(block.text) > 60 or block.level or block.tag == "li")
    )
    return Body(chosen, 0.5, "densest box")


def _prose(block: TextBlock) -> float:
    free = len(block.text) - block.link_chars
    return float(free) if free > 80 and block.link_chars < 0.4 * len(block.text) else 0.0


def _as_block(block: TextBlock) -> Block:
    if block.level:
        return Block("heading", block.text, level=block.level)
    inside = block.box.inside
    if "blockquote" in inside:
        return Block("quote", block.text)
    if block.tag in ("li", "dd", "dt"):
        return Block("list_item", block.text)
    return Block("paragraph", block.text)
