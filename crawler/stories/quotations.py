"""Quoted passages: what survives a rewrite word for word, and by whom it was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import LCSseq

# Begins with a set, for then a search skips what is not in it; what was opened decides what closes.
_PAIR = re.compile(
    r"[“\"«„「‘](?:(?<=“)([^”“]{2,})(?:”|$)|(?<=\")([^\"]{2,})(?:\"|$)|(?<=«)\s?([^»]{2,}?)\s?(?:»|$)"
    r"|(?<=„)([^“”]{2,})(?:[“”]|$)|(?<=「)([^」]{2,})(?:」|$)|(?<=‘)([^‘]{12,}?)’(?!\w))"
)
_CLOSED = re.compile(r"([^“\"]{12,})”")
"""What a quotation begun in an earlier sentence ends with."""
_MARKS = '"“”«„「‘'
LONG_ENOUGH = 4
"""Words from which on an equal passage is a quotation of one utterance and not a common phrase."""


def has_quotations(text: str) -> bool:
    """True where a passage may be quoted."""
    for mark in _MARKS:  # noqa: SIM110 - asked of every sentence; quicker than a pattern or a generator
        if mark in text:
            return True
    return False


# Asked of every sentence twice: for its words, and for its speakers.
@lru_cache(maxsize=1 << 12)
def quotations(sentence: str) -> Sequence[str]:
    """The quoted passages of one sentence, without their marks; one left open runs to the sentence's end."""
    if not has_quotations(sentence):
        return ()
    return tuple(next(filter(None, found.groups())) for found in _passages(sentence))


def outside_quotations(sentence: str) -> list[str]:
    """What stands before, between and after the quoted passages."""
    pieces, at = [], 0
    for found in _passages(sentence):
        pieces.append(sentence[at : found.start()])
        at = found.end()
    return [*pieces, sentence[at:]]


def _passages(sentence: str) -> Iterator[re.Match[str]]:
    start = 0
    if "”" in sentence and not _PAIR.match(sentence) and (closed := _CLOSED.match(sentence)):
        yield closed
        start = closed.end()
    yield from _PAIR.finditer(sentence, start)


def is_long(passage: Sequence[str], words: int = LONG_ENOUGH) -> bool:
    """True where a passage, given in words or single signs, is at least so many words long."""
    return len(passage) >= words and (len(passage) >= 2 * words or sum(map(len, passage)) > len(passage))


def same_quotation(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """How much of the shorter of two quotations stands in the longer, 0 to 1; the best of all pairs.

    Passages of fewer than four words count as none: ``"more concrete"`` proves nothing.
    """
    best = 0.0
    if theirs := [passage for passage in other if is_long(passage)]:
        for mine in one:
            if is_long(mine):
                for yours in theirs:
                    best = max(best, LCSseq.similarity(mine, yours) / min(len(mine), len(yours)))
    return best
