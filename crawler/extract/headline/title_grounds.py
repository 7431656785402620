"""What speaks for one of a page's titles and against it: its words, the lines of the page, its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.extract.address import slug_words
from crawler.extract.headline.titles import ends_title, names_site, separators
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.printed import says_date
from crawler.extract.wording import word_list
from crawler.model import Candidate

FURNITURE = frozenset(("nav", "footer", "aside", "form", "dialog"))
"""Elements of a page that hold no headline of its own article."""
_LINE = 100
"""Characters of the longest line that dates an article."""


@dataclass(slots=True)
class Title:
    """One of a page's titles, with the witnesses that give it and the grounds that speak for and against it."""

    value: str
    witnesses: list[Candidate] = field(default_factory=list)
    grounds: set[str] = field(default_factory=set)


class TitleContext:
    """What a title is held against: the page's lines, its own title, its address, and where its text begins."""

    def __init__(self, page: Page, layout: Layout, lines: dict[str, int], names: set[str], given: list[str]) -> None:
        self.blocks, self.lines, self.names, self.given = layout.blocks, lines, names, given
        self.words = [set(word_list(title)) for title in given]
        self.slug = [word for word in slug_words(page.address) if len(word) > 2]
        self.start = page.place.start

    def grounds(self, key: str, title: Title, share_of_slug: float | None) -> set[str]:
        """What speaks for and against a title, but for where it was found.

        ``share_of_slug`` is the share of the address's words that it holds; None where the address has hardly any.
        """
        number = self.lines.get(key)
        found = {*_given_by(title), *_of_length(key), *self._beside_others(key, title, number)}
        if number is not None:
            found |= self._grounds_of_line(number)
        elif parts := {witness.place for witness in title.witnesses if witness.place.endswith(" part")}:
            found.add("shown in a heading" if "h1 part" in parts else "shown in a line")
        if share_of_slug is not None and word_list(key):
            manner = "in" if share_of_slug > 0.79 else "partly in" if share_of_slug > 0.39 else "not in"
            found.add(f"{manner} the address")
        found.update(f"holds {separator}" for separator in separators(title.value))
        if title.value.isupper():
            found.add("in capitals")
        return found

    def in_slug(self, key: str) -> float:
        """The share of the address's words that a title holds."""
        words = " ".join(word_list(key))
        return sum(word in words for word in self.slug) / (len(self.slug) or 1)

    def _beside_others(self, key: str, title: Title, number: int | None) -> Iterator[str]:
        """How a title stands to the site's names and to the page's own title; ``number`` is that of its line."""
        own = set(word_list(key))
        ends = any(ends_title(given, key) for given in self.given)
        if names_site(title.value, self.names):
            yield "names the site"
            if number is not None:
                yield "a line that names the site"
        elif ends:
            yield "ends the page's title"
            if number is not None:
                yield "a line that ends the page's title"
        if self.words and own and not ends:
            yield _likeness(max(len(own & others) / len(own) for others in self.words))

    def _grounds_of_line(self, number: int) -> set[str]:
        """What the block that shows a title says of it by its place."""
        block = self.blocks[number]
        found = {"shown", _height(self.start - number)}
        if block.link_chars > 0.5 * len(block.text):
            found.add("a link")
        if not block.box.inside.isdisjoint(FURNITURE):
            found.add("in the page's furniture")
        elif "header" in block.box.inside:
            found.add("in a header")
        following = self.blocks[number + 1 : number + 4]
        if any(len(other.text) < _LINE and says_date(other.text) for other in following):
            found.add("a date follows")
        if block.box.words < -1:
            found.add("named like furniture")
        elif block.box.words > 1:
            found.add("named like content")
        return found


def _given_by(title: Title) -> Iterator[str]:
    """How many kinds of witness give a title."""
    sources = {witness.source for witness in title.witnesses}
    if len(sources) > 1:
        yield "two kinds of witness" if len(sources) == 2 else "three kinds of witness"


def _of_length(key: str) -> Iterator[str]:
    """Whether a title is shorter or longer than headlines are."""
    words = word_list(key)
    if not words or len(key) < 4:
        yield "nearly no letters"
    elif len(words) < 3:
        yield "one word" if len(words) == 1 else "two words"
    elif len(key) > 120:
        yield "long"


def _likeness(share: float) -> str:
    """What it is called when this share of a title's words stands in the page's."""
    if share > 0.99:
        return "in the page's title"
    if share >= 0.6:
        return "like the page's title"
    return "partly the page's title" if share >= 0.3 else "unlike the page's title"


def _height(distance: int) -> str:
    """What it is called when a line stands so many blocks above the text's first; negative: below it."""
    if distance > 30:
        return "shown, far above the text"
    if distance > 8:
        return "shown above the text"
    if distance > 1:
        return "shown shortly above the text"
    if distance == 1:
        return "shown right above the text"
    return "shown in the text" if distance > -3 else "shown below the text"
