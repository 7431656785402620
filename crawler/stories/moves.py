"""Which sentences of a copy left the place they had in the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import le

from crawler.model import Link


def with_moves(links: Sequence[Link]) -> list[Link]:
    """Mark the links outside the longest run that keeps the order of the original."""
    placed = [number for number, link in enumerate(links) if link.original]
    places = [links[number].original[0] for number in placed]
    if all(map(le, places, places[1:])):
        return list(links)
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number, place in zip(placed, places, strict=True):
        at = bisect_right(tails, place)
        before[number] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(place)
            ends.append(number)
        else:
            tails[at], ends[at] = place, number
    kept = set()
    at_end = ends[-1] if ends else None
    while at_end is not None:
        kept.add(at_end)
        at_end = before[at_end]
    return [
        replace(link, moved=True) if link.original and number not in kept else link for number, link in enumerate(links)
    ]
