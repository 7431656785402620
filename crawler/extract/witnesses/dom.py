"""What the visible page says of its headline, byline and dates, by structure, place and wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate

_BYLINE = re.compile(r"^\W*(?:by|von|par|por|di|door|av|af|автор|written by|posted by|text)\b\s*:?\s*\S", re.I)
_AUTHOR_NAMES = re.compile(r"author|byline|\bautor|writer|contributor", re.I)


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from headings, time elements and lines that look like bylines."""
    headings = [block for block in layout.blocks if block.level == 1]
    for block in headings[:4]:
        yield "headline", Candidate(tidy(block.text), "dom", "h1", 0.85 if len(headings) == 1 else 0.65)
    title = page.tree.find(".//title")
    if title is not None and (text := tidy(title.text_content())):
        yield "headline", Candidate(text, "dom", "title", 0.55)
    for block in layout.blocks:
        if len(block.text) < 120 and _BYLINE.match(block.text):
            yield "authors", Candidate((block.text,), "dom", "byline", 0.5)
            break
