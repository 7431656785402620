"""Whose site it is, for pages that name no author: on a personal site its owner writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

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
_TOP, _BOTTOM = 8, 6
"""Blocks at the page's top and end that may name the site."""
_HEAD = 4
"""Blocks at the page's top in which a site's name stands."""
_FOOT = 30
"""Blocks at the page's end among which its copyright is told."""
_EDGE = 80
"""Characters of a line at the page's edge that names the site."""
_LONGEST = 120
"""Characters of a line that names the site's owner."""
_SENTENCE = re.compile(r"(?<=\w\w)\.\s")
_Owner = tuple[TextBlock, str, str]
"""The block that names a person, what makes that one the owner, and the name."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """The person the site is named after: by its host, the head of its page, its copyright sign."""
    edges = [block for block in (*layout.blocks[:_TOP], *layout.blocks[-_BOTTOM:]) if len(block.text) <= _EDGE]
    hosts = page.host.split(".")[:-1]
    bearer = _bearer(hosts, layout, edges)
    found = [bearer] if bearer else chain(_heads(hosts, layout, edges), _blogs(layout), _holders(layout))
    for block, sign, name in found:
        yield "authors", Candidate((name,), "text", f"block {block.number}, {sign}", 0.4)


def _bearer(hosts: list[str], layout: Layout, edges: list[TextBlock]) -> _Owner | None:
    """The first person whose name is the host's: "Anna Berg" of annaberg.example."""
    labels = {squeeze(label) for label in hosts if len(label) > 4}
    short = [block for block in layout.blocks if len(block.text) < 60] if max(map(len, labels), default=0) > 7 else []
    lines = (*edges, *short)
    together = "\n".join([block.folded for block in lines]).replace(" ", "")
    labels = {label for label in labels if label in together}
    for block in lines if labels else ():
        squeezed = block.folded.replace(" ", "")
        if not any(label in squeezed for label in labels):
            continue
        for match in BARE.finditer(_SENTENCE.sub(" | ", LABEL.sub("", block.text))):
            if squeeze(match[0]) in labels and is_person(match[0].rstrip(".")):
                return block, "bears the site's name", match[0].rstrip(".")
    return None


def _heads(hosts: list[str], layout: Layout, edges: list[TextBlock]) -> Iterator[_Owner]:
    """A person's name as the name of the site, at the top of its page."""
    for block in edges:
        if block.number >= _HEAD:
            break
        piece = tidy(block.pieces[0]) if block.pieces else block.text
        first = piece.partition(" ")[0]
        known = is_given_name(first) or (first.casefold() in hosts[:1] and not _PLATFORMS.isdisjoint(hosts[1:]))
        if known and BARE.fullmatch(piece) and is_person(piece) and not by_another(layout, block, piece):
            yield block, "the site's head", piece


def _blogs(layout: Layout) -> Iterator[_Owner]:
    """Whose blog it is, as the top of the page says: "Anna Berg's blog"."""
    for block in layout.blocks[:_HEAD]:
        if (blog := _BLOG.search(block.text[:_LONGEST])) and is_person(blog[1]):
            yield block, "the site's head", blog[1]


def _holders(layout: Layout) -> Iterator[_Owner]:
    """The persons who hold the copyright, by the lines at the top and the end of the page."""
    for block in (*layout.blocks[:_TOP], *layout.blocks[-_FOOT:]):
        text = block.text
        if len(text) > _LONGEST or not _SAYS_YEAR.search(text):
            continue
        if owned := _COPYRIGHT.search(_SENTENCE.sub(" | ", text)):
            name = owned[1].rstrip(".")
            if is_person(name) and is_given_name(name.split()[0]):
                yield block, "copyright", name
