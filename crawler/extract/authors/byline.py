"""Who wrote the article: the people of the byline, told from agencies, roles, handles and the outlet itself."""

from __future__ import annotations

from math import exp

from crawler.extract.authors.byline_grounds import OF_THE_SITE, Byline, BylineContext, number_of, sign_of
from crawler.extract.authors.signatures import as_signed, names_of, spelled_out, without_outlets
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.names import is_person
from crawler.extract.page import Page
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Layout
from crawler.extract.page.comments import find_comments
from crawler.extract.trust import trust
from crawler.extract.witnesses.eastern import EDITOR, WRITER, is_chinese_name
from crawler.extract.wording import squeeze
from crawler.model import Candidate

Decision = tuple[tuple[str, ...], Candidate, str | None]
"""The authors, the witness that gives them, and which kinds of witness agree on them."""
_MARKS = frozenset(("by", "box", "box around it", "link", "address"))
"""Signs that the page itself gives for who wrote it."""
NOBODY = frozenset(("nobody",))
"""The grounds for naming no author: a candidate has to outweigh them."""


def choose_authors(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> Decision | None:
    """The authors who are likeliest by all that name them; None where nobody is named, or by no one credibly."""
    bylines = find_bylines(page, layout, said)
    edited = any(EDITOR in byline.grounds for byline in bylines)
    ranks = {id(byline): _rank(byline, edited=edited) for byline in bylines}
    trusts = {id(byline): trust("authors", byline.grounds) for byline in bylines}
    persons = [byline for byline in bylines if _names_person(byline)]
    if any(trusts[id(byline)] >= trust("authors", NOBODY) for byline in persons):
        bylines = [byline for byline in bylines if not _is_address(byline, page.host)]
    chances: dict[frozenset[str], float] = {}
    for byline in bylines:
        chances[byline.key] = chances.get(byline.key, 0.0) + exp(trusts[id(byline)])
    best = max(bylines, key=lambda b: (ranks[id(b)], chances[b.key], trusts[id(b)]), default=None)
    if best is None or (not ranks[id(best)] and max(trusts.values()) < trust("authors", NOBODY)):
        return None
    names = spelled_out(best.names, [byline.names for byline in bylines])
    sources = sorted({best.witness.source, *best.agreeing})
    return names, best.witness, f"{', '.join(sources)} agree" if best.agreeing else None


def find_bylines(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> list[Byline]:
    """Every set of names the witnesses give, with its grounds."""
    outlets = {squeeze(c.value.name) for c in said.get("publisher", ()) if c.value.name}
    outlets |= {squeeze(page.host), squeeze(page.host.rpartition(".")[0]), page.host.partition(".")[0]}
    outlets.discard("")
    found: list[Byline] = []
    for candidate in said.get("authors", ()):
        names = tuple(dict.fromkeys(names_of(candidate, outlets)))
        if names := without_outlets(names, outlets):
            found.append(Byline(names, candidate))
        if (signed := tuple(as_signed(candidate, names))) != names:
            found.append(Byline(signed, candidate, {"as signed"}))
    found = _without_comments(found, layout, page.place)
    _cut_to_persons(found, outlets)
    BylineContext(page, layout, said, found, outlets).ground()
    return found


def _names_person(byline: Byline) -> bool:
    """Whether a byline names a person: by a known given name, or where the page marks who wrote it."""
    if any(map(_is_someone, byline.names)):
        return True
    return sign_of(byline.witness) in _MARKS and all(map(is_person, byline.names))


def _is_address(byline: Byline, host: str) -> bool:
    """Whether a byline is but the site's address, which its system enters where nobody entered a name."""
    return all(name.lower().removeprefix("www.") == host for name in byline.names)


def _rank(byline: Byline, *, edited: bool) -> int:
    """What no learned trust decides: what a site's module reads, and the words that China's press has for who wrote.

    Where such a word names an editor (``edited``), that is who is named unless another witness names a person: what
    the data of such pages gives for the author is mostly the outlet.
    """
    if OF_THE_SITE in byline.grounds:
        return 3
    if WRITER in byline.grounds:
        return 2
    return int(edited and (EDITOR in byline.grounds or any(map(_is_someone, byline.names))))


def _is_someone(name: str) -> bool:
    return is_chinese_name(name) or (is_given_name(name.partition(" ")[0]) and is_person(name))


def _cut_to_persons(bylines: list[Byline], outlets: set[str]) -> None:
    """Cut from a printed name what follows a person's that another witness gives: an outlet without a sign between."""
    persons = {name for byline in bylines for name in byline.names if " " in name and is_person(name)}
    persons = {name for name in persons if squeeze(name) not in outlets}  # its "Staff" and "Team" are more than it
    for byline in bylines:
        if byline.witness.source == "text" and "as signed" not in byline.grounds:
            byline.names = tuple(dict.fromkeys(_person_of(name, persons) for name in byline.names))


def _person_of(name: str, persons: set[str]) -> str:
    person = name
    while person and person not in persons:
        person = person.rpartition(" ")[0]
    return person or name


def _without_comments(bylines: list[Byline], layout: Layout, place: Place) -> list[Byline]:
    """The bylines but for those of readers' comments; within the article no box's name makes them that."""
    if all(number_of(byline.witness) <= place.end for byline in bylines):
        return bylines
    comments = find_comments(layout, place.start)
    numbers = [number_of(byline.witness) for byline in bylines]
    return [
        byline for byline, number in zip(bylines, numbers, strict=True) if number <= place.end or number not in comments
    ]
