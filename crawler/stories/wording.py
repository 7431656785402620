"""What of a sentence is compared: its words without punctuation, the terms that carry its meaning, its quotations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from crawler.stories.outlets import AGENCIES
from crawler.stories.quotations import has_quotations, outside_quotations, quotations
from crawler.stories.synonyms import FUNCTION_WORDS, SYNONYMS, stem

_DATELINE = re.compile(
    r"""
    ^[^\W\d_a-zà-öø-ÿ][^\W\d_]*[^\d"“«.:;!?—–]{0,40}?      # MOSCOW, Russia; New York
    (?:,?\ (?:[A-Z][a-z]{2,8}\.?\ \d{1,2}|\d{1,2}\ [A-Z][a-z]{2,8}\.?))?   # , Dec. 3
    (?:\ ?\((?P<agency>[^()]{2,40})\)\s*(?P<dash>[-—–:]{1,2}\s*)?|\s+[—–]\s+|\s+--?\s+)   # (Reuters) -
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


# The apostrophe of "don't" stays, what groups and splits figures, and what parts sentences; brackets of insertion leave
# no gap.
_PUNCTUATION = _Punctuation({ord(sign): sign for sign in "'.,\n"} | {ord(sign): "" for sign in "[]"} | {ord("’"): "'"})
_EDGES = ".,'"
_TYPOGRAPHY = (("’", "'"), ("‘", " "), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", "..."), ("\u00a0", " "))
"""What makes most texts in Latin letters no Latin-1."""
_LATIN_GONE = bytes(point for point in range(256) if _PUNCTUATION[point] == "")
_LATIN = bytes(
    ord(chr(point).lower()) if _PUNCTUATION[point] == point else ord(str(_PUNCTUATION[point]) or " ")
    for point in range(256)
)
"""Lower case and punctuation in one: a hundred times as fast as ``str.translate`` beyond ASCII."""


class Wording:
    """One sentence, ready to be compared. Its words are told apart when they are asked for."""

    __slots__ = ("_terms", "_words", "own", "plain", "printed", "quotations", "size")

    def __init__(self, printed: str, plain: str, quotations: tuple[tuple[str, ...], ...]) -> None:
        self.printed = printed
        self.plain = plain
        """The words in lower case with single spaces: equal for sentences that differ in typography alone."""
        self.quotations = quotations
        """The words of each quoted passage."""
        self.size = size = plain.count(" ") + 1 if plain else 0
        """Its length in words; two characters count as one where words are not spaced."""
        own = size - sum(map(len, quotations)) if quotations else size
        signs = len(plain) - size + 1
        if signs > 12 * size and _is_unspaced(plain):
            self.size = signs // 2
            own = self.size - sum(len(word) for passage in quotations for word in passage) // 2
        self.own = max(0, own)
        """The part of ``size`` outside quotations: two reporters at one table write down the same quotation."""
        self._words: list[str] | None = None
        self._terms: tuple[str, ...] | None = None

    @property
    def words(self) -> list[str]:
        """The words in lower case, without punctuation."""
        words = self._words
        if words is None:
            self._words = words = self.plain.split()
        return words

    @property
    def terms(self) -> tuple[str, ...]:
        """Each once: stems, or the class of synonyms a stem belongs to; pairs of signs where words are not spaced."""
        terms = self._terms
        if terms is None:
            if _is_unspaced(self.plain):
                found = dict.fromkeys(term for word in self.words for term in _unspaced_terms(word))
            else:
                found = dict.fromkeys(map(_TERMS.__getitem__, self.words))
            found.pop(None, None)
            self._terms = terms = tuple(found)  # type: ignore[arg-type]
        return terms

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


def word_sentences(sentences: Sequence[str]) -> list[Wording]:
    """Each sentence as it is compared. Sentences have no line breaks."""
    if not sentences:
        return []
    plain = _plain_lines([one if one[1:2].islower() and "(" not in one else without_dateline(one) for one in sentences])
    if not has_quotations("\n".join(sentences)):
        return [Wording(sentence, words, ()) for sentence, words in zip(sentences, plain, strict=True)]
    passages = list(map(quotations, sentences))
    quoted = iter(_plain_lines([passage for several in passages for passage in several]))
    return [
        Wording(sentence, words, tuple(tuple(next(quoted).split()) for _ in several))
        for sentence, words, several in zip(sentences, plain, passages, strict=True)
    ]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, punctuation gone, typographic variants made equal."""
    return _plain_lines([text.replace("\n", " ")])[0].split()


def _plain_lines(texts: Sequence[str]) -> list[str]:
    """The words of texts without line breaks, with single spaces: cleaning all at once costs little more than one."""
    text = _cleaned(" " + " \n ".join(texts) + " ")
    for end in (", ", ". ", "' ", " '"):
        text = text.replace(end, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return [_bare(line) if "." in line else line.strip() for line in text.split("\n")]


def _bare(line: str) -> str:
    words = [word.strip(_EDGES) for word in line.split()]
    return " ".join([word if "." not in word or word[0].isdigit() else word.replace(".", "") for word in words if word])


def _cleaned(text: str) -> str:
    """Lower case, with spaces for punctuation."""
    if not text.isascii():
        for sign, plain in _TYPOGRAPHY:
            text = text.replace(sign, plain)
        text = unicodedata.normalize("NFKC", text)
    try:
        return text.encode("latin-1").translate(_LATIN, _LATIN_GONE).decode("latin-1")
    except UnicodeEncodeError:
        lines = text.split("\n")
        return "\n".join(map(_cleaned, lines)) if len(lines) > 1 else text.lower().translate(_PUNCTUATION)


def without_dateline(sentence: str) -> str:
    """The sentence without ``MOSCOW (Reuters) -``, ``Dec 21 (AP) —`` or ``MOSCOW, Russia:`` before it."""
    if not sentence[:1].isupper():
        return sentence
    head, capitals = sentence[:90], sentence[1:2].isupper()
    if not any(sign in head for sign in ("(", " -", "—", "–", ":")):
        return sentence
    # A dash after ordinary words is a parenthesis, not a dateline: a place is printed in capitals or has an agency.
    if (capitals or "(" in head) and (dateline := _DATELINE.match(sentence)):
        place = re.split(r",| —| –| -| \(", dateline[0], maxsplit=1)[0]
        agency, rest = dateline["agency"], sentence[dateline.end() :]
        dashed = agency is None or dateline["dash"] is not None
        known = agency is not None and agency.lower() in AGENCIES
        if rest and (known or (dashed and (place.isupper() or _is_agency(agency or " ")))):
            return rest
    elif capitals and ":" in head and (called := _PLACE_COLON.match(sentence)):
        return sentence[called.end() :] if called["place"].split(",")[0].isupper() else sentence
    return sentence


def _is_agency(name: str) -> bool:
    """True for ``Reuters`` and ``dpa/lno``; what else stands in brackets after capitalised words is an aside."""
    words = name.split()
    named = name[0].isupper() or len(words) == 1
    return named and len(words) <= 3 and not any(sign.isdigit() for sign in name)


def _is_unspaced(words: str) -> bool:
    return not words.isascii() and _UNSPACED.search(words) is not None


def _fours(signs: str) -> list[str]:
    return [signs[at : at + 4] for at in range(max(1, len(signs) - 3))]


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
