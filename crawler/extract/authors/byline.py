"""Who wrote the article: the people of the byline, told from agencies, roles, handles and the outlet itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import exp

from crawler.extract.authors.persons import PageText, kinds_of
from crawler.extract.authors.signatures import as_signed, names_of, spelled_out, without_outlets
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.names import is_person
from crawler.extract.page import Page
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Layout
from crawler.extract.page.comments import find_comments
from crawler.extract.trust import trust
from crawler.extract.witnesses.eastern import EDITOR, WRITER, is_chinese_name
from crawler.extract.wording import fold, squeeze, word_list
from crawler.model import Candidate

Decision = tuple[tuple[str, ...], Candidate, str | None]
NOBODY = frozenset(("nobody",))
"""The grounds for naming no author: a candidate has to outweigh them."""
OF_THE_SITE = "of the site's own data"
"""The ground of what a site's own module reads: it needs no other."""
_SITE = 0.9
"""Confidence above which application state was read by a site's own module."""
_DATA = frozenset(("json-ld", "meta", "microdata"))
_HIDDEN = frozenset(("json-ld", "meta"))
_SHORT = 60
_BESIDE = frozenset(("right under the title", "right above the title", "near the title or the text"))
_ASIDE = frozenset(("footer", "aside", "nav", "form", "dialog"))
_PICTURE = frozenset(("figure", "figcaption"))


@dataclass(slots=True)
class Byline:
    """Some names that may be the authors', the witness that gives them and the grounds for and against them."""

    names: tuple[str, ...]
    witness: Candidate
    grounds: set[str] = field(default_factory=set)
    agreeing: set[str] = field(default_factory=set)
    """Sources of other witnesses that give one of the names."""

    @property
    def key(self) -> frozenset[str]:
        """The names as they are compared: witnesses who give the same speak for each other."""
        return frozenset(map(_key, self.names))


def choose_authors(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> Decision | None:
    """The authors who are likeliest by all that name them; None where nobody is named, or by no one credibly."""
    bylines = find_bylines(page, layout, said)
    edited = any(EDITOR in byline.grounds for byline in bylines)
    ranks = {id(byline): _rank(byline, edited=edited) for byline in bylines}
    trusts = {id(byline): trust("authors", byline.grounds) for byline in bylines}
    chances: dict[frozenset[str], float] = {}
    for byline in bylines:
        chances[byline.key] = chances.get(byline.key, 0.0) + exp(trusts[id(byline)])
    best = max(bylines, key=lambda b: (ranks[id(b)], chances[b.key], trusts[id(b)]), default=None)
    if best is None or (not ranks[id(best)] and max(trusts.values()) < trust("authors", NOBODY)):
        return None
    names = spelled_out(best.names, [byline.names for byline in bylines])
    sources = sorted({best.witness.source, *best.agreeing})
    return names, best.witness, f"{', '.join(sources)} agree" if best.agreeing else None


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
    place = page.place
    found = _without_comments(found, layout, place)
    _cut_to_persons(found)
    alike = Counter(_sign(byline.witness) for byline in found)
    wanted = {fold(name) for byline in found for name in byline.names}
    lines = Counter([b.folded for b in layout.blocks if len(b.text) < _SHORT and b.folded in wanted])
    titles = {word for candidate in said.get("headline", ())[:6] for word in word_list(candidate.value)}
    keys = [{_key(name) for name in byline.names} for byline in found]
    given = [byline for byline in found if byline.witness.source in _DATA]
    told = [own for byline, own in zip(found, keys, strict=True) if byline.witness.source in _HIDDEN]
    persons = {_key(name) for byline in given for name in byline.names if is_person(name)}
    shown = {name for byline, own in zip(found, keys, strict=True) if byline.witness.source == "text" for name in own}
    text = PageText(layout, place)
    for byline, own in zip(found, keys, strict=True):
        witness = byline.witness
        sign = _sign(witness)
        grounds = byline.grounds
        grounds.add(sign)
        if witness.source == "app-state" and witness.confidence > _SITE:
            grounds.add(OF_THE_SITE)
        _agree(byline, own, zip(found, keys, strict=True))
        if witness.source == "text":
            grounds.update(_grounds_of_place(witness, layout, place, sign))
            if alike[sign] > 4:
                grounds.add("one of many alike")
            if next(b for b in found if _sign(b.witness) == sign) is byline:
                grounds.add("the first of its kind")
        if any(own < others <= shown for others in told):
            grounds.add("one of some that the data gives and the page shows")
        elif len(own) > 1 and witness.source in _HIDDEN and own <= shown:
            grounds.add("the page shows all that the data gives")
        elif len(own) > 1 and own in told:
            grounds.add("just those that the data gives")
        if witness.source == "text":
            grounds.update(text.grounds(byline.names))
        if witness.source == "text" and given and own.isdisjoint(persons):
            grounds.add("the data gives another person" if persons else "the data gives no person")
        grounds.update(kinds_of(byline.names, outlets))
        if max(lines.get(fold(name), 0) for name in byline.names) > 2:
            grounds.add("a line that comes often")
        if all(titles.issuperset(word_list(name)) for name in byline.names):
            grounds.add("words of the title")
        if witness.source == "text":
            grounds.update(f"{sign}, {ground}" for ground in ("given names", "no given name") if ground in grounds)
            if {"no given name", "words of the title"} <= grounds:
                grounds.add("no given name, words of the title")
    _join_rows(found, keys)
    return found


def _agree(byline: Byline, own: set[str], bylines: Iterable[tuple[Byline, set[str]]]) -> None:
    """Add to a byline which other kinds of witness give one of its names, and whether they give more."""
    for other, others in bylines:
        if other.witness.source != byline.witness.source and own & others:
            byline.agreeing.add(other.witness.source)
            byline.grounds.add(f"{other.witness.source} agrees")
            kind = "the page" if other.witness.source in ("text", "dom") else "the data"
            if others < own:
                byline.grounds.add(f"more names than {kind} gives")
            elif own < others:
                byline.grounds.add(f"fewer names than {kind} gives")


def _grounds_of_place(witness: Candidate, layout: Layout, place: Place, sign: str) -> Iterator[str]:
    """What the block that a byline stands in says of it."""
    number = int(witness.place.split(",")[0].removeprefix("block "))
    block = layout.blocks[number]
    where = place.where(number)
    yield from (where, f"{sign}, {where}")
    size = len(block.text)
    yield "in a short line" if size < 60 else "in a line" if size < 120 else "in a paragraph"
    if not block.box.inside.isdisjoint(_ASIDE):
        yield "aside"
    if not block.box.inside.isdisjoint(_PICTURE):
        yield "in a caption"
    if block.level:
        yield "in a heading"


def _cut_to_persons(bylines: list[Byline]) -> None:
    """Cut from a printed name what follows a person's that another witness gives: an outlet without a sign between."""
    persons = {name for byline in bylines for name in byline.names if " " in name and is_person(name)}
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
    if all(_number(byline) <= place.end for byline in bylines):
        return bylines
    comments = find_comments(layout, place.start)
    return [byline for byline in bylines if _number(byline) <= place.end or _number(byline) not in comments]


def _number(byline: Byline) -> int:
    """Number of the block that a byline stands in; -1 for one that the page does not show."""
    if byline.witness.source != "text":
        return -1
    return int(byline.witness.place.partition(",")[0].removeprefix("block "))


def _join_rows(bylines: list[Byline], keys: list[set[str]]) -> None:
    """Add to names that the page shows alone, though beside others elsewhere, and to those others, that they are so."""
    shown = [
        (byline, own)
        for byline, own in zip(bylines, keys, strict=True)
        if byline.witness.source == "text" and not _BESIDE.isdisjoint(byline.grounds)
    ]
    for row, many in shown:
        for byline, own in shown:
            if own < many:
                byline.grounds.add("part of a row of names")
                row.grounds.add("a row of names")


def _sign(witness: Candidate) -> str:
    """What betrays an author, without the place on this page."""
    place = witness.place
    if witness.source == "text":
        return place.partition(", ")[2]
    if witness.source == "json-ld":
        key = place.rpartition(".")[2]
        if place.startswith("WebPage"):
            return "json-ld WebPage"
        return f"json-ld {key}" if witness.confidence > 0.72 else f"json-ld {key}, of another article"
    if witness.source == "meta":
        return f"meta {place}" if place in ("author", "article:author", "parsely-author") else "meta"
    return witness.source


def _key(name: str) -> str:
    return squeeze(fold(name))
