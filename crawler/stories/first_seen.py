"""When a page was published, by all captures of it: it was not after the first capture that showed its text.

Some systems give a page the date of its last edit. What it said first is then known from the captures before, and what
a later capture says would make its copies look like its source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from crawler.model import Article
from crawler.stories.recaptures import address
from crawler.stories.relate import Text
from crawler.stories.timing import as_of, published

_SAME = 0.5
"""Share of the shorter text's sentences that must stand in both: an address may be given to another story."""


def dated_as_first_seen(texts: Mapping[int, Text]) -> dict[int, Text]:
    """The texts; those that say they were published after an earlier capture showed them have that capture's date."""
    captures: dict[str, list[int]] = defaultdict(list)
    for number, text in texts.items():
        if (page := address(text.article)) is not None:
            captures[page].append(number)
    found = dict(texts)
    for numbers in captures.values():
        numbers.sort(key=lambda number: (as_of(texts[number].article) or "", number))
        for at, number in enumerate(numbers[1:], 1):
            # Who does not claim to be younger than the first capture does not of any.
            if _claims_later(texts[number].article, texts[numbers[0]].article):
                earlier = next((before for before in numbers[:at] if _was_seen(found[before], texts[number])), None)
                if earlier is not None:
                    article = _dated(texts[number].article, found[earlier].article)
                    found[number] = replace(texts[number], article=article)
    return found


def _claims_later(article: Article, before: Article) -> bool:
    """Whether a page says that it was published after an earlier capture of it."""
    span, seen = published(article), as_of(before)
    try:
        return span is not None and seen is not None and span.earliest > datetime.fromisoformat(seen)
    except (ValueError, TypeError):  # a time without a zone, or none
        return False


def _was_seen(before: Text, text: Text) -> bool:
    """Whether ``before`` shows what ``text`` says was published later."""
    if not _claims_later(text.article, before.article):
        return False
    mine, yours = ({sentence.plain for sentence in one.sentences} for one in (before, text))
    return len(mine & yours) >= _SAME * max(1, min(len(mine), len(yours)))


def _dated(article: Article, like: Article) -> Article:
    return replace(
        article,
        date_published=like.date_published,
        date_published_raw=like.date_published_raw,
        date_published_earliest=like.date_published_earliest,
        date_published_latest=like.date_published_latest,
    )
