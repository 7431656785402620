"""Why each field of an article has its value: winner, losers and grounds, for a person or a program to check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawler.model import Article, Candidate, Evidence
from crawler.model.article import plain

FIELDS = (
    "headline", "description", "language", "section", "topics", "byline", "authors", "publisher", "distributor",
    "date_published", "date_modified", "canonical_url", "original_urls", "text", "images", "panels", "counts",
)  # fmt: skip
"""The fields that are explained, in the order of the article's JSON."""
NOBODY = "none"
"""Source of the evidence of a field whose candidates were all turned down."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One field: its value, the witness that won, why it did, and the witnesses that lost, best first."""

    field: str
    value: Any
    """As in the article's JSON; None where it is unknown."""
    raw: str | None
    """A date as the page prints it."""
    source: str | None
    """Kind of the winning witness; None where no witness was noted."""
    place: str | None
    confidence: float | None
    """0 to 1."""
    reason: str
    losers: tuple[Candidate, ...] = ()


def explain(article: Article) -> tuple[Explanation, ...]:
    """An explanation of every field in :data:`FIELDS`, of the known ones and of the unknown."""
    return tuple(_explained(article))


def _explained(article: Article) -> Iterator[Explanation]:
    evidence = article.evidence or {}
    for field in FIELDS:
        value = plain(getattr(article, field)) or None
        raw = getattr(article, f"{field}_raw", None)
        found = evidence.get(field)
        if found is not None and value is None and raw is not None:
            yield Explanation(
                field, None, raw, found.source, found.place, found.confidence, *_open(article, field, found)
            )
            continue
        if found is None or value is None:
            losers = found.candidates if found else ()
            yield Explanation(field, value, raw, None, None, None, _silence(value, found, article), losers)
            continue
        reason = found.reason or _standing(found)
        yield Explanation(field, value, raw, found.source, found.place, found.confidence, reason, found.candidates)


def _open(article: Article, field: str, found: Evidence) -> tuple[str, tuple[Candidate, ...]]:
    """What a date says that leaves the day open, and who else was heard."""
    earliest, latest = getattr(article, f"{field}_earliest", None), getattr(article, f"{field}_latest", None)
    bounds = (
        f"it is from {earliest} to {latest}, and no day can be told" if earliest else "no capture time tells the day"
    )
    return "; ".join(filter(None, (found.reason, bounds))), found.candidates


def _silence(value: Any, found: Evidence | None, article: Article) -> str:
    if value is not None:
        return "no witness was noted"
    if found is not None and found.candidates:
        return found.reason or "no candidate could be believed"
    if article.outcome_reason:
        return f"not looked for or not found: {article.outcome_reason}"
    return "no witness says anything"


def _standing(found: Evidence) -> str:
    """Why a witness won where the resolver had nothing to weigh but trust."""
    if not found.candidates:
        return "the only witness"
    best = max(candidate.confidence for candidate in found.candidates)
    others = len(found.candidates)
    against = f"{others} other{'' if others == 1 else 's'}"
    if found.confidence > best:
        return f"more to be trusted than the {against}"
    if found.confidence < best:
        return f"its place, its form and what else the page says outweigh the {against}"
    return f"as much to be trusted as the best of the {against}, and first among them"
