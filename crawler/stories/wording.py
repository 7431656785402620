"""What of a sentence is compared: its words without punctuation, the terms that carry its meaning, its quotations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from crawler.stories.quotations import outside_quotations, quotations
from crawler.stories.synonyms import FUNCTION_WORDS, SYNONYMS, stem

_DATELINE = re.compile(
    r"""
    ^[^\W\d_a-zà-öø-ÿ][^\W\d_]*[^\d"“«.:;!?—–]{0,40}?      # MOSCOW, Russia; New York
    (?:,?\ (?:[A-Z][a-z]{2,8}\.?\ \d{1,2}|\d{1,2}\ [A-Z][a-z]{2,8}\.?))?   # , Dec. 3
    (?:\ ?\((?P<agency>[^()]{2,40})\)\s*(?:[-—–:]{1,2}\s*)?|\s+[—–]\s+|\s+--?\s+)   # (Reuters) -
    """,
    re.VERBOSE,
)
_PLACE_COLON = re.compile(r"^(?P<place>[^\W\d_a-zà-öø-ÿ]{3,}(?:[ ,]+[^\W\d_]+){0,3}):\s+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Punctuation(dict[int, str | int]):
    """For ``str.translate``: every sign that is neither letter nor figure becomes a space, but those words keep."""

    def __missing__(self, point: int) -> str | int:
        kind = unicodedata.category(chr(point))
        self[point] = point if kind[0] in "LNM" else "" if kind == "Cf" else " "
        return self[point]


# The apostrophe of "don't" stays, and what groups and splits figures; brackets of insertion leave no gap.
_PUNCTUATION = _Punctuation({ord(sign): sign for sign in "'.,"} | {ord(sign): "" for sign in "[]"} | {ord("’"): "'"})
_EDGES = ".,'"


@dataclass(frozen=True)
class Wording:
    """One sentence, ready to be compared."""

    printed: str
    plain: str
    """The words in lower case with single spaces: equal for sentences that differ in typography alone."""
    words: tuple[str, ...]
    quotations: tuple[tuple[str, ...], ...]
    """The words of each quoted passage."""
    size: int
    """Its length in words; two characters count as one where words are not spaced."""
    own: int
    """The part of ``size`` outside quotations: two reporters at one table write down the same quotation."""

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Each once: stems, or the class of synonyms a stem belongs to; pairs of signs where words are not spaced."""
        if self.plain.isascii() or _UNSPACED.search(self.plain) is None:
            terms: Iterable[str | None] = map(_TERMS.__getitem__, self.words)
        else:
            terms = (term for word in self.words for term in _unspaced_terms(word))
        return tuple(filter(None, dict.fromkeys(terms)))

    @property
    def units(self) -> Sequence[str]:
        """What runs are made of: words, or characters where words are not spaced."""
        return self.words if self.size == len(self.words) else [sign for word in self.words for sign in word]

    @property
    def run_units(self) -> Sequence[str]:
        """The same, where one character alone would say too little: four that follow each other are one unit."""
        return self.words if self.size == len(self.words) else _fours("".join(self.words))

    @property
    def own_run_units(self) -> Sequence[str]:
        """Those outside quotations; ``|`` stands for each passage."""
        if not self.quotations:
            return self.run_units
        pieces = list(map(words_of, outside_quotations(without_dateline(self.printed))))
        if self.size != len(self.words):
            pieces = [_fours("".join(piece)) for piece in pieces]
        return [unit for piece in pieces for unit in (*piece, "|")]


def word_sentences(sentences: Iterable[str]) -> list[Wording]:
    """Each sentence as it is compared."""
    return list(map(_wording, sentences))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, punctuation gone, typographic variants made equal."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = f" {text.lower().translate(_PUNCTUATION)} "
    for end in (", ", ". ", "' ", " '"):
        text = text.replace(end, " ")
    words = text.split()
    if "." not in text:
        return words
    words = [word.strip(_EDGES) for word in words]
    return [word if "." not in word or word[0].isdigit() else word.replace(".", "") for word in words if word]


def without_dateline(sentence: str) -> str:
    """The sentence without ``MOSCOW (Reuters) -``, ``Dec 21 (AP) —`` or ``MOSCOW, Russia:`` before it."""
    if not sentence[:1].isupper():
        return sentence
    head, capitals = sentence[:90], sentence[1:2].isupper()
    # A dash after ordinary words is a parenthesis, not a dateline: a place is printed in capitals or has an agency.
    if (capitals or "(" in head) and (dateline := _DATELINE.match(sentence)):
        if dateline["agency"] or dateline[0].split(",")[0].split(" —")[0].split(" –")[0].split(" -")[0].isupper():
            return sentence[dateline.end() :]
    elif capitals and ":" in head and (place := _PLACE_COLON.match(sentence)):
        return sentence[place.end() :] if place["place"].split(",")[0].isupper() else sentence
    return sentence


def _fours(signs: str) -> list[str]:
    return [signs[at : at + 4] for at in range(max(1, len(signs) - 3))]


# What is copied word for word is worded once.
@lru_cache(maxsize=1 << 12)
def _wording(sentence: str) -> Wording:
    words = words_of(without_dateline(sentence))
    plain = " ".join(words)
    spaced = plain.isascii() or _UNSPACED.search(plain) is None
    quoted = tuple(tuple(words_of(passage)) for passage in quotations(sentence))
    size, own = len(words), len(words) - sum(map(len, quoted))
    if not spaced and sum(map(len, words)) > 12 * len(words):
        size = sum(map(len, words)) // 2
        own = size - sum(len(word) for passage in quoted for word in passage) // 2
    return Wording(sentence, plain, tuple(words), quoted, size, max(0, own))


def _unspaced_terms(word: str) -> Iterable[str | None]:
    if _UNSPACED.search(word) is None:
        return (_TERMS[word],)
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


class _Terms(dict[str, str | None]):
    """The term of every word met lately."""

    def __missing__(self, word: str) -> str | None:
        if len(self) > 1 << 17:
            self.clear()
        self[word] = term = _term(word)
        return term


_TERMS = _Terms()


def _term(word: str) -> str | None:
    if word in FUNCTION_WORDS:
        return None
    if word[0].isdigit():
        return word.replace(",", "")
    cut = stem(word.removesuffix("'s"))
    return SYNONYMS.get(cut, cut)
