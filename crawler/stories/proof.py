"""Whether the sentences that two texts have in common prove that one was made of the other.

Two reporters at one table write down the same quotation, and near sentences where the facts are the same; seldom do
they choose the same runs of words, or say most of what the other says.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Link
from crawler.stories.quotations import is_long
from crawler.stories.runs import words_in_runs
from crawler.stories.wording import Wording

LEAST_SHARE = 0.125
"""Share of the shorter text, quotations left out, that must have been taken over: what is 0.15 in signs or sentences,
or quotations included, can be as little."""
_LEAST_WORDS = 20
"""Words below which nothing is proved, however short the text."""
_ALONE = 0.5
"""Share that a single sentence must be: round-ups and live blogs have one of many texts."""
_SHORT, _OF_TEXT = 3, 0.2
_LONG, _LONG_OF_TEXT = 8, 0.1
"""Words in a run, and the share of a text in such runs that proves copying: many short ones or some long ones."""
_DENSE, _DENSE_WORDS = 0.55, 40
"""Share of the matched words in runs of three, and their number, from which on they were copied, though they be a small
part of the whole: an excerpt in another's longer text. Where only the facts are the same, few runs are."""
_MOST, _MOST_WORDS = 0.6, 120
"""Share and number of words matched from which on no runs are asked for: a rewriter who is thorough leaves few."""
_MOSTLY = ((3, 0.6, 0.12, 8), (2, 0.9, 0.3, 12))
"""Of a text mostly made of the other, however short: sentences matched, the share of it that they are, and the share
and number of its words in runs of three. Of reports by two hands runs are a twentieth at most."""
_REWORDED = 0.42
"""Score from which on a paraphrased sentence proves copying; two reporters of one event come near it by chance."""
_QUOTED, _QUOTED_LONG = 3, 8
"""Passages in common, each of so many words, from which on quotations count: with two thirds of the rest in sentences
that are matched however loosely, or by themselves where they are most of the text, as in an interview."""
_LOOSELY = 0.6


def taken(links: Sequence[Link]) -> tuple[tuple[int, int], ...]:
    """The sentences of both texts, original first, that are so near each other that one was made of the other."""
    return tuple(
        (original, copy)
        for link in links
        if link.label in ("verbatim", "edited") or link.score >= _REWORDED
        for original in link.original
        for copy in link.copy
    )


def is_proof(originals: Sequence[Wording], copies: Sequence[Wording], links: Sequence[Link]) -> bool:
    """True where the links between two texts show that either took enough from the other."""
    pairs = taken(links)
    if not pairs:
        return False
    turned = [(copy, original) for original, copy in pairs]
    return (
        _took(originals, copies, pairs)
        or _took(copies, originals, turned)
        or _took_quotations(originals, copies, links)
    )


def _took(text: Sequence[Wording], source: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> bool:
    """True where enough of ``text`` outside quotations is in ``source``; its numbers come first in ``pairs``."""
    own = sum(sentence.own for sentence in text)
    numbers = {pair[0] for pair in pairs}
    matched = sum(text[number].own for number in numbers)
    if matched < max(_LEAST_WORDS, LEAST_SHARE * own) or (len(numbers) == 1 and matched < _ALONE * own):
        return False
    if matched >= max(_MOST_WORDS, _MOST * own):
        return True
    in_runs = words_in_runs(text, source, pairs, _SHORT)
    if in_runs >= min(max(_LEAST_WORDS, _OF_TEXT * own), max(_DENSE_WORDS, _DENSE * matched)):
        return True
    unquoted = sum(1 for number in numbers if not _quoted(text[number]))
    for sentences, share, running, words in _MOSTLY:
        if unquoted >= sentences and matched >= share * own and in_runs >= max(words, running * own):
            return True
    return words_in_runs(text, source, pairs, _LONG) >= max(_LEAST_WORDS, _LONG_OF_TEXT * own)


def _took_quotations(originals: Sequence[Wording], copies: Sequence[Wording], links: Sequence[Link]) -> bool:
    """True where the texts have quotations in common that no two reporters would both have chosen."""
    matched = [(original, copy) for link in links for original in link.original for copy in link.copy]
    common: dict[tuple[str, ...], None] = {}
    for original, copy in matched:
        known = set(originals[original].quotations)
        common.update(
            (passage, None)
            for passage in copies[copy].quotations
            if passage in known and is_long(passage, _QUOTED_LONG)
        )
    if len(common) < _QUOTED:
        return False
    for text, numbers in ((originals, {pair[0] for pair in matched}), (copies, {pair[1] for pair in matched})):
        own, size = (sum(getattr(sentence, name) for sentence in text) for name in ("own", "size"))
        if len(common) > _QUOTED and sum(map(_words_in, common)) >= _LOOSELY * size:
            return True
        if sum(text[number].own for number in numbers) >= max(_LEAST_WORDS, _LOOSELY * own):
            return True
    return False


def _words_in(passage: Sequence[str]) -> int:
    """Its length in words; two signs count as one where words are not spaced."""
    return len(passage) if sum(map(len, passage)) > len(passage) else len(passage) // 2


def _quoted(sentence: Wording) -> bool:
    return any(map(is_long, sentence.quotations))
