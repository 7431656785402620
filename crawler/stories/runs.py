"""Runs of words that matched sentences of two texts have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from crawler.stories.wording import Wording


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
