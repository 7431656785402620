"""Traces of editing: what a hand that shortens and rewrites leaves behind, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from crawler.model import Link, Reason
from crawler.stories.names import names_in
from crawler.stories.speakers import CUES
from crawler.stories.synonyms import FUNCTION_WORDS
from crawler.stories.wording import Wording, words_of

_INSERTED = re.compile(r"\[([^\[\]]{2,60})\]")
_FIGURE = re.compile(r"\d")
_SHOWN = 110
"""Characters of a reason's evidence."""

Pairs = Sequence[tuple[int, int]]


def pairs_of(links: Sequence[Link]) -> list[tuple[int, int]]:
    """The matched sentences of all links, original first."""
    return [(original, copy) for link in links for original in link.original for copy in link.copy]


def traces(originals: Sequence[Wording], copies: Sequence[Wording], pairs: Pairs) -> Iterator[Reason]:
    """Reasons to hold either text for the earlier; positive weights speak for the original's."""
    turned = [(copy, original) for original, copy in pairs]
    for sign, one, other, matched in ((1, originals, copies, pairs), (-1, copies, originals, turned)):
        if lost := _lost_brackets(one, other, matched):
            yield Reason("brackets around an editor's words in a quotation are lost", sign * 0.6, lost)
    changed = [(originals[mine], copies[yours]) for mine, yours in pairs]
    changed = [pair for pair in changed if pair[0].plain != pair[1].plain]
    if changed:
        yield from _cuts(changed)
        yield from _particulars_lost(originals, copies, pairs)


def _lost_brackets(one: Sequence[Wording], other: Sequence[Wording], pairs: Pairs) -> str | None:
    """Brackets mark an editor's words inside another's quotation; no one adds them to words that never had them."""
    for mine, yours in pairs:
        if "[" in one[mine].printed and "[" not in other[yours].printed:
            for inserted in _INSERTED.findall(one[mine].printed):
                if f" {' '.join(words_of(inserted))} " in f" {other[yours].plain} ":
                    return f"[{inserted}] → {inserted}"
    return None


def _cuts(changed: Sequence[tuple[Wording, Wording]]) -> Iterator[Reason]:
    """Sentences that are another with words left out: a rewriter cuts more often than he fills in."""
    cut = [lost[:_SHOWN] for mine, yours in changed if (lost := _cut(mine, yours))]
    filled = [lost[:_SHOWN] for mine, yours in changed if (lost := _cut(yours, mine))]
    if len(cut) != len(filled):
        shown, sign = (cut, 1) if len(cut) > len(filled) else (filled, -1)
        number = f"{len(shown)} sentences" if len(shown) > 1 else "a sentence"
        weight = min(0.5, 0.25 * abs(len(cut) - len(filled)))
        yield Reason(f"words are dropped from {number}, nothing else changed", sign * weight, " | ".join(shown[:3]))


def _cut(whole: Wording, part: Wording) -> str:
    """The words that a sentence has beyond another, made of the rest; empty where it is not, or they say nothing."""
    if not 3 < len(part.words) < len(whole.words):
        return ""
    if LCSseq.similarity(part.words, whole.words) < len(part.words):
        return ""
    lost = _lost_words(whole, part)
    # A time of day before an entry, or "she said" behind it, says nothing that was left out.
    telling = any(not (word[0].isdigit() or word in FUNCTION_WORDS or word in CUES) for word in lost)
    return " ".join(lost) if telling else ""


def _lost_words(whole: Wording, part: Wording) -> list[str]:
    lost, left = [], list(part.words)
    for word in whole.words:
        if left and word == left[0]:
            left.pop(0)
        else:
            lost.append(word)
    return lost


def _particulars_lost(originals: Sequence[Wording], copies: Sequence[Wording], pairs: Pairs) -> Iterator[Reason]:
    """Names and figures of matched sentences that the whole other text does not know."""
    changed = [(mine, yours) for mine, yours in pairs if originals[mine].plain != copies[yours].plain]
    lost = _unknown(originals, {pair[0] for pair in changed}, copies)
    gained = _unknown(copies, {pair[1] for pair in changed}, originals)
    more, less, sign = (lost, gained, 1) if len(lost) > len(gained) else (gained, lost, -1)
    if len(more) > 2 + 2 * len(less):
        text = f"{len(more)} names and figures are left out of shared sentences, {len(less)} added"
        yield Reason(text, sign * 0.3, ", ".join(more[:8]))


def _unknown(sentences: Sequence[Wording], chosen: set[int], other: Sequence[Wording]) -> list[str]:
    found: dict[str, None] = {}
    for number in sorted(chosen):
        sentence = sentences[number]
        if _FIGURE.search(sentence.plain):
            found.update(dict.fromkeys(term for term in sentence.terms if term[0].isdigit()))
        found.update(dict.fromkeys(names_in(sentence.printed)))
    known = f" {' '.join([sentence.plain for sentence in other])} "
    left = [word for word in found if f" {(lower := word.lower())} " not in known and f" {lower}'s " not in known]
    if any(word[0].isdigit() for word in left):
        with_figures = [sentence for sentence in other if _FIGURE.search(sentence.plain)]
        figures = {term for sentence in with_figures for term in sentence.terms if term[0].isdigit()}
        left = [word for word in left if word not in figures]
    return left
