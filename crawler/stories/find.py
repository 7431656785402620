"""Which articles tell one text: candidates by shared runs of words, confirmed by aligning their sentences."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.model import Alignment, Article, Story
from crawler.stories.align import align_worded
from crawler.stories.outlets import sites_of
from crawler.stories.sentences import split_sentences
from crawler.stories.shingles import candidate_pairs, shingles
from crawler.stories.timing import published
from crawler.stories.wording import Wording, word_sentences, words_of

LEAST_SHARE = 0.15
"""Share of the shorter text, quotations left out, that must have been taken over."""
_LEAST_WORDS = 12
_MOSTLY = 0.5
_REWORDED = 0.42
"""Score from which on a paraphrased sentence proves copying; two reporters of one event come near it by chance."""


@dataclass(frozen=True, slots=True)
class _Text:
    article: Article
    sentences: list[Wording]


def find_stories(articles: Iterable[Article]) -> list[Story]:
    """The stories that at least two of ``articles`` tell, in the order in which the articles came.

    A text that mixes two stories is a copy in both. ``original`` is None where no article is known to be the first.
    """
    texts = [_Text(article, word_sentences(split_sentences(article.text))) for article in articles if article.text]
    boilerplate = _boilerplate(texts)
    texts = [_Text(text.article, [one for one in text.sentences if one.plain not in boilerplate]) for text in texts]
    follows: dict[int, set[int]] = defaultdict(set)
    for one, other in candidate_pairs([shingles(text.sentences) for text in texts]):
        alignment = align_worded(texts[one].article, texts[other].article, texts[one].sentences, texts[other].sentences)
        if not is_copy(alignment, texts[one].sentences, texts[other].sentences):
            continue
        direction = _direction(texts[one].article, texts[other].article, alignment)
        if direction != "copy":
            follows[one].add(other)
        if direction != "original":
            follows[other].add(one)
    return [_story(roots, members, texts) for roots, members in _families(len(texts), follows)]


def is_copy(alignment: Alignment, originals: Sequence[Wording], copies: Sequence[Wording]) -> bool:
    """True where enough of either text outside quotations was taken from the other, word for word or reworded."""
    taken: set[int] = set()
    given: set[int] = set()
    for link in alignment.links:
        if link.original and link.copy and (link.label in ("verbatim", "edited") or link.score >= _REWORDED):
            taken.update(link.copy)
            given.update(link.original)
    return max(_share(copies, taken), _share(originals, given)) >= LEAST_SHARE


def _share(sentences: Sequence[Wording], chosen: set[int]) -> float:
    own = [max(0, len(sentence.words) - sum(map(len, sentence.quotations))) for sentence in sentences]
    shared = sum(own[number] for number in chosen)
    return shared / sum(own) if shared >= _LEAST_WORDS else 0.0


def _boilerplate(texts: Sequence[_Text]) -> frozenset[str]:
    """Sentences that three or more texts of one site have in common, while they have little else in common."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for plain in {sentence.plain for sentence in text.sentences}:
            holders[plain].append(number)
    sets = [frozenset(sentence.plain for sentence in text.sentences) for text in texts]
    found = set()
    for plain, numbers in holders.items():
        if len(numbers) < 3 or not frozenset.intersection(*(sites_of(texts[number].article) for number in numbers)):
            continue
        first, *rest = numbers
        alike = [
            (len(sets[first] & sets[number]) - 1) / max(1, min(len(sets[first]), len(sets[number])) - 1)
            for number in rest
        ]
        if sum(alike) / len(alike) < _MOSTLY:
            found.add(plain)
    return frozenset(found)


def _direction(one: Article, other: Article, alignment: Alignment) -> str:
    """The alignment's direction; of two captures of one page the earlier is the first."""
    if one.url and one.url == other.url and one.captured_at and other.captured_at:
        return "original" if one.captured_at <= other.captured_at else "copy"
    return alignment.direction


def _families(count: int, follows: dict[int, set[int]]) -> list[tuple[list[int], list[int]]]:
    """Root groups of the graph of who may have copied whom, each with all that come of it.

    A root group is a set of texts that no text outside it precedes: one, or several whose order is undecided.
    """
    reach = {number: _reachable(number, follows) for number in range(count) if number in follows}
    preceded_by: dict[int, set[int]] = defaultdict(set)
    for number, reached in reach.items():
        for other in reached:
            preceded_by[other].add(number)
    families, done = [], set()
    for number in sorted(reach):
        if number in done or any(
            number not in reach.get(earlier, ()) or earlier not in reach[number] for earlier in preceded_by[number]
        ):
            continue
        roots = sorted({other for other in reach[number] if number in reach.get(other, ())} | {number})
        done.update(roots)
        families.append((roots, sorted(reach[number] | {number})))
    return families


def _reachable(start: int, follows: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for other in follows.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found - {start}


def _story(roots: Sequence[int], members: Sequence[int], texts: Sequence[_Text]) -> Story:
    original = texts[roots[0]].article if len(roots) == 1 else None
    others = [texts[number].article for number in members if original is None or number != roots[0]]
    copies = tuple(sorted(others, key=_in_time))
    return Story(_id(original or copies[0]), original, copies)


def _in_time(article: Article) -> tuple[str, str]:
    span = published(article)
    return (span.earliest.isoformat() if span else "9999", article.url or "")


def _id(article: Article) -> str:
    """Stays the same while further copies join: made of the first article's address, or of its words."""
    known_by = article.url or " ".join(words_of(article.text or ""))
    return hashlib.sha256(known_by.encode()).hexdigest()[:16]
