"""Numbers with their nouns, as people read them."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """The number with the noun that it takes: ``1 story``, ``2,000 stories``; ``many`` is by default ``one`` with s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
