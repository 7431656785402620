"""The sentences of an original that one sentence of a copy may be made of, by the weight of the words they share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from crawler.stories.quotations import same_quotation
from crawler.stories.wording import Wording

_CANDIDATES = 4
_NEAR = 0.5
"""Candidates with less than this part of the best one's likeness are not looked at more closely."""
_WHOLE = 0.9
_SECOND, _ADDS, _USED = 0.45, 0.16, 0.2
"""No second original is looked for where a single one is edited so little. It is merged in where it explains this share
of what the first leaves open, and this share of the whole sentence, and this share of what it says itself is used."""


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences of a copy and those of the original they were made of; ``score`` is 0 to 1."""

    copies: tuple[int, ...]
    originals: tuple[int, ...]
    score: float
    method: str


class Scale:
    """Weighs the sentences of a copy against those of the original: TF-IDF over the terms of these two texts."""

    def __init__(self, originals: Sequence[Wording], copies: Sequence[Wording]) -> None:
        self.originals, self.copies = originals, copies
        seen = Counter(chain.from_iterable([sentence.terms for sentence in chain(originals, copies)]))
        count = len(originals) + len(copies)
        rarity = {times: math.log(1 + count / times) ** 2 for times in set(seen.values())}
        self.weight = {term: rarity[times] for term, times in seen.items()}
        for term in [term for term in seen if len(term) < 3 or term[0].isdigit()]:
            self.weight[term] *= _load(term)
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(originals):
            for term in sentence.terms:
                self.places[term].append(number)
        self.root = [math.sqrt(self._sum(sentence.terms)) for sentence in originals]

    def match(self, number: int) -> Match | None:
        """The nearest originals of a copy's sentence; None where none has a term of it."""
        sentence = self.copies[number]
        shared: dict[int, float] = defaultdict(float)
        for term in sentence.terms:
            weight = self.weight[term]
            for place in self.places.get(term, ()):
                shared[place] += weight
        if not shared:
            return None
        mass = math.sqrt(self._sum(sentence.terms))
        likeness = {place: common / (mass * self.root[place]) for place, common in shared.items()}
        nearest = sorted(sorted(likeness), key=likeness.__getitem__, reverse=True)[:_CANDIDATES]
        near = [place for place in nearest if likeness[place] >= _NEAR * likeness[nearest[0]]]
        scored = [(*self._score(sentence, place, likeness[place]), place) for place in near]
        score, method, first = max(scored, key=lambda one: (one[0], -one[2]))
        whole = method == "edit distance" and score >= _WHOLE
        places = (first,) if whole else (first, *self._seconds(sentence, first, nearest))
        return Match((number,), tuple(sorted(places)), round(score, 4), method)

    def _score(self, sentence: Wording, place: int, likeness: float) -> tuple[float, str]:
        other = self.originals[place]
        quoted = same_quotation(sentence.quotations, other.quotations) if sentence.quotations else 0.0
        if quoted >= 0.7:
            return 0.5 + 0.5 * quoted * max(likeness, 0.8), "quotation"
        edit = fuzz.ratio(sentence.plain, other.plain, score_cutoff=75) / 100
        if edit:
            return edit, "edit distance"
        letters = fuzz.token_set_ratio(sentence.plain, other.plain) / 100
        return 0.7 * likeness + 0.3 * max(0.0, letters - 0.3) / 0.7, "tf-idf"

    def _seconds(self, sentence: Wording, first: int, nearest: Sequence[int]) -> list[int]:
        """A further original where the sentence says much that the first does not and the further one does."""
        known = set(self.originals[first].terms)
        # A word that the original never uses is the rewriter's own and asks for no second source.
        open_terms = {term for term in sentence.terms if term not in known and term in self.places}
        left = self._sum(term for term in sentence.terms if term in open_terms)
        whole = self._sum(sentence.terms)
        if left < _ADDS * whole:
            return []
        explained: dict[int, float] = {}
        for place in nearest:
            own = [term for term in self.originals[place].terms if term not in known]
            terms = [term for term in own if term in open_terms]
            if place != first and len(terms) > 1 and self._sum(terms) >= _USED * self._sum(own):
                explained[place] = self._sum(terms)
        second = max(explained, key=lambda place: (explained[place], -place), default=first)
        return [second] if explained.get(second, 0.0) >= max(_SECOND * left, _ADDS * whole) else []

    def _sum(self, terms: Iterable[str]) -> float:
        weight = self.weight
        return sum([weight[term] for term in terms]) or 1e-9


def _load(term: str) -> float:
    """Figures tell sentences apart better than words, very short words worse."""
    if term[0].isdigit():
        return 1.5
    return 0.6 if term.isascii() else 1.0
