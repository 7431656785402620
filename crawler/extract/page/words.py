"""What the words of class and id names, and of short lines, say about a block: learned weights, read once."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from math import fsum
from pathlib import Path

from crawler.extract.wording import letters_in_bytes, lower_runs

_NAME_PART = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_LINE_PART = re.compile(r"[^\W\d_]{2,}|[©@#|→»›]")
_LETTERS = letters_in_bytes(r"[^\W\d_]")
_MOST = 4.0
"""The score of names of one kind alone, above 0 or below."""
_FIRST = re.compile(r"\W*([^\W\d_]+)\s?([:/|])?")
_AFTER = (":", "/", "|")
"""What may follow a first word with a space between, and belongs to it."""
WEIGHTS = Path(__file__).with_name("words.json")
"""Log-odds of words: ``names`` for class and id names, ``lines`` for the text of short blocks,
``firsts`` for the first word of any block; above 0 for content.
Written by ``benchmarks/train_body.py``."""


def name_words(names: str) -> list[str]:
    """The words of class and id names in lower case: ``storyBody__Lead-text`` is story, body, lead, text."""
    return [part for part in _name_parts(names) if len(part) > 1]


def line_words(text: str) -> list[str]:
    """The words of a line in lower case, with the signs that mark furniture."""
    found = _runs(text)
    return _LINE_PART.findall(text.lower()) if found is None else [part for part in found if len(part) > 1]


@lru_cache(maxsize=50_000)
def class_score(names: str) -> float:
    """Above 0 where class and id names speak of content, below 0 where of furniture, 0 where they are mute."""
    telling, weights = _name_weights()
    found = telling.intersection(_name_parts(names))
    if not found:
        return 0.0
    score = fsum(map(weights.__getitem__, found))
    return score if -_MOST < score < _MOST else _MOST if score > 0 else -_MOST


def _name_parts(names: str) -> list[str]:
    """The words of names, single letters among them."""
    if names.islower() and names.isascii():  # most are; parting them so costs a third
        return names.encode("ascii").translate(_LETTERS).decode("ascii").split()
    return [part.lower() for part in _NAME_PART.findall(names)]


def _runs(text: str) -> list[str] | None:
    """The runs of letters in a line, in lower case, single ones too; None where it holds signs or other scripts."""
    if "@" in text or "#" in text or "|" in text:
        return None
    if not text.isascii() and ("©" in text or "»" in text or "›" in text):
        return None
    return lower_runs(text, _LETTERS)


def first_score(text: str) -> float:
    """Above 0 where a block begins as an article's do, below 0 where like a label, a credit or a promotion."""
    word, _, rest = text.partition(" ")
    if not (word.isascii() and word.isalpha()) or rest[:1] in _AFTER:  # most begin with a plain word
        word = first_word(text)
    return _weights()["firsts"].get(word.lower(), 0.0)


def first_word(text: str) -> str:
    """The first word of a text in lower case, with the colon or slash right after it."""
    match = _FIRST.match(text.lower())
    return "".join(match.groups("")) if match else ""


def line_score(text: str) -> float:
    """Above 0 where the words of a short line are an article's, below 0 where they are furniture's."""
    weights = _weights()["lines"]
    found = _runs(text)
    if found is None:
        found = _LINE_PART.findall(text.lower())
        number = len(found)
    else:
        number = len(found) - list(map(len, found)).count(1)  # single letters are no words, nor have they weights
    return sum(filter(None, map(weights.get, found))) / (number + 2)


@cache
def _name_weights() -> tuple[frozenset[str], dict[str, float]]:
    weights = _weights()["names"]
    return frozenset(weights), weights


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights
