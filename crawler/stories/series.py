"""Counts over time: followers, posts, views and comments as every site prints them, with their gaps and resets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model import Article, Count, Outcome, Point, Series
from crawler.stories.outlets import address_of, page_of, site_of
from crawler.stories.timing import as_of

_ONLY_GROW = frozenset({"views", "shares", "downloads"})
"""Counts that can't fall unless the counter began anew; people leave and comments are taken down."""
_FALLEN = 0.5
"""Below this part of what it was, any count began anew."""
_READ = frozenset({Outcome.ARTICLE, Outcome.NOT_ARTICLE})


@dataclass(frozen=True, slots=True, order=True)
class _Name:
    site: str
    of: str
    name: str
    address: str
    """Empty for an outlet's count, which is the same on all pages of a site."""


def count_series(articles: Iterable[Article]) -> list[Series]:
    """The series of all counts that captures with a known time print, in the order of their ids.

    Only ``url``, ``captured_at``, ``memento``, ``outcome``, ``record`` and ``counts`` are looked at.
    """
    seen: dict[_Name, list[tuple[Article, Count | None]]] = defaultdict(list)
    printed_at: dict[str, set[_Name]] = defaultdict(set)
    for article in sorted((one for one in articles if as_of(one) and page_of(one)), key=lambda one: as_of(one) or ""):
        address = address_of(page_of(article) or "")
        printed = set()
        for count in article.counts:
            name = _name(article, count, address)
            seen[name].append((article, count))
            printed.add(name)
        if article.outcome in _READ:
            for name in sorted(printed_at[address] - printed):
                seen[name].append((article, None))
        printed_at[address] |= printed
    return [
        Series(_id(name), name.site, name.name, name.of or None, tuple(_points(name, seen[name])))
        for name in sorted(seen)
    ]


def _name(article: Article, count: Count, address: str) -> _Name:
    return _Name(site_of(page_of(article)) or "", count.of or "", count.name, "" if count.of else address)


def _id(name: _Name) -> str:
    return " · ".join(part for part in (name.address or name.site, name.of, name.name) if part)


def _points(name: _Name, seen: Sequence[tuple[Article, Count | None]]) -> Iterator[Point]:
    known: tuple[Article, Count] | None = None
    for article, count in seen:
        if count is None:
            yield Point(article, None, flags=("gap",))
            continue
        others = [other for other in article.counts if (other.name, other.of) == (count.name, count.of)]
        ambiguous = len({other.value for other in others}) > 1
        least, most = bounds(count)
        flags = ["ambiguous"] if ambiguous else []
        change = days = None
        if count.value is not None and known and known[1].value is not None and not ambiguous:
            change, days = count.value - known[1].value, _days(known[0], article)
            if _is_reset(name.name, known[1], count):
                flags.append("reset")
            if _form(known[1]) != _form(count):
                flags.append("label_changed")
        if count.value is not None and not ambiguous:
            known = (article, count)
        yield Point(article, count, least, most, change, days, tuple(flags))


def bounds(count: Count) -> tuple[int | None, int | None]:
    """The least and the most the true number can be: ``1.2K`` may be rounded or cut, ``483K+`` has no upper end."""
    if count.value is None:
        return None, None
    unit = count.precision or 1
    if count.lower_bound:
        return count.value, None
    return count.value - unit // 2, count.value + unit - 1


def _is_reset(name: str, before: Count, now: Count) -> bool:
    old, new = before.value or 0, now.value or 0
    least, _ = bounds(before)
    at_most = new + (now.precision or 1) - 1
    return at_most < (least or 0) and (name in _ONLY_GROW or new < _FALLEN * old)


def _form(count: Count) -> tuple[bool, str]:
    """How the number is printed: ``12,345``, ``12K`` and ``12K+`` are three forms."""
    return count.lower_bound, re.sub(r"[\d.,\s'’]+", "", count.raw)


def _days(before: Article, after: Article) -> float | None:
    try:
        passed = datetime.fromisoformat(as_of(after) or "") - datetime.fromisoformat(as_of(before) or "")
    except (ValueError, TypeError):
        return None
    return round(passed / timedelta(days=1), 4)
