"""Runs of words that two texts have in common: the cheap first question whether one may hold the other's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

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
        found.update(map(hash, _runs(sentence, LENGTH)))
    return frozenset(found)


def words_in_runs(
    text: Sequence[Wording], source: Sequence[Wording], pairs: Iterable[tuple[int, int]], length: int
) -> int:
    """How many words of ``text``, quotations left out, stand in runs of ``length`` that are in the matched source too.

    ``pairs`` are numbers of matched sentences, those of ``text`` first.
    """
    known: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for mine, yours in pairs:
        known[mine].update(_runs(source[yours], length))
    return sum(_words_covered(text[number], runs, length) for number, runs in known.items())


def _words_covered(sentence: Wording, known: set[tuple[str, ...]], length: int) -> int:
    runs = list(_runs(sentence, length))
    covered: set[int] = set()
    for at, run in enumerate(runs):
        if run in known:
            covered.update(range(at, at + len(run)))
    words = round(len(covered) / len(sentence.units) * sentence.size) if covered else 0
    return max(0, words - (sentence.size - sentence.own))


def _runs(sentence: Wording, length: int) -> Iterable[tuple[str, ...]]:
    units = sentence.units
    if units is not sentence.words:
        length *= 2
    return zip(*(units[at:] for at in range(length)), strict=False)


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
