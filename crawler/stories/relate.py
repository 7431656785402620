"""Whether one text took enough from another to tell the same story, and which of the two was first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.model import Alignment, Article, Link
from crawler.stories.align import align_worded, link_sentences
from crawler.stories.outlets import address_of, page_of
from crawler.stories.runs import words_in_runs
from crawler.stories.timing import as_of
from crawler.stories.wording import Wording

LEAST_SHARE = 0.15
"""Share of the shorter text, quotations left out, that must have been taken over."""
_LEAST_WORDS = 20
"""Words below which nothing is proved, however short the text."""
_ALONE = 0.5
"""Share that a single sentence must be: round-ups and live blogs have one of many texts."""
_RUNS = ((3, 0.2), (8, 0.1))
"""Words in a run, and the share of a text in such runs that proves copying: many short ones or some long ones."""
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
    return matched >= max(_MOST_WORDS, _MOST * own) or any(
        words_in_runs(text, source, pairs, length) >= max(_LEAST_WORDS, least * own) for length, least in _RUNS
    )


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
