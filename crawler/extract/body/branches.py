"""Where a block stands to the main box: the branch that it lies in, what that holds, and how much grows beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.extract.body.surroundings import Surroundings
from crawler.extract.page.blocks import Box, Layout, TextBlock

_FARTHEST = 50
"""Blocks between a branch and the main box, beyond which all are equally far."""
_MOST_UP = 8
"""Growing boxes around the main one that are told apart."""
_NAMES = 4
"""Place of what names say in what is told of a branch."""
_NOWHERE = (-1.0,) * 8
Form = tuple[str, str | None]
"""A box's tag and class names."""


class Branches:
    """The boxes of a page, seen from the main one and those around it.

    A branch is the outermost box around a block that the way from the main box outward does not pass. It joins the
    way at the box around it, and is of one form with those beside it that have the same tag and class names; a mere
    ``div`` or one that has a name of its own is taken for what it wraps.
    """

    def __init__(self, layout: Layout, surroundings: Surroundings) -> None:
        self._around = surroundings
        self._up: dict[Box, float] = {}
        """The main box and those around it, each with the number of those inside it that hold more than the last."""
        box, before, steps = surroundings.main, 0, 0
        while box is not None:
            if self._up and box.count > before:
                steps += 1
            before = box.count
            self._up[box] = float(min(_MOST_UP, steps))
            box = box.parent
        self._form: dict[Box, Form] = {}
        """Of each branch. A mere ``div``, or one like no other at its joint, has that of what it wraps."""
        self._forms: dict[Box | None, dict[Form | None, int]] = {joint: {} for joint in self._up}
        """For each of these the prose in the branches of each form; under None that outside of any."""
        grown = [(box, forms) for box in layout.boxes
                 if box.last >= box.first and (forms := self._forms.get(box.parent)) is not None]  # fmt: skip
        alike = Counter((box.parent, box.tag, box.classes) for box, _ in grown)
        for box, forms in grown:
            mere = box.tag == "div" and not box.classes
            own = _innermost(box, layout.blocks) if mere or alike[box.parent, box.tag, box.classes] == 1 else box
            form = self._form[box] = (own.tag, own.classes)
            prose = surroundings.prose_in(box)
            forms[form] = forms.get(form, 0) + prose
            forms[None] = forms.get(None, 0) - prose
        for joint in self._up:
            forms = self._forms[joint]
            forms[None] = forms.get(None, 0) + surroundings.prose_in(joint)
        self._known = {joint: self._of_joint(joint) for joint in self._up}

    def of(self, box: Box) -> tuple[float, ...]:
        """What is told of the branch that a box lies in, or of the box on the way that it is.

        How far up the way it joins; blocks and share of the page's prose of the box there; its share of links; what its
        furniture's names say; blocks between it and the main box, below 0 above that; share of the prose at the joint
        in branches of its form; mean length of its blocks.
        """
        known = self._known
        found = known.get(box)
        if found is not None:
            return found
        path: list[Box] = []
        around: Box | None = box
        while around is not None and around not in known:
            path.append(around)
            around = around.parent
        if around is None:
            return _NOWHERE
        found = known[around]
        if around in self._up:
            branch = path.pop()
            found = known[branch] = self._of_branch(around, branch)
        for inner in reversed(path):
            if inner.own_words < found[_NAMES]:
                found = (*found[:_NAMES], inner.own_words, *found[_NAMES + 1 :])
            known[inner] = found
        return found

    def _of_joint(self, joint: Box) -> tuple[float, ...]:
        """Of what lies in a box on the way itself."""
        count, share, _, _ = self._around.sums(joint)
        alike = self._forms[joint][None] / (self._around.prose_in(joint) or 1)
        return (self._up[joint], count, share, 0.0, 0.0, 0.0, alike, 0.0)

    def _of_branch(self, joint: Box, branch: Box) -> tuple[float, ...]:
        up, count, share, *_ = self._known[joint]
        _, _, links, mean = self._around.sums(branch)
        alike = self._forms[joint][self._form[branch]] / (self._around.prose_in(joint) or 1)
        return (up, count, share, links, min(0.0, branch.own_words), self._distance(joint, branch), alike, mean)

    def _distance(self, joint: Box, branch: Box) -> float:
        main = self._around.main
        if main is None or joint is main:
            return 0.0
        blocks = branch.first - main.last if branch.first > main.last else branch.last - main.first
        return float(max(-_FARTHEST, min(_FARTHEST, blocks)))


def _innermost(box: Box, blocks: Sequence[TextBlock]) -> Box:
    """The box inside that wraps no other, with the same blocks."""
    inner = blocks[box.first].box
    while inner.last < box.last and inner.outer is not None:
        inner = inner.outer
    return inner
