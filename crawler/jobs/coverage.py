"""How much of each field a site's pages give, by month or day: what shows a redesign on the day it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from urllib.parse import urlsplit

from tldextract import TLDExtract

from crawler.model import Article, Outcome
from crawler.model.words import count_words

FIELDS = ("headline", "date_published", "authors", "text", "images", "panels", "counts", "publisher")
"""The fields whose coverage is kept."""
DAY, MONTH = 10, 7
"""Characters of a capture time that name its day, and its month."""
UNKNOWN = "unknown"
"""Site of pages without a URL, period of those without a capture time."""
_REASONS = 50
"""Different reasons of drift that are kept for a site and period; those of a faulty module are without number."""
_REFUSED = frozenset({Outcome.BLOCKED, Outcome.CONSENT, Outcome.LOGIN, Outcome.EMPTY, Outcome.SOFT_404, Outcome.GONE})
"""Outcomes whose pages say nothing of a site's design."""
_FALL = 0.2
"""Part of a field's coverage whose loss is worth an alarm, where chance does not explain it."""
_SIGMAS = 3.0
"""Standard errors by which a share must have fallen to be no chance."""
_FEWEST = 5
"""Articles below which a share is no share."""


@dataclass(slots=True)
class Coverage:
    """The pages of one site captured in one period, counted."""

    site: str
    """Name of the site module that read them, else the registrable domain of their host."""
    period: str
    """``2026-11`` or ``2026-11-22``; ``unknown`` where no capture time is known."""
    pages: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    """Articles that have a value, by field."""
    drift: Counter[str] = field(default_factory=Counter)
    """Pages on which a site module's rule did not match, by its reason."""
    words: int = 0
    """Words in the texts of all articles together."""

    @property
    def articles(self) -> int:
        """Pages that are articles: what the shares are of."""
        return self.outcomes[Outcome.ARTICLE.value]

    def share(self, name: str) -> float | None:
        """Share of the articles that have field ``name``, 0 to 1; None where there is no article."""
        return self.fields[name] / self.articles if self.articles else None

    def add(self, article: Article) -> None:
        """Count one more page."""
        self.pages += 1
        self.outcomes[article.outcome.value] += 1
        if article.outcome not in _REFUSED:
            for note in article.notes:
                if note.startswith("drift: "):
                    reason = note.removeprefix("drift: ")
                    self.drift[reason if reason in self.drift or len(self.drift) < _REASONS else "other reasons"] += 1
        if article.outcome is Outcome.ARTICLE:
            self.fields.update(name for name in FIELDS if getattr(article, name))
            self.words += count_words(article.text) if article.text else 0

    def merge(self, other: Coverage) -> None:
        """Count the pages of ``other`` too."""
        self.pages += other.pages
        self.words += other.words
        self.outcomes.update(other.outcomes)
        self.fields.update(other.fields)
        self.drift.update(other.drift)


@dataclass(frozen=True, slots=True)
class Fall:
    """A field that a site's pages gave before and give no more: a sign of a redesign."""

    site: str
    period: str
    field: str
    """One of :data:`FIELDS`, or ``words`` for texts that became shorter."""
    before: float
    """Share of articles in all earlier periods, 0 to 1; mean words for ``words``."""
    now: float
    articles: int
    """Articles of the period."""


def cover(articles: Iterable[Article], *, by: int = MONTH) -> list[Coverage]:
    """The coverage of ``articles`` by site and period, both in order.

    ``by`` is :data:`DAY` or :data:`MONTH`. Memory grows with sites and periods, not with articles.
    """
    found: dict[tuple[str, str], Coverage] = {}
    for article in articles:
        key = (site_name(article), (article.captured_at or "")[:by] or UNKNOWN)
        if key not in found:
            found[key] = Coverage(*key)
        found[key].add(article)
    return [found[key] for key in sorted(found)]


def falls(coverages: Iterable[Coverage]) -> list[Fall]:
    """Where a site's period is worse than all its earlier periods together, by more than chance.

    A share must fall by a fifth of the whole and by three standard errors of two proportions (pooled); texts are
    shorter where their mean length has halved. Periods with fewer than five articles are passed over.
    """
    sites: dict[str, list[Coverage]] = {}
    for each in sorted(coverages, key=lambda each: each.period):
        if each.period != UNKNOWN:
            sites.setdefault(each.site, []).append(each)
    return [fall for site in sorted(sites) for fall in _falls_of(sites[site])]


def site_name(article: Article) -> str:
    """The name a page's coverage is kept under."""
    if article.extractor and article.extractor.site:
        return article.extractor.site
    try:
        host = urlsplit(article.url or "").hostname or ""
    except ValueError:
        host = ""
    return _registrable(host) if host else UNKNOWN


def _falls_of(periods: Sequence[Coverage]) -> Iterator[Fall]:
    before = Coverage(periods[0].site, "")
    for now in periods:
        if min(before.articles, now.articles) >= _FEWEST:
            yield from _compared(before, now)
        before.merge(now)


def _compared(before: Coverage, now: Coverage) -> Iterator[Fall]:
    for name in FIELDS:
        was, is_ = before.fields[name] / before.articles, now.fields[name] / now.articles
        pooled = (before.fields[name] + now.fields[name]) / (before.articles + now.articles)
        error = sqrt(pooled * (1 - pooled) * (1 / before.articles + 1 / now.articles))
        if was - is_ >= _FALL and was - is_ > _SIGMAS * error:
            yield Fall(now.site, now.period, name, was, is_, now.articles)
    was, is_ = before.words / before.articles, now.words / now.articles
    if is_ < was / 2:
        yield Fall(now.site, now.period, "words", was, is_, now.articles)


@cache
def _suffixes() -> TLDExtract:
    """The public-suffix list that comes with the library: nothing is fetched and no cache is written."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _registrable(host: str) -> str:
    """The domain somebody registered: ``bbc.co.uk`` of ``www.bbc.co.uk``; an IP address as it is.

    An ending that is on no list counts as one label, as the list's default rule has it.
    """
    found = _suffixes()(host)
    if found.suffix or found.ipv4 or found.ipv6:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])
