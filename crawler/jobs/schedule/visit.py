"""What one visit of a page showed: enough to decide when to come back, and to notice when a site changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from urllib.parse import urlsplit

from crawler.jobs.report import Report, is_readable
from crawler.model import Article, Outcome
from crawler.model.address import host_of
from crawler.model.moment import read_moment
from crawler.model.outcome import IS_GONE
from crawler.spiders.wanted import Miss, Page, Resource

FIELDS = ("headline", "authors", "date_published", "text", "images", "publisher")
"""The fields whose coverage is watched."""

_REFUSED = frozenset({Outcome.BLOCKED, Outcome.LOGIN, Outcome.CONSENT, Outcome.PAYWALL, Outcome.ROBOTS_DENIED})


@dataclass(frozen=True, slots=True)
class Visit:
    """How one named page of a story was found."""

    story: str
    url: str
    at: datetime
    outcome: Outcome
    came: bool
    """Whether a reader would have seen the page."""
    message: str | None = None
    headline: str | None = None
    published: datetime | None = None
    digest: str | None = None
    """Of headline and text; a different one means that the story was edited. None where no reader saw the page."""
    fields: frozenset[str] = frozenset()
    """Which of ``FIELDS`` were found."""
    drift: tuple[str, ...] = ()
    record: str | None = None

    @property
    def refused(self) -> bool:
        """True where the site said no, as against a failure."""
        return self.outcome in _REFUSED

    @property
    def gone(self) -> bool:
        """True where the page is no more."""
        return self.outcome in IS_GONE

    @property
    def site(self) -> str:
        """The host of the page."""
        return host_of(self.url)


def visits_of(report: Report) -> tuple[Visit, ...]:
    """The visits that a capture made to the pages the user named."""
    return tuple(_visit(item, report) for item in report.named())


def requests_of(report: Report) -> Mapping[str, Mapping[str, int]]:
    """How many requests a capture made, by the story they were for and the host they went to."""
    counts: dict[str, Counter[str]] = {}
    items: Iterator[Page | Resource | Miss] = chain(report.pages.outlines(), report.resources, report.misses)
    for item in items:
        host = urlsplit(item.requested).hostname or ""
        counts.setdefault(item.purpose.story or item.requested, Counter())[host] += 1
    return counts


def _visit(item: Page | Miss, report: Report) -> Visit:
    story = item.purpose.story or item.requested
    if isinstance(item, Miss):
        return Visit(story, item.requested, datetime.now(UTC), item.outcome, False, item.message)
    article = item.article
    return Visit(
        story=story,
        url=item.requested,
        at=item.recorded.captured_at,
        outcome=article.outcome,
        came=is_readable(item),
        message=_message(item),
        headline=article.headline,
        published=read_moment(article.date_published),
        digest=digest(article) if is_readable(item) else None,
        fields=frozenset(name for name in FIELDS if getattr(article, name)),
        drift=tuple(note for note in article.notes if note.startswith("drift:")),
        record=item.recorded.record.id,
    )


def _message(page: Page) -> str | None:
    reason = page.article.outcome_reason
    if page.status is None or page.status < 400:
        return reason
    return f"status {page.status}: {reason}" if reason else f"status {page.status}"


def digest(article: Article) -> str | None:
    """A digest of what an editor would have written; None where there is no text. White space does not count."""
    if not article.text:
        return None
    words = re.sub(r"\s+", " ", f"{article.headline or ''}\n{article.text}")
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
