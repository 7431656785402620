"""Quoted passages: what survives a rewrite word for word, and by whom it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import LCSseq

_PAIRS = re.compile(
    r"“([^”“]{2,})(?:”|$)|\"([^\"]{2,})(?:\"|$)|«\s?([^»]{2,}?)\s?(?:»|$)|„([^“”]{2,})(?:[“”]|$)|「([^」]{2,})(?:」|$)"
    r"|‘([^‘]{12,}?)’(?!\w)|^([^“\"]{12,})”"
)
_MARK = re.compile('["“”«„「‘]')
LONG_ENOUGH = 4
"""Words from which on an equal passage is a quotation of one utterance and not a common phrase."""


# Asked of every sentence twice: for its words, and for its speakers.
@lru_cache(maxsize=1 << 12)
def quotations(sentence: str) -> Sequence[str]:
    """The quoted passages of one sentence, without their marks; one left open runs to the sentence's end."""
    if _MARK.search(sentence) is None:
        return ()
    return tuple(next(filter(None, found.groups())) for found in _PAIRS.finditer(sentence))


def outside_quotations(sentence: str) -> list[str]:
    """What stands before, between and after the quoted passages."""
    pieces, at = [], 0
    for found in _PAIRS.finditer(sentence):
        pieces.append(sentence[at : found.start()])
        at = found.end()
    return [*pieces, sentence[at:]]


def same_quotation(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """How much of the shorter of two quotations stands in the longer, 0 to 1; the best of all pairs.

    Passages of fewer than four words count as none: ``"more concrete"`` proves nothing.
    """
    best = 0.0
    for mine in one:
        for yours in other:
            shorter = min(len(mine), len(yours))
            if shorter >= LONG_ENOUGH:
                best = max(best, LCSseq.similarity(mine, yours) / shorter)
    return best
