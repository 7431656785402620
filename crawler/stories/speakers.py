"""Who says what stands in quotation marks, as far as the sentence or its neighbours name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from crawler.model import Quotation, QuotationLink
from crawler.stories import saying
from crawler.stories.quotations import has_quotations, is_long, outside_quotations, quotations
from crawler.stories.wording import Wording, words_of

_SAME = 0.7
"""Share of the shorter wording that must stand in the longer."""
CUES = saying.WORDS | frozenset(
    ("according", "According", "laut", "Laut", "selon", "Selon", "según", "Según", "secondo", "Secondo", "so")
)
"""Without one of these words a sentence names no speaker, and the patterns below need not be tried."""
_WORD = re.compile(r"\w+")
_VERBS = saying.VERBS
_CAPITAL = "[^\\W\\d_a-zà-öø-ÿа-яё]"
_PART = rf"(?:{_CAPITAL}[\w’'.-]*[\w’']|{_CAPITAL}\.)"
_TITLE = (
    r"(?:(?:\w+(?:meister|minister|sprecher|präsident|direktor|trainer|leiter|chef|anwalt)|Minister|Sprecher|Präsident|"
    r"Direktor|Trainer|Leiter|Chef|Anwalt)(?:in)?|"
    r"Mr|Mrs|Ms|Dra?|Prof|Sen|Rep|Gov|President|Minister|Mayor|Judge|Chancellor|Premier|Senator|Professor|Herr|Frau|"
    r"Monsieur|Mme|Mlle|Señora?|Sra?|Don|Doña|Senhora?)"
)
_BETWEEN = r"(?:(?:de|del|da|di|van|von|der|den|la|le|bin|ibn|al|el|ten|ter)\s+)*"
_NAME = rf"(?:{_TITLE}\.\s+)*{_PART}(?:\s+{_BETWEEN}{_PART}){{0,4}}"
_ROLE = r"(?:[Tt]he|[Aa]n?|[Dd]er|[Dd]ie|[Ee]ine?|[Ll][ea]|[Ee]l|[Uu]na?)\s+[^\W\d_A-Z][\w’'-]*(?:\s+[\w’'-]+){0,4}?"
_PRONOUNS = frozenset(["He", "he", "She", "she", "They", "they", "er", "sie", "il", "elle"])
_PRONOUN = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|er|sie|il|elle)\s+(?:also\s+)?(?:{_VERBS})\b|\b(?:{_VERBS})\s+(?:he|she)\b"
)
_NO_ROLE = """
in on at to that of for from by with after before during when as while via near if and or but so since until
why how what where who whether
im am an auf bei nach vor zu dass als während gegenüber und à dans en sur lors au aux que qui pour avec et ou
al ante durante tras con por para y a alla che di su em no na ao do da e op bij tijdens dat tegen och i på till under
att w podczas że do v při že в во на что и у по і що di dalam pada bahwa σε στην στο ότι και
"""
"""What stands before a place, a time or a clause and not before who speaks."""
_LOWER = rf"(?!(?:{'|'.join(_NO_ROLE.split())})\b)[^\W\d_A-ZÀ-ÖØ-ÞА-Я][\w’'-]*"
# Between the verb and the name: "the head of the union, ", "el alcalde ", "council leader ", "l'assessora ".
_OF_ROLE = rf"(?:{_ROLE},\s+|(?:(?:[Tt]he|[Aa]n?)\s+|l['’])?(?:{_LOWER},?\s+){{1,5}}?)?"
# Behind "told" stands who listens.
_VERB_NAME = re.compile(rf"\b(?!tells?\b|told\b)(?:{_VERBS})\s+{_OF_ROLE}(?P<who>{_NAME})")
_SO_NAME = re.compile(rf"^ … ,?\s+so\s+(?:(?:der|die)\s+)?(?P<who>{_NAME})")
_NAME_VERB = re.compile(rf"(?P<who>{_NAME})(?:,[^,“”\"]{{2,80}},|\s+\([^()]{{1,30}}\)|\s+also)?\s+(?:{_VERBS})\b")
_ACCORDING = re.compile(rf"\b(?:[Aa]ccording\s+to|[Ll]aut|[Ss]elon|[Ss]egún|[Ss]econdo)\s+(?P<who>{_NAME})")
_ROLE_SAYS = re.compile(
    rf"\b(?P<who>{_ROLE})\s+(?:{_VERBS})\b|\b(?:{_VERBS})\s+(?P<after>{_ROLE})(?=[.,;:]|$)"
    rf"|\baccording\s+to\s+(?P<source>{_ROLE})(?=[.,;:]|$)|\b(?:{_VERBS})\s+(?P<titled>(?:der|die)\s+{_TITLE})\b"
)
_TITLES = re.compile(rf"^(?:{_TITLE}\.?\s+)+")
_CAPITALISED = """
    The A An He She They It We I You This That These Those But And Or So Yet In On At By For From With As If When While
    After Before Since Although Though Because However Meanwhile Still Also Asked Speaking His Her Their Our My Its
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Der Die Das Ein Eine Er Sie Es Wir Le La Les Un Une Il Elle El Los Las Una
"""
_NO_NAMES = frozenset(_CAPITALISED.split())
_OPENERS, _CLOSERS = '“«„「"', '”»“」"'


def quotations_of(sentences: Sequence[str]) -> tuple[Quotation, ...]:
    """The quotations of a text, given sentence by sentence, with their speakers.

    A quotation without a speaker beside it is the next sentence's where it runs on into that one, else that of whoever
    spoke last in the sentence before.
    """
    if not has_quotations("\n".join(sentences)):
        return ()
    spoken = {number: found for number, sentence in enumerate(sentences) if (found := quotations(sentence))}
    named = {number: _speaker(sentences[number]) for number in spoken}
    last: dict[int, str] = {}
    result: list[Quotation] = []
    for number, found in spoken.items():
        who = named[number]
        if who is None and _runs_on(sentences[number]):
            who = named.get(number + 1)
        if who is None:
            reach = 2 if _has_pronoun(sentences[number]) else 1
            before = range(number - 1, max(-1, number - 1 - reach), -1)
            who = next(filter(None, (last.get(at) or _subject(sentences[at]) for at in before)), None)
        result += [Quotation(text, number, who) for text in found]
        if who:
            last[number] = who
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation that is long enough to be known again, in its words, or in signs where words are not spaced."""

    quotation: Quotation
    words: Sequence[str]
    known: frozenset[str]


def passages_of(sentences: Sequence[Wording]) -> tuple[Passage, ...]:
    """The long quotations of a text, given sentence by sentence."""
    spoken = quotations_of([sentence.printed for sentence in sentences])
    words = [passage for sentence in sentences for passage in sentence.quotations]
    return tuple(
        Passage(quotation, mine, frozenset(mine))
        for quotation, mine in zip(spoken, words, strict=True)
        if is_long(mine)
    )


def link_quotations(originals: Sequence[Passage], copies: Sequence[Passage]) -> tuple[QuotationLink, ...]:
    """The quotations of a copy that are in the original too, each with its nearest there, in the copy's order."""
    found = []
    for copy in copies if originals else ():
        mine = copy.words
        score, _, at = max(
            (_common(copy, other) / min(len(mine), len(other.words)), -abs(len(mine) - len(other.words)), at)
            for at, other in enumerate(originals)
        )
        if score >= _SAME:
            one, other = originals[at].quotation, copy.quotation
            found.append(QuotationLink(other, one, round(score, 4), same_speaker(one.speaker, other.speaker)))
    return tuple(found)


def _common(one: Passage, other: Passage) -> int:
    """Words that two quotations have in common in one order; 0 where they are too few anyway."""
    shorter, longer = (one, other) if len(one.words) < len(other.words) else (other, one)
    if sum(map(longer.known.__contains__, shorter.words)) < _SAME * len(shorter.words):
        return 0
    return len(one.words) if one.words == other.words else LCSseq.similarity(one.words, other.words)


def same_speaker(one: str | None, other: str | None) -> bool | None:
    """True where two texts name the same person: ``Ilse Tarnow`` and ``Tarnow``; None where either names nobody.

    A description (``the director``) is nobody: whether it is the person the other text names is not known.
    """
    if not one or not other or one[0].islower() != other[0].islower():
        return None
    mine, yours = words_of(one), words_of(other)
    return bool(mine and yours) and (mine[-1] == yours[-1] or set(mine) <= set(yours) or set(yours) <= set(mine))


@lru_cache(maxsize=1 << 12)
def _speaker(sentence: str) -> str | None:
    outside = " … ".join(outside_quotations(sentence))
    if name := saying.without_capitals(outside):
        return name
    words = _WORD.findall(outside)
    if CUES.isdisjoint(words):
        return None
    spoken = () if saying.WORDS.isdisjoint(words) else (_NAME_VERB, _VERB_NAME)
    for pattern in (*spoken, _ACCORDING, _SO_NAME):
        for found in pattern.finditer(outside):
            if name := _person(found["who"]):
                return name
    if _has_pronoun(outside):
        return None
    role = _ROLE_SAYS.search(outside)
    if role is None:
        return None
    who = role["who"] or role["after"] or role["source"] or role["titled"]
    return who[:1].lower() + who[1:]


@lru_cache(maxsize=1 << 12)
def _has_pronoun(sentence: str) -> bool:
    return not _PRONOUNS.isdisjoint(_WORD.findall(sentence)) and _PRONOUN.search(sentence) is not None


@lru_cache(maxsize=1 << 12)
def _subject(sentence: str) -> str | None:
    """A person that a sentence without quotation lets speak, to whom ``he said`` in the next refers."""
    if CUES.isdisjoint(_WORD.findall(sentence)):
        return None
    found = _NAME_VERB.search(sentence) or _VERB_NAME.search(sentence)
    return _person(found["who"]) if found else None


def _person(name: str) -> str | None:
    words = _TITLES.sub("", name.removesuffix("’s").removesuffix("'s")).split()
    while words and words[0] in _NO_NAMES:
        words.pop(0)
    while words and words[-1] in _NO_NAMES:
        words.pop()
    # The class of capitals above holds small letters of other alphabets.
    if not words or not words[0][0].isupper() or _TITLES.fullmatch(f"{' '.join(words)} "):
        return None
    return " ".join(words)


def _runs_on(sentence: str) -> bool:
    return any(mark in sentence for mark in _OPENERS) and not sentence.rstrip().endswith(tuple(_CLOSERS))
