"""Sentences of very long texts find those they were made of as those of short ones do."""

from __future__ import annotations

import random

import pytest

from crawler.stories import matching
from crawler.stories.align import link_sentences
from crawler.stories.wording import word_sentences

USUAL = ["the", "of", "and", "to", "in", "that", "for", "on", "with", "as", "was", "by", "at", "from"]


def sentences(number: int, seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    words = ["".join(chance.choices("abdefghiklmnoprstuv", k=chance.randint(3, 9))) for _ in range(600)]
    return [[*chance.choices(words, k=8), *chance.choices(USUAL, k=6)] for _ in range(number)]


def rewritten(texts: list[list[str]], seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    return [["anew" if chance.random() < 0.2 else word for word in words] for words in texts if chance.random() < 0.9]


def test_of_a_long_original_the_rarer_terms_tell_what_all_would(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sentences(700, seed=3)
    originals, copies = (
        word_sentences([" ".join(words).capitalize() + "." for words in each]) for each in (texts, rewritten(texts, 4))
    )
    monkeypatch.setattr(matching, "_LOOKED_AT", 600)
    long = link_sentences(originals, copies)
    monkeypatch.setattr(matching, "_MANY", 10_000)
    link_sentences.__globals__["_linked"].cache_clear()
    assert link_sentences(originals, copies) == long
    assert sum(link.label != "added" for link in long if link.copy) > 600
