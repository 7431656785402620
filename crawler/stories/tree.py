"""Who had it from whom within one story: every article below its nearest source."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from crawler.model import Alignment, Article, Coverage, Derivation, Link, Reason
from crawler.stories.relate import Relation

_STEEPNESS = 1.6
"""How fast weights become certainty: a sum of 0.75 makes 0.77, of 2 makes 0.96."""
_MOST_SURE = 0.99
"""The most that is claimed of who had it from whom."""
_NAMED = 0.3
"""A source whose page the copy itself names is preferred to one that is nearer by so much of the text at most."""
_CHANGED = 0.02
"""Share of the text that a changed figure or name counts for."""
_NAMING = 0.8
"""Weight from which on a single reason is a naming: an address, a credit, an attribution."""


@dataclass(frozen=True, slots=True)
class _Edge:
    source: int
    likeness: float
    direction: str
    coverage: Coverage
    reasons: tuple[Reason, ...]
    is_version: bool


def tree(articles: Mapping[int, Article], relations: Sequence[Relation]) -> tuple[Derivation, ...]:
    """The articles in the order in which a tree is read, each with its nearest source.

    ``articles`` are given in order of time. The nearest source is the one most of the article's words lead back to, in
    the form nearest to theirs, among those not known to be later; who shares another copy's edits has it from there.
    """
    edges = _edges(articles, relations)
    order = _ordered(articles, relations)
    rank = {number: at for at, number in enumerate(order)}
    chosen: dict[int, _Edge] = {}
    for number in order:
        open_ = [edge for edge in edges[number] if rank[edge.source] < rank[number]]
        if open_:
            chosen[number] = _nearest(open_, rank)
    below: dict[int, list[int]] = defaultdict(list)
    for number in order:
        if number in chosen:
            below[chosen[number].source].append(number)
    roots = [number for number in order if number not in chosen]
    return tuple(found for root in roots for found in _walk(root, 0, articles, chosen, below))


def confidence(reasons: Sequence[Reason]) -> float:
    """How sure the order of two texts is, 0.5 to 0.99, by the sum of the weights."""
    total = abs(sum(reason.weight for reason in reasons))
    return round(min(_MOST_SURE, 1 / (1 + math.exp(-_STEEPNESS * total))), 2)


def _walk(
    number: int,
    depth: int,
    articles: Mapping[int, Article],
    chosen: Mapping[int, _Edge],
    below: Mapping[int, Sequence[int]],
) -> Iterator[Derivation]:
    waiting = [(number, depth)]
    while waiting:
        here, level = waiting.pop()
        edge = chosen.get(here)
        if edge is None:
            yield Derivation(articles[here], level)
        else:
            sure = _MOST_SURE if edge.is_version else confidence(edge.reasons)
            yield Derivation(
                article=articles[here],
                depth=level,
                source=articles[edge.source],
                direction=edge.direction,
                confidence=sure if edge.direction == "original" else min(sure, 0.75),
                coverage=edge.coverage,
                reasons=edge.reasons,
                is_version=edge.is_version,
            )
        waiting.extend((child, level + 1) for child in reversed(below.get(here, ())))


def _nearest(edges: Sequence[_Edge], rank: Mapping[int, int]) -> _Edge:
    def nearness(edge: _Edge) -> tuple[float, bool, float, int]:
        told = (reason.weight for reason in edge.reasons if "published on" not in reason.text)
        naming = max((weight for weight in told if weight >= _NAMING), default=0.0)
        likeness = edge.likeness + (_NAMED if naming else 0.0) + (1.0 if edge.is_version else 0.0)
        # What a text says in it the copy may have taken over with it; a byline or link is the page's own.
        return (round(likeness, 2), edge.direction == "original", naming, -rank[edge.source])

    return max(edges, key=nearness)


def _edges(articles: Mapping[int, Article], relations: Sequence[Relation]) -> dict[int, list[_Edge]]:
    """For each article the others it shares text with, as its possible sources."""
    edges: dict[int, list[_Edge]] = defaultdict(list)
    for relation in relations:
        alignment = relation.alignment
        if alignment is None or relation.one not in articles or relation.other not in articles:
            continue
        one, other, sure = relation.one, relation.other, relation.direction
        edges[other].append(
            _Edge(one, _likeness(alignment, False), sure, alignment.coverage, alignment.reasons, relation.is_version)
        )
        if sure == "original":
            continue
        coverage = Coverage(of_copy=alignment.coverage.of_original, of_original=alignment.coverage.of_copy)
        reasons = tuple(replace(reason, weight=-reason.weight) for reason in alignment.reasons)
        edges[one].append(_Edge(other, _likeness(alignment, True), sure, coverage, reasons, relation.is_version))
    return edges


def _likeness(alignment: Alignment, turned: bool) -> float:
    """Share of the copy's signs that stand in linked sentences, each as far as it is like its source; 0 to 1.

    A figure or name that is another there costs some of it: who prints it as well had it from there.
    """
    sentences = alignment.original_sentences if turned else alignment.copy_sentences
    total = sum(map(len, sentences))
    taken = sum(
        link.score * sum(len(sentences[number]) for number in _side(link, turned))
        for link in alignment.links
        if link.copy and link.original
    )
    changed = sum(len(link.changed) for link in alignment.links)
    return max(0.0, min(1.0, taken / total) - _CHANGED * changed) if total else 0.0


def _side(link: Link, turned: bool) -> Sequence[int]:
    return link.original if turned else link.copy


def _ordered(articles: Mapping[int, Article], relations: Sequence[Relation]) -> list[int]:
    """The articles so that none stands before one that is known to be earlier; in the order given where it is open."""
    before: dict[int, set[int]] = {number: set() for number in articles}
    for relation in relations:
        if relation.direction == "original" and relation.one in before and relation.other in before:
            before[relation.other].add(relation.one)
    after: dict[int, list[int]] = defaultdict(list)
    for number, earlier in before.items():
        for other in earlier:
            after[other].append(number)
    place = {number: at for at, number in enumerate(articles)}
    free = [at for number, at in place.items() if not before[number]]
    numbers, left, order = list(articles), dict.fromkeys(articles), list[int]()
    while left:
        # Reasons can contradict each other in a circle; then the earliest by its date goes first.
        number = numbers[heappop(free)] if free else next(iter(left))
        order.append(number)
        del left[number]
        for later in after[number]:
            before[later].discard(number)
            if not before[later] and later in left:
                heappush(free, place[later])
    return order
