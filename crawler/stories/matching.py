"""The sentences of an original that one sentence of a copy may be made of, by the weight of the words they share."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from crawler.stories.quotations import same_quotation
from crawler.stories.wording import Wording

_CANDIDATES = 4
"""Sentences of the original, the nearest by shared terms, that one of the copy is compared with."""
_MANY = 500
"""Sentences from which on a text is a long one, whose sentences are not all weighed against each of the other's."""
_LOOKED_AT, _WEIGHED = 4000, 24
"""Of a long original so many sentences that share a term are looked at, those of the rarest terms first, and of them so
many, the nearest, are weighed in full: else two texts of ten thousand sentences would take minutes."""
_BEYOND = "\u0600"
_NEAR = 0.5
"""Candidates with less than this part of the best one's likeness are not looked at more closely."""
_WHOLE = 0.9
"""Score from which on one sentence is the whole source of another."""
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
    """Weighs sentences of a copy against those of the original: TF-IDF over the terms of the original and of these."""

    def __init__(self, originals: Sequence[Wording], copies: Mapping[int, Wording]) -> None:
        self.originals, self.copies = originals, copies
        self._terms = [sentence.terms for sentence in originals]
        asked = [sentence.terms for sentence in copies.values()]
        seen = Counter(chain.from_iterable([*self._terms, *asked]))
        count = len(originals) + len(copies)
        rarity = {times: math.log(1 + count / times) ** 2 for times in set(seen.values())}
        self._weight = {term: rarity[times] for term, times in seen.items()}
        # Figures stand before the colon or, in other scripts, after the Latin, Greek and Cyrillic letters.
        for term in [term for term in seen if len(term) < 3 or term < ":" or term > _BEYOND]:
            self._weight[term] *= _load(term)
        wanted = set().union(*asked)
        self._places: dict[str, list[int]] = {}
        for number, terms in enumerate(self._terms):
            for term in wanted.intersection(terms):
                if (places := self._places.get(term)) is None:
                    self._places[term] = [number]
                else:
                    places.append(number)
        self._mass = [self._sum(terms) for terms in self._terms]

    def match(self, number: int) -> Match | None:
        """The nearest originals of a copy's sentence; None where none has a term of it."""
        sentence = self.copies[number]
        terms = sentence.terms
        whole = self._sum(terms)
        shared = self._shared(terms) if len(self.originals) < _MANY else self._shared_with_long(terms)
        nearest = sorted([(-common / math.sqrt(whole * self._mass[place]), place) for place, common in shared])
        nearest = nearest[:_CANDIDATES]
        if not nearest:
            return None
        least = _NEAR * nearest[0][0]
        score, method, first = 0.0, "", -1
        for far, place in nearest:
            if far <= least:
                mine, how = self._score(sentence, place, -far, score)
                if mine > score or (mine == score and place < first):
                    score, method, first = mine, how, place
        places = [first]
        if method != "edit distance" or score < _WHOLE:
            places += self._second(terms, whole, first, [place for _, place in nearest if place != first])
        return Match((number,), tuple(sorted(places)), round(score, 4), method)

    def _shared(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """The originals that share terms with these, and the weight of those shared."""
        weights, known = self._weight, self._places
        shared = [0.0] * len(self.originals)
        for term in terms:
            if term in known:
                weight = weights[term]
                for place in known[term]:
                    shared[place] += weight
        return [(place, common) for place, common in enumerate(shared) if common]

    def _shared_with_long(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """The same for those that share most, as the rarer terms tell."""
        weights, mass, known = self._weight, self._mass, self._places
        by_rare: dict[int, float] = {}
        room = _LOOKED_AT
        for places, term in sorted((len(known[term]), term) for term in terms if term in known):
            weight = weights[term]
            for place in known[term][:room]:
                by_rare[place] = by_rare.get(place, 0.0) + weight
            room -= places
            if room <= 0:
                break
        nearest = heapq.nlargest(_WEIGHED, by_rare, key=lambda place: (by_rare[place] ** 2 / mass[place], -place))
        return [(place, sum(weights[term] for term in terms if term in self._terms[place])) for place in nearest]

    def _score(self, sentence: Wording, place: int, likeness: float, least: float) -> tuple[float, str]:
        """How sure it is that the sentence was made of this original; less than ``least`` is not worked out."""
        other = self.originals[place]
        quoted = same_quotation(sentence.quotations, other.quotations) if sentence.quotations else 0.0
        if quoted >= 0.7:
            return 0.5 + 0.5 * quoted * max(likeness, 0.8), "quotation"
        edit = fuzz.ratio(sentence.plain, other.plain, score_cutoff=75) / 100
        if edit:
            return edit, "edit distance"
        if 0.7 * likeness + 0.3 < least:
            return 0.0, "tf-idf"
        if sentence.is_spaced:
            letters = fuzz.token_set_ratio(sentence.plain, other.plain) / 100
        else:
            letters = _signs_in_common(sentence.plain, other.plain)
        return 0.7 * likeness + 0.3 * max(0.0, letters - 0.3) / 0.7, "tf-idf"

    def _second(self, terms: Sequence[str], whole: float, first: int, others: Sequence[int]) -> list[int]:
        """A further original where the sentence says much that the first does not and the further one does."""
        known = frozenset(self._terms[first])
        # A word that the original never uses is the rewriter's own and asks for no second source.
        open_terms = [term for term in terms if term not in known and term in self._places]
        left = self._sum(open_terms)
        if left < _ADDS * whole:
            return []
        still_open = frozenset(open_terms)
        most, second = 0.0, first
        for place in sorted(others):
            own = [term for term in self._terms[place] if term not in known]
            explained = [term for term in own if term in still_open]
            if len(explained) > 1:
                mass = self._sum(explained)
                if mass > most and mass >= _USED * self._sum(own):
                    most, second = mass, place
        return [second] if most >= max(_SECOND * left, _ADDS * whole) else []

    def _sum(self, terms: Iterable[str]) -> float:
        return sum(map(self._weight.__getitem__, terms)) or 1e-9


def _signs_in_common(one: str, other: str) -> float:
    """Share of the shorter text's signs that are in the other, wherever: without spaces there are no words to find."""
    mine, yours = Counter(one.replace(" ", "")), Counter(other.replace(" ", ""))
    return (mine & yours).total() / max(1, min(mine.total(), yours.total()))


def _load(term: str) -> float:
    """Figures tell sentences apart better than words, very short words worse."""
    if term[0].isdigit():
        return 1.5
    return 0.6 if len(term) < 3 and term.isascii() else 1.0
