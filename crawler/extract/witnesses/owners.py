"""Whose site it is, for pages that name no author: on a personal site its owner writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.names import BARE, is_person
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.author_marks import LABEL, by_another
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import squeeze, tidy, word_set
from crawler.model import Candidate

_COPYRIGHT = re.compile(rf"(?:(?:©|[Cc]opyright)\W*(?:\d{{4}}\W*){{0,2}}(?:by )?|(?:19|20)\d\d by )({BARE.pattern})")
_SAYS_YEAR = re.compile(r"©|[Cc]opyright|\d\d by ")
_BLOG = re.compile(
    rf"({BARE.pattern})['’]s? (?:(?:personal )?(?:we)?blog|thoughts|notes|website|homepage|home page|journal)\b"
)
_PLATFORMS = word_set(
    "blogspot wordpress substack tumblr medium ghost bearblog github gitlab codeberg neocities netlify pages vercel "
    "micro hashnode livejournal typepad write"
)
"""Labels of hosts under which persons have sites named after them."""
_HEAD = 4
"""Blocks at the page's top in which a site's name stands."""
_FOOT = 30
_LONGEST = 120
"""Characters of a line that names the site's owner."""
_SENTENCE = re.compile(r"(?<=\w\w)\.\s")


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """The person the site is named after: by its host, the head of its page, its copyright sign."""
    for block, sign, name in _named(page, layout):
        yield "authors", Candidate((name,), "text", f"block {block.number}, {sign}", 0.4)


def _named(page: Page, layout: Layout) -> Iterator[tuple[TextBlock, str, str]]:
    hosts = page.host.split(".")[:-1]
    labels = {squeeze(label) for label in hosts if len(label) > 4}
    edges = [block for block in (*layout.blocks[:8], *layout.blocks[-6:]) if len(block.text) <= 80]
    lines = [block for block in layout.blocks if len(block.text) < 60] if max(map(len, labels), default=0) > 7 else []
    squeezed = "\n".join([block.folded for block in (*edges, *lines)]).replace(" ", "")
    labels = {label for label in labels if label in squeezed}
    for block in (*edges, *lines) if labels else ():
        squeezed = block.folded.replace(" ", "")
        if not any(label in squeezed for label in labels):
            continue
        for match in BARE.finditer(_SENTENCE.sub(" | ", LABEL.sub("", block.text))):
            if squeeze(match[0]) in labels and is_person(match[0].rstrip(".")):
                yield block, "bears the site's name", match[0].rstrip(".")
                return
    for block in edges:
        piece = tidy(block.pieces[0]) if block.pieces else block.text
        first = piece.partition(" ")[0]
        known = is_given_name(first) or (first.casefold() in hosts[:1] and not _PLATFORMS.isdisjoint(hosts[1:]))
        named = known and BARE.fullmatch(piece) and is_person(piece)
        if block.number < _HEAD and named and not by_another(layout, block, piece):
            yield block, "the site's head", piece
    for block in layout.blocks[:_HEAD]:
        if (blog := _BLOG.search(block.text[:_LONGEST])) and is_person(blog[1]):
            yield block, "the site's head", blog[1]
    for block in (*layout.blocks[:8], *layout.blocks[-_FOOT:]):
        text = block.text
        if len(text) > _LONGEST or not _SAYS_YEAR.search(text):
            continue
        if owned := _COPYRIGHT.search(_SENTENCE.sub(" | ", text)):
            name = owned[1].rstrip(".")
            if is_person(name) and is_given_name(name.split()[0]):
                yield block, "copyright", name
