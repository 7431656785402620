"""Which sentences of a copy were made of which sentences of its original, and what was done to them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from crawler.model import Alignment, Article, Coverage, Link, Quotation
from crawler.stories.changes import changed_particulars
from crawler.stories.direction import find_direction
from crawler.stories.moves import with_moves
from crawler.stories.quotations import same_quotation
from crawler.stories.sentences import split_sentences
from crawler.stories.speakers import link_quotations, quotations_of
from crawler.stories.wording import Wording, word_sentences

STRICT, LENIENT = 0.36, 0.26
"""Scores below which a sentence is taken for unrelated: between texts with nothing else in common, and in a text that
is plainly a rewrite, where one sentence more is likely to be one too."""
_SURE = 0.5
_PLAIN = 0.8
"""Share of a text's words in sure matches from which on it is plainly a rewrite."""
_CANDIDATES = 4
_NEAR = 0.5
"""Candidates with less than this part of the best one's likeness are not looked at more closely."""
_CURRENCY = re.compile("[$€£¥₹₽]")
_WHOLE = 0.9
_SECOND, _ADDS, _USED = 0.45, 0.16, 0.2
"""No second original is looked for where a single one is edited so little. It is merged in where it explains this share
of what the first leaves open, and this share of the whole sentence, and this share of what it says itself is used."""


def align(original: Article, copy: Article) -> Alignment:
    """Align the sentences of ``copy`` with those of ``original``.

    Every sentence of either text is in at least one link: copied ones with their source, the rest as ``added`` or
    ``dropped``. The same two texts always give the same alignment.
    """
    originals, quoted = _worded(original.text or "")
    copies, requoted = _worded(copy.text or "")
    alignment = align_worded(original, copy, originals, copies)
    return replace(alignment, quotations=link_quotations(quoted, requoted)) if quoted and requoted else alignment


# One original is compared with many copies.
@lru_cache(maxsize=1 << 6)
def _worded(text: str) -> tuple[Sequence[Wording], Sequence[Quotation]]:
    sentences = split_sentences(text)
    return word_sentences(sentences), quotations_of(sentences)


def align_worded(
    original: Article, copy: Article, originals: Sequence[Wording], copies: Sequence[Wording]
) -> Alignment:
    """The same for texts whose sentences are worded already, as where one text is compared with many."""
    links = link_sentences(originals, copies)
    coverage = _coverage(originals, copies, links)

    def turned() -> tuple[Sequence[Link], Coverage]:
        back = link_sentences(copies, originals)
        return back, _coverage(copies, originals, back)

    direction, reasons = find_direction(original, copy, originals, copies, links, coverage, turned)
    return Alignment(
        original_sentences=tuple(sentence.printed for sentence in originals),
        copy_sentences=tuple(sentence.printed for sentence in copies),
        links=links,
        coverage=coverage,
        direction=direction,
        reasons=reasons,
    )


def link_sentences(originals: Sequence[Wording], copies: Sequence[Wording]) -> tuple[Link, ...]:
    """The links in the order of the copy, then what was dropped in the order of the original."""
    found = _exact(originals, copies)
    rest = [number for number in range(len(copies)) if number not in found]
    if rest and originals:
        scale = _Scale(originals, copies)
        guesses = [match for number in rest if (match := scale.match(number))]
        threshold = _threshold([*found.values(), *guesses], copies)
        found.update((match.copies[0], match) for match in guesses if match.score >= threshold)
    links = [_link(match, originals, copies) for match in _joined(found)]
    links += [Link((number,), (), "added", False, 0.0, "none") for number in range(len(copies)) if number not in found]
    links.sort(key=lambda link: link.copy)
    kept = {number for link in links for number in link.original}
    dropped = [
        Link((), (number,), "dropped", False, 0.0, "none") for number in range(len(originals)) if number not in kept
    ]
    return (*with_moves(links), *dropped)


@dataclass(frozen=True, slots=True)
class _Match:
    copies: tuple[int, ...]
    originals: tuple[int, ...]
    score: float
    method: str


def _exact(originals: Sequence[Wording], copies: Sequence[Wording]) -> dict[int, _Match]:
    """Copies whose words are those of an original, which is used once where it can be."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(originals):
        if sentence.plain:
            places[sentence.plain].append(number)
    found, used = {}, Counter[str]()
    for number, sentence in enumerate(copies):
        if here := places.get(sentence.plain):
            place = here[min(used[sentence.plain], len(here) - 1)]
            used[sentence.plain] += 1
            found[number] = _Match((number,), (place,), 1.0, "exact")
    return found


def _threshold(matches: Sequence[_Match], copies: Sequence[Wording]) -> float:
    sure = sum(copies[match.copies[0]].size for match in matches if match.score >= _SURE)
    share = sure / max(1, sum(sentence.size for sentence in copies))
    return STRICT - (STRICT - LENIENT) * min(1.0, share / _PLAIN)


class _Scale:
    """Weighs the sentences of a copy against those of the original: TF-IDF over the terms of these two texts."""

    def __init__(self, originals: Sequence[Wording], copies: Sequence[Wording]) -> None:
        self.originals, self.copies = originals, copies
        seen = Counter(chain.from_iterable([sentence.terms for sentence in chain(originals, copies)]))
        count = len(originals) + len(copies)
        rarity = {times: math.log(1 + count / times) ** 2 for times in set(seen.values())}
        self.weight = {term: rarity[times] for term, times in seen.items()}
        for term in filter(_is_figure_or_short, seen):
            self.weight[term] *= _load(term)
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(originals):
            for term in sentence.terms:
                self.places[term].append(number)
        self.root = [math.sqrt(self._sum(sentence.terms)) for sentence in originals]

    def match(self, number: int) -> _Match | None:
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
        return _Match((number,), tuple(sorted(places)), round(score, 4), method)

    def _score(self, sentence: Wording, place: int, likeness: float) -> tuple[float, str]:
        other = self.originals[place]
        quoted = same_quotation(sentence.quotations, other.quotations) if sentence.quotations else 0.0
        if quoted >= 0.7:
            return 0.5 + 0.5 * quoted * max(likeness, 0.8), "quotation"
        letters = fuzz.token_set_ratio(sentence.plain, other.plain) / 100
        edit = fuzz.ratio(sentence.plain, other.plain) / 100
        if edit >= 0.75:
            return edit, "edit distance"
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


def _is_figure_or_short(term: str) -> bool:
    return len(term) < 3 or term[0].isdigit()


def _load(term: str) -> float:
    """Figures tell sentences apart better than words, very short words worse."""
    if term[0].isdigit():
        return 1.5
    return 0.6 if term.isascii() else 1.0


def _joined(found: dict[int, _Match]) -> list[_Match]:
    """Neighbouring sentences of the copy that came of one original become one match: a split sentence."""
    joined: list[_Match] = []
    for number in sorted(found):
        match, last = found[number], joined[-1] if joined else None
        if (
            last
            and last.originals == match.originals
            and last.copies[-1] == number - 1
            and "exact" not in (last.method, match.method)
        ):
            better = max(last, match, key=lambda one: one.score)
            joined[-1] = replace(better, copies=(*last.copies, number))
        else:
            joined.append(match)
    return joined


def _link(match: _Match, originals: Sequence[Wording], copies: Sequence[Wording]) -> Link:
    label = _label(match, originals, copies)
    changed: tuple[str, ...] = ()
    if label != "verbatim":
        sources = [originals[number] for number in match.originals]
        changed = changed_particulars(sources, [copies[number] for number in match.copies], edited=label == "edited")
    return Link(match.copies, match.originals, label, False, match.score, match.method, changed)


def _label(match: _Match, originals: Sequence[Wording], copies: Sequence[Wording]) -> str:
    if match.method == "exact":
        signs = (
            _CURRENCY.findall(side[number].printed)
            for side, numbers in ((originals, match.originals), (copies, match.copies))
            for number in numbers
        )
        return "verbatim" if next(signs) == next(signs) else "edited"  # words leave out signs: $300 → €300
    if len(match.originals) > 1:
        return "merged"
    copy = [word for number in match.copies for word in copies[number].words]
    original = originals[match.originals[0]].words
    common = LCSseq.similarity(copy, original)
    if common >= 0.8 * max(len(copy), len(original)):
        return "edited"
    # Cut down, nothing rewritten: the words left are the original's in their order.
    return "edited" if common >= 0.85 * len(copy) and len(copy) >= 0.4 * len(original) else "paraphrased"


def _coverage(originals: Sequence[Wording], copies: Sequence[Wording], links: Sequence[Link]) -> Coverage:
    """Words in linked sentences over all words, both ways."""
    used = {number for link in links if link.copy for number in link.original}
    copied = {number for link in links if link.original for number in link.copy}
    return Coverage(of_copy=_share(copies, copied), of_original=_share(originals, used))


def _share(sentences: Sequence[Wording], chosen: set[int]) -> float:
    total = sum(sentence.size for sentence in sentences)
    return round(sum(sentences[number].size for number in chosen) / total, 4) if total else 0.0
