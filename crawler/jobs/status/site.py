"""How one site has been doing: what came, what was refused, and which fields its articles have, against before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, takewhile
from typing import Any

from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.schedule.visit import FIELDS
from crawler.model import Outcome

RECENT = timedelta(days=1)
"""Coverage is judged over the day that ends with the site's last visit ..."""
BEFORE = timedelta(days=28)
"""... against this time before it."""
ARTICLE = "article"
"""What the coverage calls, beside the fields, that a page is an article at all."""
FEWEST_RECENT = 5
FEWEST_BEFORE = 20
"""Fewer articles than this prove nothing."""


@dataclass(frozen=True, slots=True)
class FieldShare:
    """How often a field was found: shares of the articles, and how many articles these are shares of."""

    recent: float
    before: float | None
    """None where there were too few articles to say."""
    articles: int

    @property
    def drop(self) -> float:
        """By how much the share fell."""
        return max((self.before or 0.0) - self.recent, 0.0)


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """The visits of one site in the past four weeks."""

    site: str
    last: datetime
    visits: int
    came: int
    refused: int
    gone: int
    failed: int
    in_a_row: int
    """How many of the latest visits, one after the other, did not bring the page."""
    refused_in_a_row: int
    ending: str | None
    """How the latest visit ended, where it did not bring the page."""
    drift: int
    """Recent visits on which the site's own rules no longer matched."""
    drift_reason: str | None
    coverage: Mapping[str, FieldShare]
    """By field, where there are enough recent articles to say."""


def sites_of(book: Book, now: datetime) -> list[SiteStatus]:
    """Every site that was visited in the past four weeks, by name."""
    since = text_of(now - BEFORE - RECENT)
    sites = book.rows("SELECT DISTINCT site FROM visits WHERE at >= ? ORDER BY site", since)
    return [
        _status(site, book.rows("SELECT * FROM visits WHERE site = ? AND at >= ? ORDER BY at DESC", site, since))
        for site, in sites
    ]  # fmt: skip


def _status(site: str, visits: Sequence[Any]) -> SiteStatus:
    last = time_of(visits[0]["at"])
    recent = [visit for visit in visits if time_of(visit["at"]) > last - RECENT]
    missing = list(takewhile(lambda visit: not visit["came"], visits))
    refused = list(takewhile(lambda visit: visit["refused"], visits))
    gone = sum(visit["outcome"] in (Outcome.GONE, Outcome.SOFT_404) for visit in visits)
    drifting = [visit["drift"] for visit in recent if visit["drift"]]
    counts = Counter("came" if visit["came"] else "refused" if visit["refused"] else "other" for visit in visits)
    return SiteStatus(
        site=site,
        last=last,
        visits=len(visits),
        came=counts["came"],
        refused=counts["refused"],
        gone=gone,
        failed=counts["other"] - gone,
        in_a_row=sum(visit["outcome"] not in (Outcome.GONE, Outcome.SOFT_404) for visit in missing),
        refused_in_a_row=len(refused),
        ending=_ending(visits[0]),
        drift=len(drifting),
        drift_reason=drifting[0] if drifting else None,
        coverage=_coverage(recent, visits[len(recent) :]),
    )


def _coverage(recent: Sequence[Any], before: Sequence[Any]) -> dict[str, FieldShare]:
    """The shares of the fields, and of ``ARTICLE``: of pages that are or were articles, those that still are."""
    known = {visit["url"] for visit in chain(recent, before) if visit["outcome"] == Outcome.ARTICLE}
    new, old = _found(recent, known), _found(before, known)
    shares = {ARTICLE: (new, old)} | dict.fromkeys(FIELDS, ([*filter(None, new)], [*filter(None, old)]))
    return {
        name: FieldShare(_share(name, now), _share(name, then) if len(then) >= FEWEST_BEFORE else None, len(now))
        for name, (now, then) in shares.items()
        if len(now) >= FEWEST_RECENT
    }


def _found(visits: Iterable[Any], known: Set[str]) -> list[frozenset[str]]:
    """What was found on each visit of an article; nothing where the page was one and, redesigned, is none any more."""
    return [
        frozenset((ARTICLE, *visit["fields"].split(","))) if visit["outcome"] == Outcome.ARTICLE else frozenset()
        for visit in visits
        if visit["outcome"] == Outcome.ARTICLE or (visit["outcome"] == Outcome.NOT_ARTICLE and visit["url"] in known)
    ]


def _share(name: str, pages: Sequence[Set[str]]) -> float:
    return sum(name in found for found in pages) / len(pages)


def _ending(visit: Any) -> str | None:
    if visit["came"]:
        return None
    words: str = visit["outcome"].replace("_", " ")
    return f"{words}: {visit['message']}" if visit["message"] else words
