"""The words of a headline that its address spells."""

from __future__ import annotations

import re


def slug_words(url: str | None) -> frozenset[str]:
    """The words of three letters and more that the last part of an address spells; empty without an address."""
    tail = re.sub(r"[?#].*$", "", url or "").rstrip("/").rpartition("/")[2]
    tail = re.sub(r"\.\w{2,5}$", "", tail)
    return frozenset(word for word in re.findall(r"[^\W\d_]+", tail.casefold()) if len(word) > 2)


def is_spelt(text: str, slug: frozenset[str]) -> bool:
    """Whether the words of a text, two at least, are just those that the address spells."""
    return len(slug) > 1 and slug == {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 2}


def likeness(text: str, slug: frozenset[str]) -> float:
    """The share of the address's words in the text; nothing below a half, for single words are chance."""
    if len(slug) < 3:
        return 0.0
    share = len(slug & set(re.findall(r"[^\W\d_]+", text.casefold()))) / len(slug)
    return share if share >= 0.5 else 0.0
