"""The measures that extraction is judged by, on predictions beside known truth.

Bodies: F1 of 4-grams of words, from the means of precision and recall over the pages of a set (as in the article
extraction benchmark of Scrapinghub). Segments: F1 over pieces of text that must and must not be there (as in the
evaluation of trafilatura). Headline: equal after case, white space and quotation marks are folded. Day: the same
calendar day in the truth's own zone. Authors: mean F1 of the set of names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from statistics import fmean
from typing import Any

_QUOTES = str.maketrans({"’": "'", "“": '"', "”": '"'})


_RUN = 4
"""Words of a run: fewer agree by chance, more are lost to every edit."""


def shingles(text: str | None) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs; a shorter text is one run."""
    words = re.findall(r"\w+", text or "")
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)))


def fold(text: str | None) -> str:
    """A text as it is compared."""
    return re.sub(r"\s+", " ", text or "").strip().casefold().translate(_QUOTES)


def precision_recall(truth: str, found: str | None) -> tuple[float | None, float | None]:
    """Of one body; None where it is undefined: nothing found, or nothing to find."""
    expected, got = shingles(truth), shingles(found)
    hits = sum((expected & got).values())
    return (hits / got.total() if got else None), (hits / expected.total() if expected else None)


def score(truths: Iterable[Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Every measure over some pages: ``body_f1_<set>``, ``segments_f1``, ``headline``, ``day``, ``authors``."""
    bodies: dict[str, list[tuple[float | None, float | None]]] = {}
    hits = false = missed = 0
    headlines, days, authors = [], [], []
    for truth in truths:
        page = found.get(truth["id"], {})
        text = page.get("text") or ""
        if "text" in truth:
            bodies.setdefault(truth["set"], []).append(precision_recall(truth["text"], text))
        else:
            there = sum(piece in text for piece in truth["with_"])
            hits, missed = hits + there, missed + len(truth["with_"]) - there
            false += sum(piece in text for piece in truth["without"])
        if truth.get("headline"):
            headlines.append(fold(truth["headline"]) == fold(page.get("headline")))
        if stamp := str(truth.get("date_published") or "").strip():
            zone = _read(stamp).tzinfo if len(stamp) > 10 else None
            days.append(_day(stamp, zone) == _day(str(page.get("date_published") or ""), zone))
        if truth.get("authors"):
            authors.append(_names_f1(_names(truth["authors"]), _names(page.get("authors"))))
    scores: dict[str, float] = {}
    for name, pairs in sorted(bodies.items()):
        precision = _mean(p for p, _ in pairs if p is not None)
        recall = _mean(r for _, r in pairs if r is not None)
        scores[f"body_f1_{name}"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        scores[f"body_p_{name}"], scores[f"body_r_{name}"] = precision, recall
    if hits + missed:
        scores["segments_f1"] = 2 * hits / (2 * hits + false + missed)
    scores.update(headline=_mean(headlines), day=_mean(days), authors=_mean(authors))
    return scores


def _read(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _day(stamp: str, zone: tzinfo | None) -> date | None:
    try:
        when = _read(stamp.strip())
    except ValueError:
        return None
    return (when.astimezone(zone) if zone is not None and when.tzinfo is not None else when).date()


def _names(authors: Any) -> set[str]:
    listed = re.split(r"\s*;\s*", authors) if isinstance(authors, str) else authors or ()
    return {fold(re.sub(r"^by\s+", "", name, flags=re.I)) for name in listed if name and name.strip()}


def _names_f1(truth: set[str], found: set[str]) -> float:
    return 2 * len(truth & found) / (len(truth) + len(found)) if truth or found else 1.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return fmean(listed) if listed else 0.0
