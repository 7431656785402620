"""What stands around a block: how much prose and how many links the boxes hold that it lies in, and those like them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from crawler.extract.page.blocks import Box, Layout

_MOST_STEPS = 8
"""Boxes around a block that are looked at on the way to the main one."""
Sums = tuple[float, float, float, float]
"""Blocks inside, share of the page's prose, share of links, mean length of a block."""


class Surroundings:
    """The boxes of a page, weighed by the prose in them."""

    def __init__(self, layout: Layout, amounts: Sequence[int]) -> None:
        """``amounts`` are the characters of running prose in each block."""
        blocks = layout.blocks
        self._chars = [0, *accumulate([len(block.text) for block in blocks])]
        self._links = [0, *accumulate([block.link_chars for block in blocks])]
        self._prose = [0, *accumulate(amounts)]
        self.page_prose = self._prose[-1] or 1
        """Characters of running prose on the page, at least 1."""
        self.main = _main_box(layout, amounts)
        """The box that prose points at; None where there is no prose."""
        self._main_prose = max(1, self.prose_in(self.main)) if self.main is not None else 1
        self.firsts = [_first_level(block.box) for block in blocks]
        """For each block the nearest box that holds more than one, or the outermost."""
        self.forms = _forms(layout, amounts, self.page_prose)
        """For each block what all blocks hold that stand in boxes of its form: share of prose, number, mean length."""
        self._around: dict[Box, tuple[Sums, tuple[float, ...], float]] = {}
        self._steps: dict[Box, float] = {}

    def around(self, first: Box) -> tuple[Sums, tuple[float, ...], float]:
        """What a box of :attr:`firsts` holds, what the next two around it do, and its share of the main box's prose.

        Those around are boxes that each hold more blocks than the one before: wrappers of one block do not count.
        """
        if (known := self._around.get(first)) is None:
            second = first.outer or _outermost(first)
            farther = self.sums(second.outer or _outermost(second))[1:3]
            share = self.prose_in(first) / self._main_prose
            known = self._around[first] = (self.sums(first), (*self.sums(second), *farther), share)
        return known

    def steps_to_main(self, box: Box) -> float:
        """Boxes that each hold more than the one before, from this one outward, before one that holds the main box."""
        if (steps := self._steps.get(box)) is None:
            main, steps = self.main, 0.0
            around: Box | None = box
            while around is not None and steps < _MOST_STEPS:
                if main is not None and around.first <= main.first and around.last >= main.last:
                    break
                steps += 1.0
                around = around.outer
            self._steps[box] = steps
        return steps

    def prose_in(self, box: Box) -> int:
        """Characters of running prose in a box."""
        return self._prose[box.last + 1] - self._prose[box.first]

    def sums(self, box: Box) -> Sums:
        """What a box holds."""
        first, end = box.first, box.last + 1
        chars = self._chars[end] - self._chars[first] or 1
        return (
            float(end - first),
            self.prose_in(box) / self.page_prose,
            (self._links[end] - self._links[first]) / chars,
            chars / (end - first or 1),
        )


def _forms(layout: Layout, amounts: Sequence[int], page_prose: int) -> list[tuple[float, float, float]]:
    """Boxes are of one form where they and those around them that hold more have the same tags and class names."""
    rows: list[int] = []
    forms: dict[tuple[object, ...], int] = {}
    sums: list[list[int]] = []
    for amount, block in zip(amounts, layout.blocks, strict=True):
        box = block.box
        outer = box.outer
        form = (box.tag, box.classes, outer.tag, outer.classes) if outer is not None else (box.tag, box.classes)
        row = forms.get(form)
        if row is None:
            row = forms[form] = len(sums)
            sums.append([0, 0, 0])
        own = sums[row]
        own[0] += amount
        own[1] += 1
        own[2] += len(block.text)
        rows.append(row)
    shares = [(prose / page_prose, float(number), chars / number) for prose, number, chars in sums]
    return [shares[row] for row in rows]


def _main_box(layout: Layout, amounts: Sequence[int]) -> Box | None:
    """The box that prose points at: each block gives its amount to the boxes around it, less with each step outward."""
    scores: dict[Box, float] = {}
    best: Box | None = None
    top = 0.0
    for block, amount in zip(layout.blocks, amounts, strict=True):
        if not amount:
            continue
        box: Box | None = block.box
        share, count = float(amount), 0
        for _ in range(_MOST_STEPS):
            if box is None:
                break
            if count:
                share *= 0.75
            count = box.last - box.first + 1
            score = scores.get(box, 0.0) + share
            scores[box] = score
            if score > top and count > 1:
                best, top = box, score
            box = box.outer
    return best


def _first_level(box: Box) -> Box:
    return box if box.last > box.first else box.outer or _outermost(box)


def _outermost(box: Box) -> Box:
    while box.parent is not None:
        box = box.parent
    return box
