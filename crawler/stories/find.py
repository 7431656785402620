"""Which articles tell one text: candidates by shared runs of words, confirmed by aligning their sentences."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.model import Alignment, Article, Story
from crawler.stories.align import align_worded
from crawler.stories.families import Relation, families
from crawler.stories.outlets import address_of
from crawler.stories.sentences import split_sentences
from crawler.stories.shingles import candidate_pairs, shingles, words_in_runs
from crawler.stories.timing import published
from crawler.stories.wording import Wording, word_sentences, words_of

LEAST_SHARE = 0.15
"""Share of the shorter text, quotations left out, that must have been taken over."""
_LEAST_WORDS = 20
"""Words below which nothing is proved, however short the text."""
_RUNS = ((3, 0.2), (8, 0.1))
"""Words in a run, and the share of a text in such runs that proves copying: many short ones or some long ones."""
_MOST, _MOST_WORDS = 0.6, 120
"""Share and number of words matched from which on no runs are asked for: a rewriter who is thorough leaves few."""
_LITTLE, _HOLDERS, _CENTRES = 0.35, 20, 5
"""A sentence is boilerplate where its holders have less than this in common. So many are looked at, and so many of them
taken for the one that the others might have copied."""
_REWORDED = 0.42
"""Score from which on a paraphrased sentence proves copying; two reporters of one event come near it by chance."""


@dataclass(frozen=True, slots=True)
class _Text:
    article: Article
    sentences: list[Wording]


def find_stories(articles: Iterable[Article]) -> list[Story]:
    """The stories that at least two of ``articles`` tell, those of the earliest texts first.

    A text that mixes two stories is a copy in both. ``original`` is None where no article is known to be the first.
    """
    texts = [_Text(article, word_sentences(split_sentences(article.text))) for article in articles if article.text]
    boilerplate = _boilerplate(texts)
    texts = [_Text(text.article, [one for one in text.sentences if one.plain not in boilerplate]) for text in texts]
    texts.sort(key=lambda text: _in_time(text.article))
    found = []
    for one, other in candidate_pairs([shingles(text.sentences) for text in texts]):
        if relation := _relate(one, other, texts):
            found.append(relation)
    sizes = [[sentence.own for sentence in text.sentences] for text in texts]
    return [_story(first, members, texts) for first, members in families(sizes, found, LEAST_SHARE)]


def _relate(one: int, other: int, texts: Sequence[_Text]) -> Relation | None:
    """How two texts hang together; None where neither took enough from the other."""
    mine, yours = texts[one], texts[other]
    alignment = align_worded(mine.article, yours.article, mine.sentences, yours.sentences)
    pairs = _taken(alignment)
    turned = tuple((copy, original) for original, copy in pairs)
    if not (_took(mine.sentences, yours.sentences, pairs) or _took(yours.sentences, mine.sentences, turned)):
        return None
    return Relation(one, other, _direction(mine.article, yours.article, alignment), pairs)


def _took(text: Sequence[Wording], source: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> bool:
    """True where enough of ``text`` outside quotations is in ``source``; its numbers come first in ``pairs``.

    Two reporters at one table write down the same quotation, and near sentences where the facts are the same; seldom do
    they choose the same runs of words.
    """
    own = sum(sentence.own for sentence in text)
    matched = sum(text[number].own for number in {pair[0] for pair in pairs})
    if matched < max(_LEAST_WORDS, LEAST_SHARE * own):
        return False
    return matched >= max(_MOST_WORDS, _MOST * own) or any(
        words_in_runs(text, source, pairs, length) >= max(_LEAST_WORDS, least * own) for length, least in _RUNS
    )


def _taken(alignment: Alignment) -> tuple[tuple[int, int], ...]:
    """The sentences of both texts that are so near each other that one was made of the other."""
    return tuple(
        (original, copy)
        for link in alignment.links
        if link.label in ("verbatim", "edited") or link.score >= _REWORDED
        for original in link.original
        for copy in link.copy
    )


def _boilerplate(texts: Sequence[_Text]) -> frozenset[str]:
    """Sentences that three or more texts have in common, while they have little else in common."""
    holders: dict[str, list[int]] = defaultdict(list)
    sets = [frozenset(sentence.plain for sentence in text.sentences) for text in texts]
    for number, plains in enumerate(sets):
        for plain in plains:
            holders[plain].append(number)
    return frozenset(
        plain
        for plain, numbers in holders.items()
        if len(numbers) > 2
        and max(_likeness(number, numbers[:_HOLDERS], sets) for number in numbers[:_CENTRES]) < _LITTLE
    )


def _likeness(centre: int, numbers: Sequence[int], sets: Sequence[frozenset[str]]) -> float:
    """How much one text has in common with others besides the one sentence all of them have, on average."""
    others = [number for number in numbers if number != centre]
    shared = [
        (len(sets[centre] & sets[number]) - 1, min(len(sets[centre]), len(sets[number])) - 1) for number in others
    ]
    return sum(common / max(1, least) for common, least in shared) / len(others)


def _direction(one: Article, other: Article, alignment: Alignment) -> str:
    """The alignment's direction; of two captures of one page the earlier is the first."""
    captured = one.captured_at and other.captured_at
    if captured and one.url and other.url and address_of(one.url) == address_of(other.url):
        return "original" if (one.captured_at or "") <= (other.captured_at or "") else "copy"
    return alignment.direction


def _story(first: int | None, members: Sequence[int], texts: Sequence[_Text]) -> Story:
    original = None if first is None else texts[first].article
    copies = tuple(texts[number].article for number in members if number != first)
    return Story(_id(original or copies[0]), original, copies)


def _in_time(article: Article) -> tuple[str, str, str]:
    span = published(article)
    return (span.earliest.isoformat() if span else "9999", article.captured_at or "", article.url or "")


def _id(article: Article) -> str:
    """Stays the same while further copies join: made of the first article's address, or of its words."""
    known_by = article.url or " ".join(words_of(article.text or ""))
    return hashlib.sha256(known_by.encode()).hexdigest()[:16]
