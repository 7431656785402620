"""What the words of class and id names, and of short lines, say about a block: learned weights, read once."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from math import fsum
from pathlib import Path

_NAME_PART = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_LINE_PART = re.compile(r"[^\W\d_]{2,}|[©@#|→»›]")
_LETTERS = {code: " " for code in range(128) if not 97 <= code <= 122}
"""ASCII as its lower-case letters alone, the rest as spaces."""
_FIRST = re.compile(r"\W*([^\W\d_]+)\s?([:/|])?")
WEIGHTS = Path(__file__).with_name("words.json")
"""Log-odds of words: ``names`` for class and id names, ``lines`` for the text of short blocks,
``firsts`` for the first word of any block; above 0 for content.
Written by ``benchmarks/train_body.py``."""


def name_words(names: str) -> list[str]:
    """The words of class and id names in lower case: ``storyBody__Lead-text`` is story, body, lead, text."""
    if names.islower() and names.isascii():  # most are; parting them so costs a third
        return [part for part in names.translate(_LETTERS).split() if len(part) > 1]
    return [part.lower() for part in _NAME_PART.findall(names)]


def line_words(text: str) -> list[str]:
    """The words of a line in lower case, with the signs that mark furniture."""
    text = text.lower()
    if text.isascii() and not ("@" in text or "#" in text or "|" in text):
        return [part for part in text.translate(_LETTERS).split() if len(part) > 1]
    return _LINE_PART.findall(text)


@lru_cache(maxsize=50_000)
def class_score(names: str) -> float:
    """Above 0 where class and id names speak of content, below 0 where of furniture, 0 where they are mute."""
    weights = _weights()["names"]
    found = [weights[word] for word in weights.keys() & name_words(names)]
    return max(-4.0, min(4.0, fsum(found))) if found else 0.0


def first_score(text: str) -> float:
    """Above 0 where a block begins as an article's do, below 0 where like a label, a credit or a promotion."""
    return _weights()["firsts"].get(first_word(text), 0.0)


def first_word(text: str) -> str:
    """The first word of a text in lower case, with the colon or slash right after it."""
    match = _FIRST.match(text.lower())
    return "".join(match.groups("")) if match else ""


def line_score(text: str) -> float:
    """Above 0 where the words of a short line are an article's, below 0 where they are furniture's."""
    weights = _weights()["lines"]
    found = line_words(text)
    return sum(map(weights.__getitem__, filter(weights.__contains__, found))) / (len(found) + 2)


@cache
def _weights() -> dict[str, dict[str, float]]:
    try:
        weights: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        weights = {"names": {}, "lines": {}, "firsts": {}}
    return weights
