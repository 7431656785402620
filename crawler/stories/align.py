"""Which sentences of a copy were made of which sentences of its original, and what was done to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from crawler.model import Alignment, Article, Coverage, Link
from crawler.stories.changes import changed_particulars
from crawler.stories.direction import find_direction
from crawler.stories.matching import Match, Scale
from crawler.stories.moves import with_moves
from crawler.stories.sentences import split_sentences
from crawler.stories.speakers import Passage, link_quotations, passages_of
from crawler.stories.wording import Wording, word_sentences

STRICT, LENIENT = 0.36, 0.26
"""Scores below which a sentence is taken for unrelated: between texts with nothing else in common, and in a text that
is plainly a rewrite, where one sentence more is likely to be one too."""
_SURE = 0.5
"""Score from which on a match counts towards the share of the copy that was taken."""
_PLAIN = 0.8
"""Share of a text's words in sure matches from which on it is plainly a rewrite."""
_NEARLY = 0.9
"""Score by edit distance from which on a sentence is plainly the other with an edit."""
_CURRENCY = re.compile("[$€£¥₹₽]")
_TURNED = {"original": "copy", "copy": "original", "undecided": "undecided"}


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
def _worded(text: str) -> tuple[Sequence[Wording], Sequence[Passage]]:
    sentences = word_sentences(split_sentences(text))
    return sentences, passages_of(sentences)


def align_worded(
    original: Article, copy: Article, originals: Sequence[Wording], copies: Sequence[Wording]
) -> Alignment:
    """The same for texts whose sentences are worded already, as where one text is compared with many."""
    links = link_sentences(originals, copies)
    coverage = _coverage(originals, copies, links)

    def turned() -> tuple[Sequence[Link], Coverage]:
        back = link_sentences(copies, originals, labelled=False)
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


def turn(alignment: Alignment, originals: Sequence[Wording], copies: Sequence[Wording]) -> Alignment:
    """The alignment of the same two texts with their roles exchanged, so that ``originals`` were the copy's before."""
    links = link_sentences(originals, copies)
    return Alignment(
        original_sentences=alignment.copy_sentences,
        copy_sentences=alignment.original_sentences,
        links=links,
        coverage=_coverage(originals, copies, links),
        direction=_TURNED[alignment.direction],
        reasons=tuple(replace(reason, weight=-reason.weight) for reason in alignment.reasons),
    )


def link_sentences(
    originals: Sequence[Wording], copies: Sequence[Wording], *, labelled: bool = True
) -> tuple[Link, ...]:
    """The links in the order of the copy, then what was dropped in the order of the original.

    Where they need not be ``labelled``, what was done to a sentence is not looked into and all count as paraphrased.
    """
    return _linked(_Compared.of(originals), _Compared.of(copies), labelled)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A text's sentences; equal for all whose sentences read the same and quote the same."""

    read: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]
    sentences: Sequence[Wording] = field(compare=False)

    @classmethod
    def of(cls, sentences: Sequence[Wording]) -> _Compared:
        return cls(tuple((sentence.printed, sentence.plain, sentence.quotations) for sentence in sentences), sentences)


# A page that is captured every hour says the same most of the time.
@lru_cache(maxsize=1 << 6)
def _linked(original: _Compared, copy: _Compared, labelled: bool) -> tuple[Link, ...]:
    originals, copies = original.sentences, copy.sentences
    found = _exact(originals, copies)
    rest = {number: sentence for number, sentence in enumerate(copies) if number not in found}
    if rest and originals:
        scale = Scale(originals, rest)
        guesses = [match for number in rest if (match := scale.match(number))]
        threshold = _threshold([*found.values(), *guesses], copies)
        found.update((match.copies[0], match) for match in guesses if match.score >= threshold)
    joined = _joined(found)
    if labelled:
        links = [_link(match, originals, copies) for match in joined]
    else:
        links = [Link(one.copies, one.originals, "paraphrased", False, one.score, one.method) for one in joined]
    links += [Link((number,), (), "added", False, 0.0, "none") for number in range(len(copies)) if number not in found]
    links.sort(key=lambda link: link.copy)
    kept = {number for link in links for number in link.original}
    dropped = [
        Link((), (number,), "dropped", False, 0.0, "none") for number in range(len(originals)) if number not in kept
    ]
    return (*with_moves(links), *dropped)


def _exact(originals: Sequence[Wording], copies: Sequence[Wording]) -> dict[int, Match]:
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
            found[number] = Match((number,), (place,), 1.0, "exact")
    return found


def _threshold(matches: Sequence[Match], copies: Sequence[Wording]) -> float:
    sure = sum(copies[match.copies[0]].size for match in matches if match.score >= _SURE)
    share = sure / max(1, sum(sentence.size for sentence in copies))
    return STRICT - (STRICT - LENIENT) * min(1.0, share / _PLAIN)


def _joined(found: dict[int, Match]) -> list[Match]:
    """Neighbouring sentences of the copy that came of one original become one match: a split sentence."""
    joined: list[Match] = []
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


def _link(match: Match, originals: Sequence[Wording], copies: Sequence[Wording]) -> Link:
    label = _label(match, originals, copies)
    changed: tuple[str, ...] = ()
    if label != "verbatim":
        sources = [originals[number] for number in match.originals]
        changed = changed_particulars(sources, [copies[number] for number in match.copies], edited=label == "edited")
    return Link(match.copies, match.originals, label, False, match.score, match.method, changed)


def _label(match: Match, originals: Sequence[Wording], copies: Sequence[Wording]) -> str:
    if match.method == "exact":
        one, other = originals[match.originals[0]].printed, copies[match.copies[0]].printed
        # Words leave out signs: $300 → €300.
        return "verbatim" if one == other or _CURRENCY.findall(one) == _CURRENCY.findall(other) else "edited"
    if len(match.originals) > 1:
        return "merged"
    if match.method == "edit distance" and match.score >= _NEARLY:
        return "edited"
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
