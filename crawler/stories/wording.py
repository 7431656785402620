"""What of a sentence is compared: its words without punctuation, the terms that carry its meaning, its quotations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.stories.quotations import quotations
from crawler.stories.synonyms import FUNCTION_WORDS, SYNONYMS, stem

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’-][^\W\d_]{1,2}\b)?")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
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


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence, ready to be compared."""

    printed: str
    plain: str
    """The words in lower case with single spaces: equal for sentences that differ in typography alone."""
    words: tuple[str, ...]
    terms: frozenset[str]
    """Stems, or the class of synonyms a stem belongs to; pairs of characters where words are not spaced."""
    quotations: tuple[tuple[str, ...], ...]
    """The words of each quoted passage."""

    @property
    def numbers(self) -> frozenset[str]:
        """The figures in it, grouping commas removed."""
        return frozenset(word.replace(",", "") for word in self.words if word[0].isdigit())


def word_sentences(sentences: Iterable[str]) -> list[Wording]:
    """Each sentence as it is compared."""
    return [_wording(sentence) for sentence in sentences]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, punctuation gone, typographic variants made equal."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‑", "-")
    text = text.lower()
    if "." in text:
        text = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), text)
    return _WORD.findall(text.replace("[", "").replace("]", ""))


def without_dateline(sentence: str) -> str:
    """The sentence without ``MOSCOW (Reuters) -``, ``Dec 21 (AP) —`` or ``MOSCOW, Russia:`` before it."""
    if not sentence[:1].isupper():
        return sentence
    head = sentence[:90]
    if ("(" in head or "—" in head or "–" in head or "-" in head) and (dateline := _DATELINE.match(sentence)):
        # A dash after ordinary words is a parenthesis, not a dateline: a place is printed in capitals or has an agency.
        if dateline["agency"] or dateline[0].split(",")[0].split(" —")[0].split(" –")[0].split(" -")[0].isupper():
            return sentence[dateline.end() :]
    elif ":" in head and (place := _PLACE_COLON.match(sentence)) and place["place"].split(",")[0].isupper():
        return sentence[place.end() :]
    return sentence


def _wording(sentence: str) -> Wording:
    words = words_of(without_dateline(sentence))
    terms: set[str] = set()
    for word in words:
        if word not in FUNCTION_WORDS:
            if not word.isascii() and _UNSPACED.search(word):
                terms.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
            else:
                cut = stem(word.removesuffix("'s"))
                terms.add(SYNONYMS.get(cut, cut))
    quoted = tuple(tuple(words_of(passage)) for passage in quotations(sentence))
    return Wording(sentence, " ".join(words), tuple(words), frozenset(terms), quoted)
