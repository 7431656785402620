"""Texts of one form: results of two firms, reports of two matches, written by filling in the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.stories.dates import EVERY_DAY
from crawler.stories.figures import NUMBER_WORDS
from crawler.stories.homographs import is_meant
from crawler.stories.names import names_in
from crawler.stories.number_words import WRITTEN, has_characters
from crawler.stories.wording import Wording

_WRITTEN = WRITTEN | NUMBER_WORDS
_Pairs = Sequence[tuple[int, int]]
_BESIDE_CHARACTERS = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*(?![\d.,年月日])")
_FEW, _SHARED = 3, 1 / 6
"""Particulars of a form as short as that, and the share of them that two fillings have in common: ``Mill Road``."""
_FIGURES, _NAMES, _PARTICULARS = 4, 2, 6
"""Particulars of each kind, and altogether, below which nothing is said."""
_FIGURES_KEPT, _NAMES_LOST, _LOST = 1 / 3, 0.15, 0.6
"""Share of the figures that a copy keeps at least; of the names that are others where it is none, for in some languages
all nouns look like names; and of both together."""


def of_one_form(originals: Sequence[Wording], copies: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> bool:
    """True where matched sentences tell of other people, places and numbers in the same words.

    A copy may change a figure or name and leave some out, but not most of those in the sentences it took over.
    """
    changed = [(mine, yours) for mine, yours in pairs if originals[mine].plain != copies[yours].plain]
    if not changed:
        return False
    if _has_none_of(originals, {pair[0] for pair in pairs}, copies) and _has_none_of(
        copies, {pair[1] for pair in pairs}, originals
    ):
        return True
    return _are_others(originals, changed, pairs, 0, copies) and _are_others(copies, changed, pairs, 1, originals)


def _has_none_of(text: Sequence[Wording], chosen: Iterable[int], other: Sequence[Wording]) -> bool:
    """True where all that the chosen sentences tell in names, days and numbers is another there, however little."""
    near = {word for sentence in text for word in sentence.words}
    found: set[str] = set()
    for number in chosen:
        words = text[number].words
        found.update(_figures_of(text[number]), map(str.lower, names_in(text[number].printed)))
        found.update(
            EVERY_DAY.intersection(words), (word for word in _WRITTEN.intersection(words) if is_meant(word, near))
        )
    known = {word for sentence in other for word in (*sentence.words, *_figures_of(sentence))}
    return len(found) >= _FEW and len(found & known) <= _SHARED * len(found)


def _are_others(text: Sequence[Wording], changed: _Pairs, matched: _Pairs, side: int, other: Sequence[Wording]) -> bool:
    known = {word for sentence in other for word in (*sentence.words, *_figures_of(sentence))}
    numbers = sorted({pair[side] for pair in changed})
    figures = {figure for number in numbers for figure in _figures_of(text[number])}
    names = {name.lower() for number in numbers for name in names_in(text[number].printed)} - EVERY_DAY
    no_figures, no_names = len(figures - known), len(names - known)
    if len(figures) >= _FIGURES and len(figures) - no_figures <= _FIGURES_KEPT * len(figures):
        if not names:  # two lines of many have other figures where a report was brought up to date
            of_all = {figure for pair in matched for figure in _figures_of(text[pair[side]])}
            return len(of_all & known) <= _FIGURES_KEPT * len(of_all)
        return no_names >= max(_NAMES, _NAMES_LOST * len(names))
    return len(figures) + len(names) >= _PARTICULARS and no_figures + no_names >= _LOST * (len(figures) + len(names))


def _figures_of(sentence: Wording) -> list[str]:
    """Numbers in digits, but for those of a date."""
    if has_characters(sentence.plain):
        return _BESIDE_CHARACTERS.findall(sentence.plain)
    words = sentence.words
    return [
        word
        for at, word in enumerate(words)
        if word[0].isdigit()
        and EVERY_DAY.isdisjoint(words[max(0, at - 1) : at + 2])
        and not (len(word) == 4 and word[:2] in ("19", "20"))
    ]
