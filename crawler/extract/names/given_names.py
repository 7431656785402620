"""Given names of persons, by which a line that is but a name is told from a label of two capitalised words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("given_names.txt")
"""Names that are given in more than one language or country, in small letters; words of another meaning left out."""


def is_given_name(word: str) -> bool:
    """Whether a word (or the first part of a double name) is a common given name, and capitalised as one."""
    return word[:1].isupper() and word.casefold().partition("-")[0] in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(_LIST.read_text(encoding="utf-8").split())
