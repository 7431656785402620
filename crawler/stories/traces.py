"""Traces of editing: what a hand that shortens and rewrites leaves behind, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from crawler.model import Link, Reason
from crawler.stories.wording import Wording, words_of

_INSERTED = re.compile(r"\[([^\[\]]{2,60})\]")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-Þ][\w’'-]{2,}")
_PARTS = re.compile(r"[^\W_]+(?:[’'-][^\W_]{3,})*")
_SHOWN = 110


def traces(one: Sequence[Wording], other: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> Iterator[Reason]:
    """Reasons to hold ``one`` for the earlier text. ``pairs`` are numbers of its and the other's matched sentences."""
    yield from _lost_brackets(one, other, pairs)
    yield from _cut_sentences(one, other, pairs)
    yield from _lost_particulars(one, other, pairs)


def pairs_of(links: Sequence[Link]) -> list[tuple[int, int]]:
    """The matched sentences of all links, original first."""
    return [(original, copy) for link in links for original in link.original for copy in link.copy]


def _lost_brackets(
    one: Sequence[Wording], other: Sequence[Wording], pairs: Sequence[tuple[int, int]]
) -> Iterator[Reason]:
    """Brackets mark an editor's words inside another's quotation; no one adds them to words that never had them."""
    for mine, yours in pairs:
        copy = other[yours]
        if "[" in copy.printed or "[" not in one[mine].printed:
            continue
        for inserted in _INSERTED.findall(one[mine].printed):
            if f" {' '.join(words_of(inserted))} " in f" {copy.plain} ":
                yield Reason(
                    "brackets around an editor's words in a quotation are lost", 0.6, f"[{inserted}] → {inserted}"
                )
                return


def _cut_sentences(
    one: Sequence[Wording], other: Sequence[Wording], pairs: Sequence[tuple[int, int]]
) -> Iterator[Reason]:
    cut = [(mine, yours) for mine, yours in pairs if _is_cut(one[mine], other[yours])]
    longer = sum(_is_cut(other[yours], one[mine]) for mine, yours in pairs)
    if len(cut) > longer:
        shown = " | ".join(_lost_words(one[mine], other[yours]) for mine, yours in cut[:3])
        weight = min(0.5, 0.25 * (len(cut) - longer))
        yield Reason(
            f"qualifiers are dropped from {len(cut)} sentence{'s' * (len(cut) > 1)}, nothing else changed",
            weight,
            shown,
        )


def _is_cut(whole: Wording, cut: Wording) -> bool:
    if not 3 < len(cut.words) < len(whole.words):
        return False
    return LCSseq.similarity(cut.words, whole.words) == len(cut.words)


def _lost_words(whole: Wording, cut: Wording) -> str:
    lost, left = [], list(cut.words)
    for word in whole.words:
        if left and word == left[0]:
            left.pop(0)
        else:
            lost.append(word)
    return " ".join(lost)[:_SHOWN]


def _lost_particulars(
    one: Sequence[Wording], other: Sequence[Wording], pairs: Sequence[tuple[int, int]]
) -> Iterator[Reason]:
    """Names and figures of matched sentences that the whole other text does not know."""
    mine = _particulars(one, {pair[0] for pair in pairs})
    yours = _particulars(other, {pair[1] for pair in pairs})
    known, theirs = _all_words(other), _all_words(one)
    lost = [word for word in mine if word.lower() not in known]
    gained = [word for word in yours if word.lower() not in theirs]
    if len(lost) > 1 + 2 * len(gained):
        yield Reason(
            f"{len(lost)} names and figures are left out of shared sentences, {len(gained)} added",
            0.3,
            ", ".join(lost[:8]),
        )


def _particulars(sentences: Sequence[Wording], chosen: set[int]) -> list[str]:
    found: dict[str, None] = {}
    for number in sorted(chosen):
        sentence = sentences[number]
        found.update(dict.fromkeys(word for word in sentence.words if word[0].isdigit()))
        found.update(dict.fromkeys(re.sub(r"['’]s$", "", name) for name in _NAME.findall(sentence.printed)))
    return list(found)


def _all_words(sentences: Sequence[Wording]) -> frozenset[str]:
    return frozenset(
        word for sentence in sentences for word in (*sentence.words, *map(str.lower, _PARTS.findall(sentence.printed)))
    )
