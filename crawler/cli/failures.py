"""What of a capture failed and why, as lines of its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from crawler.jobs.report import Report, is_readable
from crawler.model import Outcome, Role
from crawler.model.counted import counted
from crawler.spiders.wanted import Page

LISTED = 20
"""Lines of one kind before the rest is only counted."""
_ORDER = sorted(Role, key=lambda role: (role is not Role.SEED, role is Role.IMAGE, role is Role.REQUISITE))
"""Pages that were named, then other pages, then what is in them."""


def failed(report: Report) -> Iterator[str]:
    """Each failure with its reason, those of pages that were named first."""
    lines = _endings(report)
    if not lines:
        return
    yield f"{'Failed':10}{len(lines)}" + ("; what an answer said is archived as evidence" if report.collection else "")
    told = sorted(_told(lines), key=lambda line: _ORDER.index(line[0]))
    for _, what, ended in told[:LISTED]:
        yield f"{'':10}{what}"
        yield f"{'':12}{ended}"
    yield from rest(told, "failures")
    yield ""
    for count, why in report.left_alone().values():
        yield f"{'Not asked':10}{counted(count, 'request')}: {why}"


def _endings(report: Report) -> list[tuple[Role, str, str]]:
    """What did not come: what it was wanted for, its address, and how it ended."""
    return [
        *(
            (page.purpose.role, page.requested, ending(page.article.outcome, _reason(page)))
            for page in report.pages.only(lambda page: not is_readable(page))
        ),
        *(
            (item.purpose.role, item.requested, ending(item.recorded.outcome, f"status {item.status}"))
            for item in report.resources
            if item.status >= 400
        ),
        *(
            (miss.purpose.role, miss.requested, ending(miss.outcome, miss.message))
            for miss in report.misses
            if miss.outcome is not Outcome.HOST_DOWN
        ),
    ]


def _told(lines: Sequence[tuple[Role, str, str]]) -> Iterator[tuple[Role, str, str]]:
    """A line each; requisites of one host that ended alike are one, as nobody reads through a page's fonts."""
    alike = Counter((urlsplit(url).hostname, ended) for role, url, ended in lines if role is Role.REQUISITE)
    for role, url, ended in lines:
        if role is not Role.REQUISITE or alike[urlsplit(url).hostname, ended] == 1:
            yield role, f"{role.value} {url}", ended
    for (host, ended), number in alike.items():
        if number > 1:
            yield Role.REQUISITE, f"{number:,} requisites of {host}", ended


def _reason(page: Page) -> str:
    status, reason = f"status {page.status}", page.article.outcome_reason
    if reason and reason.startswith(f"{page.status}, "):
        return reason
    return f"{status}: {reason}" if reason else status


def ending(outcome: Outcome, reason: str | None) -> str:
    """How something ended, in words."""
    words = outcome.value.replace("_", " ")
    return f"{words}: {reason}" if reason else words


def rest(items: Sequence[object], what: str) -> Iterator[str]:
    """How many there are beyond those that were listed."""
    if len(items) > LISTED:
        yield f"{'':10}... and {len(items) - LISTED} more {what}; all of them: --json"
