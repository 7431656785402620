"""Numbers with their nouns, as messages say them."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """The number with the noun that it takes: ``1 story``, ``2,000 stories``."""
    return f"{number:,} {one if number == 1 else many}"
