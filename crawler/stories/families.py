"""Families of texts: all that can be led back, sentence by sentence, to one first text.

Following sentences and not whole texts keeps two stories apart that one article mixes: what came to it from the one
story does not lead on to the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crawler.stories.relate import Relation


def families(
    sizes: Sequence[Sequence[int]], relations: Sequence[Relation], least: float
) -> list[tuple[int | None, list[int]]]:
    """The first text of each family, or None where it is not known, and all members in ascending order.

    ``sizes`` are the words of each text's sentences. A text belongs to a family where at least the share ``least`` of
    it, or a part as large as that share of the first text, leads back to the first. Texts are given in order of time.
    """
    ways = _ways(relations)
    preceded = _preceded(relations)
    covered: set[int] = set()
    found: list[tuple[int | None, list[int]]] = []
    for start in sorted(ways, key=lambda number: (bool(preceded[number]), number)):
        if start in covered:
            continue
        members = sorted(_descended(start, ways, sizes, least))
        if len(members) > 1:
            covered.update(members)
            firsts = [number for number in members if not preceded[number] & set(members)]
            found.append((firsts[0] if len(firsts) == 1 else None, members))
    sets = [frozenset(members) for _, members in found]
    whole = [one for at, one in enumerate(found) if not any(sets[at] < other for other in sets)]
    return sorted(whole, key=lambda family: family[1])


_Ways = dict[int, list[tuple[int, dict[int, list[int]], bool]]]


def _ways(relations: Sequence[Relation]) -> _Ways:
    """From each text to those it may have given sentences to, from which sentence to which, and if it is one page."""
    ways: _Ways = defaultdict(list)
    for relation in relations:
        there, back = defaultdict(list), defaultdict(list)
        for mine, yours in relation.pairs:
            there[mine].append(yours)
            back[yours].append(mine)
        ways[relation.one], ways[relation.other] = ways[relation.one], ways[relation.other]
        ways[relation.one].append((relation.other, there, relation.is_version))
        if relation.direction != "original":
            ways[relation.other].append((relation.one, back, relation.is_version))
    return ways


def _preceded(relations: Sequence[Relation]) -> dict[int, set[int]]:
    """The texts known to be earlier than each."""
    preceded: dict[int, set[int]] = defaultdict(set)
    for relation in relations:
        if relation.direction == "original":
            preceded[relation.other].add(relation.one)
    return preceded


def _descended(start: int, ways: _Ways, sizes: Sequence[Sequence[int]], least: float) -> set[int]:
    """The texts that hold enough of what ``start`` says, handed on by whatever others.

    What a page that is led back whole has gained by a later capture is led back too: a report grows.
    """
    holds: dict[int, set[int]] = defaultdict(set)
    holds[start] = set(range(len(sizes[start])))
    enough, waiting = {start}, [start]
    whole = sum(sizes[start])
    while waiting:
        number = waiting.pop()
        for other, to, is_version in ways[number]:
            if is_version and len(holds[number]) == len(sizes[number]):
                handed_on = set(range(len(sizes[other])))
            else:
                handed_on = {target for sentence in holds[number] & to.keys() for target in to[sentence]}
            if handed_on <= holds[other]:
                continue
            holds[other] |= handed_on
            if sum(sizes[other][sentence] for sentence in holds[other]) >= least * min(whole, sum(sizes[other])):
                enough.add(other)
                waiting.append(other)
    return enough
