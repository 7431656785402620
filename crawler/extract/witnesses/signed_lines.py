"""Lines that are a name and what its bearer is or where: a role of the press, an agency, the outlet, a town."""

from __future__ import annotations

import re

from crawler.extract.names.byline_frame import without_others
from crawler.extract.names.byline_words import names_role, split_names
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.names import BARE, is_agency, is_person
from crawler.extract.wording import squeeze

Signed = tuple[str, tuple[str, ...]]
"""The sign that betrays the names, and the names."""

_WITH_AGENCY = re.compile(rf"(?P<name>{BARE.pattern})\s?/\s?(?P<agency>[^\W\d_][\w-]{{1,10}})")
_AGENCY_FIRST = re.compile(rf"(?P<agency>[^\W\d_][\w-]{{1,10}})\s?[/|]\s?(?P<name>{BARE.pattern})")
"""Such as "Anna Berg/dpa", "dpa/Anna Berg"."""
_AND_MORE = re.compile(r"(?P<names>.{4,80}?)\s*(?:,|\s[-–—/]\s|[|·•(])\s*(?P<rest>[^|·•]{2,50})\)?")
_ROLE_FIRST = re.compile(rf"(?P<rest>[^,|:.]{{4,40}}?)\s(?P<names>{BARE.pattern})")
_TOWN = r"[^\W\d_a-z][\w’'.-]+"
_IN_TOWN = re.compile(
    rf"(?P<names>{BARE.pattern})(?:(?:\s(?:in|à|en|aus|из)\s|\s[|–—]\s){_TOWN}(?: {_TOWN})?"
    rf"|\s(?:i|w|we|v|ve|в|у)\s{_TOWN})"
)
_UNCASED = re.compile(r"[\u0590-\u10ff\u1200-\u135a]{2,20}(?: [\u0590-\u10ff\u1200-\u135a’'.-]{2,20}){1,3}")
"""A name in a script without capitals."""
_OF = re.compile(r"(?:de|na|nga|per|eftir)\s+(.+)", re.I)
"""What says "by" before a name, and much else before other words."""


def signed_line(text: str, host: str) -> Signed | None:
    """Whom a line names whose rest says that they wrote; ``host`` is the site's, which its name may be seen in."""
    whole, text = text, without_others(text)
    if text != whole and (names := _persons(text, r",\s*")):
        return "by", names
    for pattern in (_WITH_AGENCY, _AGENCY_FIRST):
        if (found := pattern.fullmatch(text)) and _is_signed(found["name"], found["agency"]):
            return "a name and an agency", (found["name"],)
    if (found := _AND_MORE.fullmatch(text)) and (names := _persons(found["names"])):
        rest = found["rest"].strip(" )")
        if (names_role(rest) and not _persons(rest)) or _is_outlet(rest, host):
            return "by", names
    if (found := _ROLE_FIRST.fullmatch(text)) and names_role(found["rest"]) and (names := _persons(found["names"])):
        return "by", names
    named = tuple(split_names(text))
    if len(named) > 1 and any(map(is_agency, named)):
        persons = tuple(name for name in named if not is_agency(name))
        if persons and all(map(_is_one, persons)):
            return "a name and an agency", persons
    if (found := _OF.fullmatch(text)) and is_given_name(found[1].partition(" ")[0]) and (names := _persons(found[1])):
        return "by", names
    if (found := _IN_TOWN.fullmatch(text)) and is_given_name(found["names"].partition(" ")[0]):
        return ("a name", (found["names"],)) if is_person(found["names"]) else None
    return None


def _persons(text: str, comma: str = "(?!)") -> tuple[str, ...]:
    """The persons that a text is nothing but the names of, and what parts those besides words."""
    names = tuple(name for part in re.split(comma, text.strip()) for name in split_names(part))
    return names if all(map(_is_one, names)) else ()


def _is_one(name: str) -> bool:
    return (BARE.fullmatch(name) or _UNCASED.fullmatch(name)) is not None and is_person(name) and not names_role(name)


def _is_signed(name: str, agency: str) -> bool:
    return is_person(name) and (is_agency(agency) or is_given_name(name.partition(" ")[0]))


def _is_outlet(rest: str, host: str) -> bool:
    squeezed = squeeze(rest).removeprefix("the")
    return len(squeezed) > 3 and squeezed in squeeze(host)
