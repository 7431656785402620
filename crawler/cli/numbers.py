"""Numbers with their nouns, as messages say them."""

from __future__ import annotations

from argparse import ArgumentTypeError


def counted(number: int, one: str, many: str) -> str:
    """The number with the noun that it takes: ``1 story``, ``2,000 stories``."""
    return f"{number:,} {one if number == 1 else many}"


def positive(words: str) -> int:
    """A whole number from 1; raises ``ArgumentTypeError`` for other words."""
    if not words.isdigit() or not int(words):
        raise ArgumentTypeError(f"{words!r} is not a whole number from 1")
    return int(words)
