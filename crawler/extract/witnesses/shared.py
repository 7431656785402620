"""What the links that share a page on other networks call it: readers are to see its headline there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate

SHARE_LINK = "share link"
_NETWORKS = re.compile(
    r"\s*(?:https?:)?//(?:[\w-]+\.)*(?:twitter|x|facebook|linkedin|pinterest|reddit|tumblr|whatsapp|telegram|vk|bsky|xing"
    r"|threads|flipboard|getpocket|buffer|bufferapp|stumbleupon|mail\.google|ycombinator|lobste|line|wa|t|ok|hatena"
    r"|weibo|instapaper|diigo|digg|mix|snapchat|kakao|viber|mastodon\w*)\.(?:com|me|app|net|rs|ru|ne\.jp|social)/"
    r"|\s*(?:mailto|sms|whatsapp|tg|viber|fb-messenger):",
    re.I,
)
_NAMED = frozenset(
    ("text", "title", "subject", "su", "t", "quote", "description", "status", "name", "caption", "headline")
)
"""Parameters that hold the title of what is shared; few hold it and no more."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*")
_VIA = re.compile(r" (?:(?:via|by|auf|from) )?@\w+ ?$", re.I)
"""Whose account the title is told of by."""
_SHORTEST = 8
"""Characters; a shorter text, or a single word, is none but in scripts without spaces."""
_LONGEST_TITLE = 500
"""Characters of what is shared with its title, its address and some words."""
_LINKS = 100
_LONGEST = 4000
"""Characters of an address that is looked at."""
_MOST = 4
"""Titles that are proposed."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from the parameters of links to share the page, most often given first."""
    found: Counter[str] = Counter()
    for href in islice(_addresses(layout), _LINKS):
        found.update(set(_titles(href)))
    for title, _ in found.most_common(_MOST):
        yield "headline", Candidate(title, "dom", SHARE_LINK, 0.5)


def _addresses(layout: Layout) -> Iterator[str]:
    """What links lead to that tell another network, or a reader's friend, of something."""
    for link in layout.links:
        href = link.address
        if "=" in href and len(href) <= _LONGEST and _NETWORKS.match(href):
            yield href


def _titles(href: str) -> Iterator[str]:
    for name, value in parse_qsl(href.partition("?")[2].partition("#")[0]):
        if name.lower() in _NAMED and len(value) <= _LONGEST_TITLE:
            text = tidy(_VIA.sub("", _ADDRESS.sub(" ", tidy(value))))
            if (len(text) > _SHORTEST and " " in text) or not text.isascii():
                yield text
