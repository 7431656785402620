"""What lines and markup leave behind a name: dates, places, labels, the site's address."""

from __future__ import annotations

import re

from crawler.extract.names.given_names import is_given_name
from crawler.extract.wording import word_set

_TAIL = re.compile(
    r"\s+(?:(?:기자|記者|记者|특파원)$|[→»].*|(?:is|was|ist|has|schreibt|writes|covers|reports)\s.*|(?:updated|published|posted|aktualisiert"
    r"|veröffentlicht|on|am|vom|for|für)\b.*"
    r"|(?:january|february|april|june|july|august|september|october|november|december|released)\b.*"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s.*|google\+.*|envoyée?s? spécia.*"
    r"|(?:feb|apr|jun|jul|aug|sept?|oct|nov|dec)\.?$"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s\d.*|\d.*|(?:in|à|aus)\s+[A-Z].*"
    r"|,.*)$|(?<=[a-z])(?:Follow|Author Posts)$",
    re.I,
)
_GLUED = re.compile(
    r"(?<=[a-zß-ÿ])(?:(?:Twitter|Facebook|Follow|Author|Redakteur|Redaktion|Editor|Reporter"
    r"|Updated|Published|Posted|Aktualisiert|Veröffentlicht"
    r"|January|February|March|April|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b.*)"
)
"""A label that markup sets right behind a name without a space."""
_NEXT_SENTENCE = re.compile(r"(?<=\w )([\w'’-]*[^\W\d_]{4})(?<!Prof)(?<!Dipl)\.\s+(?=[^\W\d_a-z]).*")
"""A last name and what follows its full stop; "Capt. Ada Winter" begins with none."""
_TWICE = re.compile(r"^(\S+(?: \S+){1,3}?) ?\1$")
"""A name that a portrait's description repeats."""
_NOTE = re.compile(r"(?<= )([^\W\d_]{2,})\d{1,2}$")
"""A last name with the mark of a footnote."""
_DAY_OR_SITE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|[\w-]+\.(?:com|org|net|info|tv|co|de|fr|es|it|pl|ru|uk|at|ch|nl)",
    re.I,
)
_AGENCIES = word_set("AFP AP UPI PTI IANS ANI EFE ANSA DPA TASS Reuters Bloomberg Xinhua Anadolu Bernama Yonhap Kyodo")
"""As they stand behind a name without any sign between."""
_DATELINE = re.compile(
    r"(?<=\w\w)\.\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)?(?:\s+\d.*)?$",
    re.I,
)
"""The date that follows a byline's full stop."""


def without_date(byline: str) -> str:
    """A byline without the date that follows its full stop."""
    return _DATELINE.sub("", byline)


def without_tail(text: str) -> str:
    """A name without what follows it in its line, and without the signs around it."""
    name: str = _NOTE.sub(r"\1", _GLUED.sub("", text))
    name = _TAIL.sub("", _NEXT_SENTENCE.sub(r"\1", name)).strip(" \t-–—|/:;,•·⋅∙*\"'“”»«+_&[]【】")
    return _TWICE.sub(r"\1", _without_day_and_site(name))


def _without_day_and_site(text: str) -> str:
    """A name of two words or more without the day, the site's address or the agency that follows it in its line.

    Behind given names alone such a word is a surname: Freitag, Sonntag, Friday.
    """
    words = text.split()
    if len(words) > 2 and words[-1] in _AGENCIES:
        words.pop()
    for number, word in enumerate(words[2:], 2):
        if _DAY_OR_SITE.fullmatch(word) and ("." in word or not all(map(is_given_name, words[:number]))):
            return " ".join(words[:number])
    return " ".join(words)
