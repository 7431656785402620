"""Coverage of sites by period as a person reads it on a terminal: a table, drift and falls below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crawler.jobs.coverage import FIELDS, Coverage, Fall
from crawler.model.counted import counted

COLUMNS = {
    "headline": "head", "date_published": "date", "authors": "auth", "text": "text", "images": "imgs",
    "panels": "panl",
}  # fmt: skip
"""The fields that the table has room for, and their headings; the others are in the JSON."""
_SITE = 26
"""Columns of a site's name."""


def as_json(coverages: Sequence[Coverage], fallen: Sequence[Fall]) -> dict[str, Any]:
    """The report as JSON values."""
    return {
        "coverage": [
            {
                "site": each.site,
                "period": each.period,
                "pages": each.pages,
                "articles": each.articles,
                "outcomes": dict(each.outcomes),
                "fields": {name: {"articles": each.fields[name], "share": each.share(name)} for name in FIELDS},
                "words": each.words,
                "drift": dict(each.drift),
            }
            for each in coverages
        ],
        "falls": [
            {
                "site": each.site, "period": each.period, "field": each.field, "before": each.before,
                "now": each.now, "articles": each.articles,
            }
            for each in fallen
        ],
    }  # fmt: skip


def as_text(coverages: Sequence[Coverage], fallen: Sequence[Fall]) -> str:
    """The report as lines of at most 80 columns, but for long reasons of drift."""
    return "\n".join(_lines(coverages, fallen))


def _lines(coverages: Sequence[Coverage], fallen: Sequence[Fall]) -> Iterator[str]:
    headings = "".join(f"{heading:>5}" for heading in COLUMNS.values())
    yield f"{'site':{_SITE}} {'period':10}{'pages':>6}{'arts':>6}{headings}"
    for each in coverages:
        shares = "".join(f"{_percent(each.share(name)):>5}" for name in COLUMNS)
        yield f"{_short(each.site):{_SITE}} {each.period:10}{each.pages:>6}{each.articles:>6}{shares}"
        others = {name: number for name, number in each.outcomes.most_common() if name != "article"}
        if others:
            yield "    " + ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in others.items())
        yield from (f"    drift on {number}: {reason}" for reason, number in each.drift.most_common())
    if fallen:
        yield ""
        yield "Fallen against the site's earlier pages: a redesign, or a fault of ours"
    for fall in fallen:
        yield f"  {_short(fall.site)} {fall.period}: {_fall(fall)} ({counted(fall.articles, 'article')})"


def _fall(fall: Fall) -> str:
    if fall.field == "words":
        return f"text from {fall.before:.0f} to {counted(round(fall.now), 'word')}"
    return f"{fall.field} from {_percent(fall.before)} to {_percent(fall.now)}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _short(site: str) -> str:
    return site if len(site) <= _SITE else site[: _SITE - 1] + "…"
