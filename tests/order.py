"""The order in which the tests run where several processes share them: what takes long begins first, in each of them.

pytest-xdist deals an equal part of the list to each process, and moves what is left at the end of a long part to those
that are done; a long test at the end would be waited for by all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

import pytest


def dealt(items: Iterable[pytest.Item], processes: int) -> Iterator[pytest.Item]:
    """The same tests, files with a slow one dealt out to the beginnings of the parts; no file is taken apart for it."""
    decks: list[list[pytest.Item]] = [[] for _ in range(processes)]
    rest: list[pytest.Item] = []
    slow = 0
    for _, tests in groupby(items, lambda item: item.path):
        file = list(tests)
        if any(test.get_closest_marker("slow") for test in file):
            decks[slow % processes] += file
            slow += 1
        else:
            rest += file
    left = sum(map(len, decks)) + len(rest)
    others = iter(rest)
    for number, deck in enumerate(decks):
        part = left // (processes - number)
        yield from deck
        yield from islice(others, max(0, part - len(deck)))
        left -= part
    yield from others
