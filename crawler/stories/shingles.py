"""Runs of words that two texts have in common: the cheap first question whether one may hold the other's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from crawler.stories.wording import Wording

LENGTH = 4
"""Words in a run: a rewrite keeps runs of four, a chance report of the same event shares few."""
_COMMON = 200
"""A run in more texts than this is a phrase or an outlet's boilerplate and proposes no pair."""
_LEAST = 3


def shingles(sentences: Sequence[Wording]) -> frozenset[int]:
    """Hashes of all runs of words within the sentences; of characters where a script puts no spaces."""
    found: set[int] = set()
    for sentence in sentences:
        words: Sequence[str] = sentence.words
        if not sentence.plain.isascii() and sum(map(len, words)) > 12 * len(words):
            words = [character for word in words for character in word]
            found.update(hash(tuple(words[at : at + 2 * LENGTH])) for at in range(len(words) - 2 * LENGTH + 1))
        else:
            found.update(map(hash, zip(*(words[at:] for at in range(LENGTH)), strict=False)))
    return frozenset(found)


def candidate_pairs(texts: Sequence[frozenset[int]], least_share: float = 0.02) -> Iterator[tuple[int, int]]:
    """Pairs of texts that share at least three runs and ``least_share`` of the shorter's, in order."""
    places: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for shingle in text:
            places[shingle].append(number)
    rare = {shingle: holders for shingle, holders in places.items() if 1 < len(holders) <= _COMMON}
    for number, text in enumerate(texts):
        shared = Counter(other for shingle in text for other in rare.get(shingle, ()) if other > number)
        for other in sorted(shared):
            if shared[other] >= max(_LEAST, least_share * min(len(text), len(texts[other]))):
                yield number, other
