"""What speaks for a byline and against it: where it stands, what its names are, what others of its page say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crawler.extract.authors.persons import PageText, kinds_of
from crawler.extract.names.names import is_person
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import fold, squeeze, word_list
from crawler.model import Candidate

OF_THE_SITE = "of the site's own data"
"""The ground of what a site's own module reads: it needs no other."""
_SITE = 0.9
"""Confidence above which application state was read by a site's own module."""
_DATA = frozenset(("json-ld", "meta", "microdata"))
_HIDDEN = frozenset(("json-ld", "meta"))
_SHORT = 60
"""Characters of a line that may be but a name."""
_MANY = 4
"""Bylines of one sign, of which more are a list of other stories' authors."""
_OFTEN = 2
"""Times that a line comes, of which more are a form's: a label, a menu, the outlet."""
_HEADLINES = 6
"""Candidates for the headline, the most trusted first, whose words may be taken for a name."""
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
        return frozenset(map(key_of, self.names))


class BylineContext:
    """All bylines of a page, beside which the grounds of each are found; ``outlets`` are its site's names, squeezed."""

    def __init__(
        self,
        page: Page,
        layout: Layout,
        said: dict[str, list[Candidate]],
        bylines: Sequence[Byline],
        outlets: set[str],
    ) -> None:
        self._page, self._layout, self._outlets = page, layout, outlets
        self._text = PageText(layout, page.place)
        self._titles = {
            word for candidate in said.get("headline", ())[:_HEADLINES] for word in word_list(candidate.value)
        }
        self._keyed = [(byline, {key_of(name) for name in byline.names}) for byline in bylines]
        self._alike = Counter(sign_of(byline.witness) for byline in bylines)
        self._first = {sign_of(byline.witness): id(byline) for byline in reversed(bylines)}
        wanted = {fold(name) for byline in bylines for name in byline.names}
        self._lines = Counter([b.folded for b in layout.blocks if len(b.text) < _SHORT and b.folded in wanted])
        given = [byline for byline in bylines if byline.witness.source in _DATA]
        self._has_data = bool(given)
        self._persons = {key_of(name) for byline in given for name in byline.names if is_person(name)}
        self._told = [own for byline, own in self._keyed if byline.witness.source in _HIDDEN]
        self._shown = {name for byline, own in self._keyed if byline.witness.source == "text" for name in own}

    def ground(self) -> None:
        """Add to each byline what speaks for it and against it."""
        for byline, own in self._keyed:
            byline.grounds.update(self._grounds_of(byline, own))
            self._agree(byline, own)
            if {"no given name", "words of the title"} <= byline.grounds and byline.witness.source == "text":
                byline.grounds.add("no given name, words of the title")
        self._join_rows()

    def _grounds_of(self, byline: Byline, own: set[str]) -> Iterator[str]:
        witness = byline.witness
        sign = sign_of(witness)
        yield sign
        if witness.source == "app-state" and witness.confidence > _SITE:
            yield OF_THE_SITE
        kinds = kinds_of(byline.names, self._outlets)
        yield from kinds
        yield from self._beside_data(witness, own)
        if witness.source == "text":
            yield from self._on_page(byline, own, sign)
            yield from (f"{sign}, {kind}" for kind in ("given names", "no given name") if kind in kinds)
        if max(self._lines.get(fold(name), 0) for name in byline.names) > _OFTEN:
            yield "a line that comes often"
        if all(self._titles.issuperset(word_list(name)) for name in byline.names):
            yield "words of the title"

    def _beside_data(self, witness: Candidate, own: set[str]) -> Iterator[str]:
        """How names stand to those of the data that no reader sees."""
        if any(own < others <= self._shown for others in self._told):
            yield "one of some that the data gives and the page shows"
        elif len(own) > 1 and witness.source in _HIDDEN and own <= self._shown:
            yield "the page shows all that the data gives"
        elif len(own) > 1 and own in self._told:
            yield "just those that the data gives"

    def _on_page(self, byline: Byline, own: set[str], sign: str) -> Iterator[str]:
        """What the place of printed names says of them, and how they stand to the data's."""
        number = number_of(byline.witness)
        block = self._layout.blocks[number]
        where = self._page.place.where(number)
        yield from (where, f"{sign}, {where}")
        size = len(block.text)
        yield "in a short line" if size < 60 else "in a line" if size < 120 else "in a paragraph"
        if not block.box.inside.isdisjoint(_ASIDE):
            yield "aside"
        if not block.box.inside.isdisjoint(_PICTURE):
            yield "in a caption"
        if block.level:
            yield "in a heading"
        if self._alike[sign] > _MANY:
            yield "one of many alike"
        if self._first[sign] == id(byline):
            yield "the first of its kind"
        yield from self._text.grounds(byline.names)
        if self._has_data and own.isdisjoint(self._persons):
            yield "the data gives another person" if self._persons else "the data gives no person"

    def _agree(self, byline: Byline, own: set[str]) -> None:
        """Add to a byline which other kinds of witness give one of its names, and whether they give more."""
        for other, others in self._keyed:
            if other.witness.source != byline.witness.source and own & others:
                byline.agreeing.add(other.witness.source)
                byline.grounds.add(f"{other.witness.source} agrees")
                kind = "the page" if other.witness.source in ("text", "dom") else "the data"
                if others < own:
                    byline.grounds.add(f"more names than {kind} gives")
                elif own < others:
                    byline.grounds.add(f"fewer names than {kind} gives")

    def _join_rows(self) -> None:
        """Add to names that the page shows alone and elsewhere beside others, and to those others, that they are so."""
        shown = [
            (byline, own)
            for byline, own in self._keyed
            if byline.witness.source == "text" and not _BESIDE.isdisjoint(byline.grounds)
        ]
        for row, many in shown:
            for byline, own in shown:
                if own < many:
                    byline.grounds.add("part of a row of names")
                    row.grounds.add("a row of names")


def number_of(witness: Candidate) -> int:
    """Number of the block that a byline stands in; -1 for one that the page does not show."""
    if witness.source != "text":
        return -1
    return int(witness.place.partition(",")[0].removeprefix("block "))


def sign_of(witness: Candidate) -> str:
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


def key_of(name: str) -> str:
    """A name as it is compared."""
    return squeeze(fold(name))
