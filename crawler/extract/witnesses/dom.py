"""What the visible page says of its headline: its first headings and its title element."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from headings and the title element."""
    headings = [block for block in layout.blocks if block.level == 1]
    for block in headings[:4]:
        yield "headline", Candidate(tidy(block.text), "dom", "h1", 0.85 if len(headings) == 1 else 0.65)
    title = page.tree.find(".//title")
    if title is not None and (text := tidy(title.text_content())):
        yield "headline", Candidate(text, "dom", "title", 0.55)
