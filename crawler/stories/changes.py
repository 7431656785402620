"""What matched sentences say differently in the particulars: figures, units, days and months, names, negation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from crawler.stories.dates import EVERY_DAY, PARTS_OF_DATES, changed_dates
from crawler.stories.figures import MULTIPLES, changed_figures
from crawler.stories.negation import changed_negation
from crawler.stories.number_words import WRITTEN, changed_number_words
from crawler.stories.wording import Wording

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COMPARED_APART = EVERY_DAY | MULTIPLES.keys()
_ALIKE, _LONG = 0.75, 4
"""Likeness and letters of two names from which on one is the other's misspelling."""


def changed_particulars(originals: Sequence[Wording], copies: Sequence[Wording], *, edited: bool) -> tuple[str, ...]:
    """Each change as ``14 → 12``, ``Monday → Tuesday``, ``Osei → Osai``, as printed.

    ``edited`` says that the copy follows the original word for word but for an edit or two: then every name put in
    another's place counts. Else only names that are each other's misspelling do, since rewriters call people what they
    like.
    """
    found = changed_figures(originals, copies)
    if edited:
        found += changed_negation(originals, copies)
    strange = set(chain.from_iterable([sentence.words for sentence in copies]))
    strange.difference_update(*[sentence.words for sentence in originals])
    # The first letter of a sentence is a capital whatever the word.
    printed = " ".join([sentence.printed[1:] for sentence in copies])
    named = any(word[0].upper() + word[1:] in printed for word in strange)
    dated, counted = not PARTS_OF_DATES.isdisjoint(strange), not WRITTEN.isdisjoint(strange)
    if not (named or dated or counted):
        return tuple(dict.fromkeys(found))
    before = [word for sentence in originals for word in _WORD.findall(sentence.printed)]
    after = [word for sentence in copies for word in _WORD.findall(sentence.printed)]
    if dated:
        found += changed_dates(before, after)
    if counted:
        found += changed_number_words(before, after)
    if named:
        found += _names(before, after, edited=edited)
    return tuple(dict.fromkeys(found))


def _names(before: Sequence[str], after: Sequence[str], *, edited: bool) -> list[str]:
    known = set(before)
    strange = [word for word in after[1:] if word not in known and word[0].isupper()]
    if not strange:
        return []
    known = {_bare(word) for word in before} | {word.lower() for word in before}
    if all(_bare(word) in known for word in strange):
        return []
    gone = {_bare(word) for word in after}
    found = []
    steps = Levenshtein.opcodes([word.lower() for word in before], [word.lower() for word in after])
    for step in steps:
        if step.tag != "replace":
            continue
        for old, new in zip(before[step.src_start : step.src_end], after[step.dest_start :], strict=False):
            # The first word of a sentence is capitalised whatever it is.
            named = old[0].isupper() and new[0].isupper() and step.src_start > 0 and step.dest_start > 0
            if named and _bare(new) not in known and _bare(old) not in gone and _differ(old, new, edited=edited):
                found.append(f"{old} → {new}")
    return found


def _differ(old: str, new: str, *, edited: bool) -> bool:
    one, other = _bare(old), _bare(new)
    if {one, other} & _COMPARED_APART or _begin_alike(one, other):
        return False  # "Russia" and "Russian" are one name
    alike = min(len(one), len(other)) >= _LONG and fuzz.ratio(one, other) / 100 >= _ALIKE
    return edited or alike


def _begin_alike(one: str, other: str) -> bool:
    """True where the shorter, but for its last letter, begins the longer."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) < len(longer) and longer.startswith(shorter[:-1])


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")
