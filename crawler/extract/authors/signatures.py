"""The names that a witness to the authors gives: people without their outlet, and as they sign, with degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.labels import is_label
from crawler.extract.names.names import DEGREE, is_collective, is_person, people_given, people_in
from crawler.extract.wording import squeeze, tidy
from crawler.model import Candidate

_AFTER_NAME = frozenset(("Staff", "Reporter", "Editor", "Writer", "Contributor", "Correspondent"))
_FIRST_DEGREE = (
    r"(?:(?:Ph\. ?D|M\. ?D|J\. ?D|Ed\. ?D|D\. ?O|M\. ?[AS]|B\. ?[AS]|Esq)\.?|PhD|PharmD|PsyD|EdD|MD|DO|MBA|MPH|MSc?"
    r"|MA|BSc|MSN|RDN?|RN|NP|CFP|CFA|CPA|CPP|CEPF|DVM|VMD|DDS|DMD|DPT|JD|LLM|LCSW|LMFT|LPC|CPT|CSCS"
    r"|E-RYT(?: \d+)?)[®™]?"
)
_SIGNED = re.compile(rf",? {_FIRST_DEGREE}(?![^\W_])(?:,? (?:{DEGREE})(?![^\W_]))*")
"""What belongs to a name as its bearer signs."""
_MOST_SIGNED = 100
"""Names with degrees that are looked at: a page may name thousands."""


def as_signed(candidate: Candidate, names: tuple[str, ...]) -> Iterator[str]:
    """The names with the degrees that follow them in the line they are from."""
    signed = [line for value in candidate.value if _SIGNED.search(line := tidy(value))][:_MOST_SIGNED]
    for name in names:
        for line in signed:
            start = line.find(name)
            if start >= 0 and (follows := _SIGNED.match(line, start + len(name))):
                yield name + follows[0]
                break
        else:
            yield name


def spelled_out(names: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names, those that are handles or given names alone as ``others``, the names that witnesses give, spell them.

    "annaberg" is "Anna Berg".
    """
    return tuple(dict.fromkeys(_spelled(name, others) for name in names))


def _spelled(name: str, others: Sequence[tuple[str, ...]]) -> str:
    if " " in name:
        return name
    squeezed, alone = squeeze(name), is_given_name(name)
    for other in (other for given in others for other in given if " " in other):
        if squeeze(other) == squeezed or (alone and other.startswith(f"{name} ") and is_person(other)):
            return other
    return name


def names_of(candidate: Candidate, outlets: set[str]) -> Iterator[str]:
    """The names a candidate gives, without the outlet's after them."""
    shown = candidate.source in ("text", "microdata")
    for line in candidate.value:
        names = people_in(line) if shown else people_given(line)
        if not names and len(line.split()) < 4 and candidate.place.endswith(", by"):
            names = people_given(line)  # "Staff Writer" is nobody's name, but the one in the byline
        for name in names:
            yield _without_outlet(name, outlets)


def _without_outlet(name: str, outlets: set[str]) -> str:
    """A person's name, or a desk's, without the outlet's that follows it; of a person also without the role."""
    words = name.split()
    while len(words) > 2 and (many := _outlets_words(words, outlets)):
        del words[-many:]
    desk = " ".join(words)
    while len(words) > 2 and (many := int(words[-1] in _AFTER_NAME) or _outlets_words(words, outlets)):
        del words[-many:]
    person = " ".join(words)
    staff = _is_outlet(person, outlets) and not is_given_name(words[0])  # "Island Lantern Staff" is nobody
    return person if is_person(person) and not staff else desk if is_collective(desk) and not is_label(desk) else name


def _outlets_words(words: list[str], outlets: set[str]) -> int:
    """How many words at the end are the outlet's name; 0 where they may be a surname, or hardly a name is left.

    "Anna Maria Berg" may write on a site of her own.
    """
    for first in range(2, len(words)):
        if _is_outlet("".join(words[first:]), outlets):
            alone = first == len(words) - 1
            own = alone and all(is_given_name(word) or len(word.rstrip(".")) == 1 for word in words[:-1])
            return 0 if own else len(words) - first
    return 0


def without_outlets(names: tuple[str, ...], outlets: set[str]) -> tuple[str, ...]:
    """The names without the outlet's own where people, or a desk of it, are named beside it."""
    others = tuple(name for name in names if not _is_outlet(name, outlets))
    return others if any(is_person(name) or is_collective(name) for name in others) else names


def _is_outlet(name: str, outlets: set[str]) -> bool:
    """Whether a name is one of the outlet's, with an article before it or without."""
    bare = squeeze(name).removeprefix("the")
    return bare in outlets or f"the{bare}" in outlets
