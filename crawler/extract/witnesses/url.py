"""What the page's own address says: the day in its path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.model import Candidate

_DAYS = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)[/._-](0?[1-9]|1[0-2])[/._-](0?[1-9]|[12]\d|3[01])(?!\d)"), 0.75),
    (re.compile(r"/((?:19|20)\d\d)/[^/\d]{2,30}/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/"), 0.75),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"), 0.6),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"), 0.6),
)
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?=/)")
"""A month in a path with no day: "/2015/07/slug"."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"(?<!\d)((?:19|20)\d\d)/({'|'.join(_MONTHS)})[a-z]*/(0?[1-9]|[12]\d|3[01])(?!\d)", re.I)


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """The day in the path, or the month, where it is a real one between 1990 and the capture."""
    try:
        path = unquote(urlsplit(page.address).path)
    except ValueError:
        return
    for pattern, trust in _DAYS:
        if match := pattern.search(path):
            if day := _day(match.group(1), int(match.group(2)), match.group(3), page):
                yield "date_published", Candidate(day, "url", "path", trust)
            return
    if (match := _NAMED.search(path)) and (
        day := _day(match.group(1), _MONTHS.index(match.group(2).lower()) + 1, match.group(3), page)
    ):
        yield "date_published", Candidate(day, "url", "path", 0.75)
    elif (match := _MONTH.search(path)) and (day := _day(match[1], int(match[2]), "1", page)):
        yield "date_published", Candidate(f"{day[5:7]}/{day[:4]}", "url", "path", 0.4)


def _day(year: str, month: int, day: str, page: Page) -> str | None:
    try:
        value = date(int(year), month, int(day))
    except ValueError:
        return None
    if value.year < 1990 or (page.captured_at is not None and value > page.captured_at.date()):
        return None
    return value.isoformat()
