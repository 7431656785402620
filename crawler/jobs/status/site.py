"""How one site has been doing: what came, what was refused, and which fields its articles have, against before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.schedule.visit import FIELDS
from crawler.model import Outcome

RECENT = timedelta(days=1)
"""Coverage is judged over the day that ends with the site's last visit ..."""
BEFORE = timedelta(days=28)
"""... against this time before it."""
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


def _coverage(recent: Iterable[Any], before: Iterable[Any]) -> dict[str, FieldShare]:
    new, old = _articles(recent), _articles(before)
    if len(new) < FEWEST_RECENT:
        return {}
    return {
        field: FieldShare(_share(field, new), _share(field, old) if len(old) >= FEWEST_BEFORE else None, len(new))
        for field in FIELDS
    }


def _articles(visits: Iterable[Any]) -> list[set[str]]:
    return [set(visit["fields"].split(",")) for visit in visits if visit["outcome"] == Outcome.ARTICLE]


def _share(field: str, articles: Sequence[set[str]]) -> float:
    return sum(field in found for found in articles) / len(articles)


def _ending(visit: Any) -> str | None:
    if visit["came"]:
        return None
    words: str = visit["outcome"].replace("_", " ")
    return f"{words}: {visit['message']}" if visit["message"] else words
