"""What names tell of those who bear them: a person, an agency, the outlet, or words of the page that are no name."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.labels import is_label
from crawler.extract.names.names import is_agency, is_collective, is_person
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import squeeze

_MOST = 20
"""Names of a byline that are looked for in the text: a page may list thousands."""
_PARAGRAPH = 120
"""Characters that a block of running text has at least."""


def kinds_of(names: tuple[str, ...], outlets: set[str]) -> set[str]:
    """What kind of names they are; ``outlets`` are what the site may be called, in letters and digits only."""
    found: set[str] = set()
    persons = sum(map(is_person, names))
    given = sum(is_given_name(name.split()[0]) for name in names)
    if given == len(names):
        found.add("given names" if all(" " in name for name in names) else "a given name alone")
    elif persons:
        found.add("some given names" if given else "no given name")
    if persons == len(names):
        found.add("persons")
    elif persons:
        found.add("persons and others")
    if len(names) > 1:
        found.add("two names" if len(names) == 2 else "some names" if len(names) < 6 else "many names")
    for name in names:
        found.update(_kinds_of_one(name, outlets))
    return found


def _kinds_of_one(name: str, outlets: set[str]) -> Iterator[str]:
    squeezed = squeeze(name)
    if squeezed in outlets or _initials(name) in outlets:
        yield "the outlet"
    elif any(len(outlet) > 5 and outlet in squeezed for outlet in outlets):
        yield "the outlet and more"
    if is_agency(name):
        yield "an agency"
    elif is_collective(name):
        yield "a collective"
    if is_label(name):
        yield "words of a label"
    if not name[0].isupper():
        yield "not capitalised"
    if " " not in name:
        yield "one word"
    elif not is_person(name) and not is_collective(name):
        yield "no person's name"
    if any(map(str.isdigit, name)) or "@" in name or "." in name[:-2]:
        yield "signs of an account"
    if len(name) > 35:
        yield "long"


def _initials(name: str) -> str:
    """The first letters of three or more words that are no person's; "tw" and "us" are parts of many a host."""
    words = name.lower().split()
    return "" if len(words) < 3 or is_given_name(name.split()[0]) else "".join(word[0] for word in words)


class PageText:
    """What the article's text says of who may have written it."""

    def __init__(self, layout: Layout, place: Place) -> None:
        self._all = f" {' '.join([block.text for block in layout.blocks])} "
        inner = layout.blocks[place.start : place.end + 1]
        self._paragraphs = "\n".join([block.text for block in inner if len(block.text) > _PARAGRAPH])

    def grounds(self, names: tuple[str, ...]) -> Iterator[str]:
        """Whether a name is made of common words, and whether the text tells of its bearer."""
        for name in names[:_MOST]:
            words = name.split()
            if not is_given_name(words[0]) and any(
                len(word) > 3 and f" {word.lower()} " in self._all for word in words if not word.islower()
            ):
                yield "of words that the page uses"
            if len(words) > 1 and name in self._paragraphs:
                yield "named in the text"
