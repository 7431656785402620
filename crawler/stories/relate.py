"""Whether one text took enough from another to tell the same story, and which of the two was first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.model import Alignment, Article, Link
from crawler.stories.align import align_worded, link_sentences
from crawler.stories.outlets import address_of, page_of, sites_of
from crawler.stories.runs import words_in_runs
from crawler.stories.timing import as_of
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
_REWORDED = 0.42
"""Score from which on a paraphrased sentence proves copying; two reporters of one event come near it by chance."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article and its sentences, boilerplate left out."""

    article: Article
    sentences: Sequence[Wording]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two texts of which one took from the other; ``one`` and ``other`` are their numbers.

    ``direction`` is ``original`` where ``one`` was first, ``copy`` where ``other`` was, or ``undecided``; ``pairs`` are
    the numbers of their common sentences.
    """

    one: int
    other: int
    direction: str
    pairs: tuple[tuple[int, int], ...]
    alignment: Alignment | None = None
    """Of ``other`` as the copy with ``one`` as the original."""
    is_version: bool = False
    """True for two captures of one page."""


def relate(one: int, other: int, mine: Text, yours: Text) -> Relation | None:
    """How two texts hang together; None where neither took enough from the other."""
    alignment = align_worded(mine.article, yours.article, mine.sentences, yours.sentences)
    pairs = _taken(alignment.links)
    if not _share(mine, yours, pairs):
        return None
    version = _are_versions(mine.article, yours.article)
    direction = _captured_first(mine.article, yours.article) if version else alignment.direction
    return Relation(one, other, direction, pairs, alignment, version)


def hang_together(mine: Text, yours: Text) -> bool:
    """True where :func:`relate` finds a relation, without asking who was first."""
    return _share(mine, yours, _taken(link_sentences(mine.sentences, yours.sentences)))


def _share(mine: Text, yours: Text, pairs: Sequence[tuple[int, int]]) -> bool:
    pairs = _without_common_end(mine, yours, pairs)
    turned = [(copy, original) for original, copy in pairs]
    return _took(mine.sentences, yours.sentences, pairs) or _took(yours.sentences, mine.sentences, turned)


def _took(text: Sequence[Wording], source: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> bool:
    """True where enough of ``text`` outside quotations is in ``source``; its numbers come first in ``pairs``.

    Two reporters at one table write down the same quotation, and near sentences where the facts are the same; seldom do
    they choose the same runs of words.
    """
    own = sum(sentence.own for sentence in text)
    numbers = {pair[0] for pair in pairs}
    matched = sum(text[number].own for number in numbers)
    if matched < max(_LEAST_WORDS, LEAST_SHARE * own) or (len(numbers) == 1 and matched < _ALONE * own):
        return False
    if matched >= max(_MOST_WORDS, _MOST * own):
        return True
    if words_in_runs(text, source, pairs, _SHORT) >= min(
        max(_LEAST_WORDS, _OF_TEXT * own), max(_DENSE_WORDS, _DENSE * matched)
    ):
        return True
    return words_in_runs(text, source, pairs, _LONG) >= max(_LEAST_WORDS, _LONG_OF_TEXT * own)


def _without_common_end(mine: Text, yours: Text, pairs: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Leave out what two texts of one site both end with, as lines on the house or its author; unless it is most."""
    if not sites_of(mine.article) & sites_of(yours.article) or _are_versions(mine.article, yours.article):
        return pairs
    end = set()
    for pair in zip(reversed(range(len(mine.sentences))), reversed(range(len(yours.sentences))), strict=False):
        if pair not in pairs:
            break
        end.add(pair)
    common = sum(mine.sentences[number].size for number, _ in end)
    shorter = min(sum(sentence.size for sentence in text.sentences) for text in (mine, yours))
    return pairs if common >= _ALONE * shorter else [pair for pair in pairs if pair not in end]


def _taken(links: Sequence[Link]) -> tuple[tuple[int, int], ...]:
    """The sentences of both texts that are so near each other that one was made of the other."""
    return tuple(
        (original, copy)
        for link in links
        if link.label in ("verbatim", "edited") or link.score >= _REWORDED
        for original in link.original
        for copy in link.copy
    )


def _are_versions(one: Article, other: Article) -> bool:
    mine, yours = page_of(one), page_of(other)
    return bool(as_of(one) and as_of(other) and mine and yours and address_of(mine) == address_of(yours))


def _captured_first(one: Article, other: Article) -> str:
    return "original" if (as_of(one) or "") <= (as_of(other) or "") else "copy"
