"""How one thing is done to many: here and one after the other, or by whoever can do it at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Each(Protocol):
    """Does ``do``, a function of a module, to each that is given, and yields what it returns in the order given.

    Both what is given and what is made may go to another process or machine and come back, and one may be done more
    than once: so ``do`` is to make the same of the same.
    """

    def __call__(self, do: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Takes from ``given`` no more than are on their way."""
        ...


def in_turn(do: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """Here, one after the other."""
    return map(do, given)
