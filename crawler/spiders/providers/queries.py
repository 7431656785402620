"""The words by which copies of an article are found: quotations, which survive rewriting, and rare words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.extract.wording import word_set
from crawler.model import Article
from crawler.model.moment import read_moment

_QUOTED = re.compile(
    r"“([^“”]{20,600})”|„([^„“”]{20,600})[“”]|«([^«»]{20,600})»|»([^«»]{20,600})«|\"([^\"]{20,600})\"|「([^「」]{12,300})」"
)
_BREAK = re.compile(r"\.\.\.|…|\[[^\]]*\]|\([^)]*\)|[.!?;:](?:\s|$)|\s[–—-]\s|[\"“”„«»]|\n")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEAST, _MOST = 5, 10
"""Words of a quotation that make a question: fewer are a phrase anybody says, more are seldom left together."""
_COMMON = word_set(
    "that this with from have been were will would could should their there which about after before other than then "
    "they them these those what when where while into over under more most some such very just also only said says "
    "news nicht eine einer eines auch sich werden wurde haben dass aber oder nach über pour dans avec plus cette sont "
    "para como pero este esta desde sobre entre della delle sono anche"
)


@dataclass(frozen=True, slots=True)
class Query:
    """Words to ask with."""

    words: str
    kind: str
    """``quotation``: in this order; ``headline``: all of them, in any order."""


def best_queries(article: Article, most: int = 3) -> tuple[Query, ...]:
    """The questions most likely to find copies of ``article`` and little else, best first.

    Up to ``most``: the longest and rarest runs of words inside quotations, each of another quotation, and the telling
    words of the headline last. Punctuation is gone from them; an article with neither gives none.
    """
    counts = Counter(_WORD.findall((article.text or "").casefold()))
    runs = sorted(
        ((_weight(run, counts), number, run) for number, run in enumerate(_runs(article.text or "", counts))),
        key=lambda one: (-one[0], one[1]),
    )
    room = most - 1 if article.headline else most
    quotations = list(dict.fromkeys(" ".join(run) for _, _, run in runs))[: max(1, room)] if most else []
    found = [Query(words, "quotation") for words in quotations]
    if article.headline and len(found) < most and (telling := telling_words(article.headline)):
        found.append(Query(" ".join(telling), "headline"))
    return tuple(found)


def telling_words(headline: str, most: int = 5) -> tuple[str, ...]:
    """The words of a headline that other stories are least likely to share, in its order; none where it has under 3."""
    words = list(dict.fromkeys(_WORD.findall(headline)))
    ranked = sorted(words, key=lambda word: -_telling(word))[:most]
    kept = tuple(word for word in words if word in ranked and _telling(word) > 0)
    return kept if len(kept) >= 3 else ()


def span(article: Article, *, before: int, after: int) -> tuple[datetime, datetime] | None:
    """The days around publication in which copies are likely, from ``before`` to ``after`` days; None where unknown."""
    first = read_moment(article.date_published_earliest or article.date_published)
    last = read_moment(article.date_published_latest or article.date_published) or first
    if first is None or last is None:
        return None
    return first - timedelta(days=before), last + timedelta(days=after)


def captured(article: Article) -> datetime | None:
    """When the article's page was captured."""
    return read_moment(article.captured_at)


def _runs(text: str, counts: Counter[str]) -> Iterator[tuple[str, ...]]:
    """The best run of words of each part of each quotation."""
    for match in _QUOTED.finditer(text):
        quoted = next(filter(None, match.groups()))
        for part in _BREAK.split(quoted):
            words = _WORD.findall(part)
            if len(words) >= _LEAST:
                starts = range(max(1, len(words) - _MOST + 1))
                yield max((tuple(words[at : at + _MOST]) for at in starts), key=lambda run: _weight(run, counts))


def _weight(run: tuple[str, ...], counts: Counter[str]) -> float:
    """How rare a run is: long words that this text does not repeat, and many of them."""
    return sum(_telling(word) / max(1, counts[word.casefold()]) for word in run) + len(run)


def _telling(word: str) -> float:
    lowered = word.casefold()
    if lowered in _COMMON or (len(word) < 4 and not word.isdigit() and not word.isupper()):
        return 0.0
    return min(len(word), 12) + (3.0 if word[0].isupper() or word[0].isdigit() else 0.0)
