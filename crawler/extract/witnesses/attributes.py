"""Dates under telling names in scripts and attributes that no other witness reads: ``"publishDate": "2024-03-04"``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import fold
from crawler.model import Candidate

_STEMS = ("ublish", "ublicat", "ubdate", "ubDate", "ub-date", "ub_date")
"""In every name that tells of publication, likeliest first."""
_NAMED = re.compile(
    rf"(?P<stem>{'|'.join(_STEMS)})[a-zA-Z_-]{{0,20}}(\\?[\"']|&quot;)?\s{{0,3}}([:=])\s{{0,3}}(?:\\?[\"']|&quot;)?"
    r"((?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)"
)
_TITLE = re.compile(r"\\?[\"'](?:title|headline)\\?[\"']\s{0,3}:\s{0,3}\\?[\"']([^\"'{}\\]{12,200})")
_BESIDE = 400
"""Characters before a date, or behind it, in which the same object may have a title."""
_BRACES = re.compile(r"[{}]")
_ATTRIBUTE = re.compile(r"\sdata-[a-z-]{0,20}p$")
_MOST = 13
_MOST_NAMES = 2000


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Days of publication by the name of the value; pages that name many tell of other articles."""
    text = page.text
    title = fold(page.title)
    found: dict[tuple[str, str], None] = {}
    named = sorted(islice(_NAMED.finditer(text), _MOST_NAMES), key=lambda match: _STEMS.index(match["stem"]))
    for match in named:
        start = match.start()
        before = text[max(0, start - 30) : start].lower()
        if _is_anothers(text, match.start(), match.end(), title):
            continue
        attribute = match[3] == "=" and not match[2] and _ATTRIBUTE.search(before + "p"[: before[-1:] != "p"])
        found.setdefault(("an attribute" if attribute else "a script", match[4]))
    for place, value in islice(found, _MOST):
        yield "date_published", Candidate(value, "app-state", place, 0.5)


def _is_anothers(text: str, start: int, end: int, title: str) -> bool:
    """Whether the object that holds a date has a title, and one that the page's does not hold."""
    if not title:
        return False
    before, behind = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    for found in reversed(list(_TITLE.finditer(before))):
        if _is_one(before[found.end() :]):
            return fold(found[1]) not in title
    found_behind = _TITLE.search(behind)
    return found_behind is not None and _is_one(behind[: found_behind.start()]) and fold(found_behind[1]) not in title


def _is_one(between: str) -> bool:
    """Whether a text lies within one object, other objects in it whole."""
    depth = 0
    for sign in _BRACES.findall(between):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0
