"""Dates under telling names in scripts and attributes that no other witness reads: ``"publishDate": "2024-03-04"``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.model import Candidate

_STEMS = ("ublish", "ublicat", "ubdate", "ubDate", "ub-date", "ub_date")
"""In every name that tells of publication, likeliest first."""
_NAMED = re.compile(
    rf"(?P<stem>{'|'.join(_STEMS)})[a-zA-Z_-]{{0,20}}(\\?[\"']|&quot;)?\s{{0,3}}([:=])\s{{0,3}}(?:\\?[\"']|&quot;)?"
    r"((?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)"
)
_ATTRIBUTE = re.compile(r"\sdata-[a-z-]{0,20}p$")
_MOST = 13
_MOST_NAMES = 2000


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Days of publication by the name of the value; pages that name many tell of other articles."""
    text = page.text
    found: dict[tuple[str, str], None] = {}
    named = sorted(islice(_NAMED.finditer(text), _MOST_NAMES), key=lambda match: _STEMS.index(match["stem"]))
    for match in named:
        start = match.start()
        before = text[max(0, start - 30) : start].lower()
        attribute = match[3] == "=" and not match[2] and _ATTRIBUTE.search(before + "p"[: before[-1:] != "p"])
        found.setdefault(("an attribute" if attribute else "a script", match[4]))
    for place, value in islice(found, _MOST):
        yield "date_published", Candidate(value, "app-state", place, 0.5)
