"""What of a sentence is compared: its words without punctuation, the terms that carry its meaning, its quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.stories.outlets import AGENCIES
from crawler.stories.quotations import has_quotations, outside_quotations, quotations
from crawler.stories.synonyms import FUNCTION_WORDS, SYNONYMS, stem
from crawler.stories.typography import cleaned, has_serbian_letters

_DATELINE = re.compile(
    r"""
    ^[^\W\d_a-zà-öø-ÿ][^\W\d_]*[^\d"“«.:;!?—–]{0,40}?      # MOSCOW, Russia; New York
    (?:,?\ (?:[A-Z][a-z]{2,8}\.?\ \d{1,2}|\d{1,2}\ [A-Z][a-z]{2,8}\.?))?   # , Dec. 3
    (?:\ ?\((?P<agency>[^()]{2,40})\)\s*(?P<dash>[-—–:]{1,2}\s*)?|\s+[—–]\s+|\s+--?\s+)   # (Reuters) -
    """,
    re.VERBOSE,
)
_PLACE_COLON = re.compile(r"^(?P<place>[^\W\d_a-zà-öø-ÿ]{3,}(?:[ ,]+[^\W\d_]+){0,3}):\s+")
_PIECE = re.compile(r"[0-9a-z]+(?:[.,][0-9a-z]+)*|[^0-9a-z]+")
_CHARACTER = re.compile("[\u3400-\u9fff]")
_ENDING = re.compile("[\u3040-\u309f]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EDGES = ".,'"
_NO_FIGURE_AFTER = re.compile(r",(?!\d)")
_LONGER_THAN_WORDS = 6
"""Letters that spaced words of these scripts seldom have on average: ``한국어`` is spaced, ``中文`` is not."""

_KEPT = 1 << 12


class Wording:
    """One sentence, ready to be compared. Its words are told apart when they are asked for."""

    __slots__ = ("_terms", "_words", "own", "plain", "printed", "quotations", "size")

    def __init__(self, printed: str, plain: str, quotations: tuple[tuple[str, ...], ...]) -> None:
        self.printed = printed
        self.plain = plain
        """The words in lower case with single spaces: equal for sentences that differ in typography alone."""
        self.quotations = quotations
        """The words of each quoted passage; its signs where words are not spaced."""
        self.size = size = plain.count(" ") + 1 if plain else 0
        """Its length in words; two characters count as one where words are not spaced."""
        own = size - sum(map(len, quotations)) if quotations else size
        signs = len(plain) - size + 1
        if signs > _LONGER_THAN_WORDS * size and _is_unspaced(plain):
            self.size = signs // 2
            own = self.size - sum(len(word) for passage in quotations for word in passage) // 2
        self.own = max(0, own)
        """The part of ``size`` outside quotations: two reporters at one table write down the same quotation."""
        self._words: list[str] | None = None
        self._terms: tuple[str, ...] | None = None

    @property
    def is_spaced(self) -> bool:
        """False in scripts that have no spaces between words."""
        return self.size == self.plain.count(" ") + 1 or not self.plain

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


_LATELY: dict[str, Wording] = {}
"""Sentences met lately: those that a copy took over as they stood are the original's."""


def word_sentences(sentences: Sequence[str]) -> list[Wording]:
    """Each sentence as it is compared. Sentences have no line breaks."""
    if has_serbian_letters("".join(sentences)):  # then its other sentences are read as Serbian too
        return _word(sentences)
    known = {sentence: wording for sentence in sentences if (wording := _LATELY.get(sentence))}
    if fresh := [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]:
        new = dict(zip(fresh, _word(fresh), strict=True))
        known.update(new)
        if len(_LATELY) > _KEPT:
            _LATELY.clear()
        _LATELY.update(new)
    return [known[sentence] for sentence in sentences]


def _word(sentences: Sequence[str]) -> list[Wording]:
    plain = _plain_lines([one if one[1:2].islower() and "(" not in one else without_dateline(one) for one in sentences])
    if not has_quotations("\n".join(sentences)):
        return [Wording(sentence, words, ()) for sentence, words in zip(sentences, plain, strict=True)]
    passages = list(map(quotations, sentences))
    quoted = iter(_plain_lines([passage for several in passages for passage in several]))
    return [
        Wording(sentence, words, tuple(tuple(_spaced(next(quoted).split())) for _ in several))
        for sentence, words, several in zip(sentences, plain, passages, strict=True)
    ]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, punctuation gone, typographic variants made equal."""
    return _plain_lines([text.replace("\n", " ")])[0].split()


def _spaced(words: list[str]) -> list[str]:
    signs = "".join(words)
    return list(signs) if len(signs) > _LONGER_THAN_WORDS * len(words) and _is_unspaced(signs) else words


def _plain_lines(texts: Sequence[str]) -> list[str]:
    """The words of texts without line breaks, with single spaces: cleaning all at once costs little more than one."""
    text = cleaned(" " + " \n ".join(texts) + " ")
    for end in (", ", ". ", "' ", " '"):
        text = text.replace(end, " ")
    if "," in text:
        text = _NO_FIGURE_AFTER.sub(" ", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return [_bare(line) if "." in line else line.strip() for line in text.split("\n")]


def _bare(line: str) -> str:
    words = [word.strip(_EDGES) for word in line.split()]
    return " ".join([word if "." not in word or word[0].isdigit() else word.replace(".", "") for word in words if word])


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
    if words.isascii():
        return False
    try:
        words.encode("latin-1")  # takes a hundredth of the time of a search
    except UnicodeEncodeError:
        return _UNSPACED.search(words) is not None
    return False


def _fours(signs: str) -> list[str]:
    return [signs[at : at + 4] for at in range(max(1, len(signs) - 3))]


def _unspaced_terms(word: str) -> Iterable[str | None]:
    """Pairs of signs, Chinese characters alone too; figures and Latin words whole, pairs of Hiragana not: endings."""
    if _UNSPACED.search(word) is None:
        return (_TERMS[word],)
    found = []
    for piece in _PIECE.findall(word):
        if piece[0].isascii():
            found.append(piece)
        else:
            found += [piece[at : at + 2] for at in range(max(1, len(piece) - 1))]
            found += _CHARACTER.findall(piece)
    return [term for term in found if not _ENDING.fullmatch(term)]


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
