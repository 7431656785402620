"""Who signs an article where no byline is: below a line that announces names, at the text's end, in a portrait."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.names.names import BARE, is_person
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.author_marks import by_another, names_author
from crawler.extract.wording import word_set

_AND = r"(?:,|\b(?:and|und|et|y|e|och|og|en|i|a|ja|és|și|şi|ve|dan|и|і|та|και|và|un|ir|dhe|eta|և)\b|&)\s*"
LIST = re.compile(rf"\s*{_AND}")
JOINED = re.compile(rf"\s*(?:{_AND})+")
"""What joins names, and nothing else."""
_FURTHER = re.compile(rf"{JOINED.pattern}({BARE.pattern})")
_ANNOUNCES = re.compile(
    r"(?:(?:this \w+ (?:was|is) )?(?:written|posted|published|authored|contributed) by|by|words by|text by|story by"
    r"|authors?|(?:geschrieben|verfasst|erstellt|ein beitrag|ein artikel) von|von|autor(?:in|en|innen)?|autor/in|par"
    r"|auteurs?|por|autor[ae]s?|di|autor[ie]|door|av|af|autorzy|автор(?:ы)?|作者|文|記者|记者)\s*[:：]?"
)
"""In lower case."""
_SIGNED = re.compile(
    rf"[.!?…\"'”“»]\s*\((?:(?:by|von|par|por|di|oleh|door|av|af|przez)\s+)?((?-i:{BARE.pattern}))\)"
    r"\W*(?:(?:end(?:s|item)?|eom|fin|ende)\b\W*)?$",
    re.I,
)
"""A name in brackets behind the last sentence, and what agencies put behind it all."""
IS_SOMEONE = re.compile(
    r",? (?:is|was|has|ist|schreibt|arbeitet|hat|est|es|covers|writes|works|leads|brings|joined|studied)\b"
)
_TELLS_WHO = re.compile(rf" [-–—|] (?=\w)|{IS_SOMEONE.pattern}")
"""The same in a box that is named after the author."""
_BOOK = re.compile(
    r"\b(?:isbn|verlag|seiten(?:zahl)?|pages|publisher|éditeur|editorial|editora|editore)\b\s*:|\bisbn\b", re.I
)
"""In a line of a book's data: the author named beside it wrote that book."""
_LABEL = 30
"""Characters of a line that does but announce a name."""
_LONGEST = 50
"""Characters of a name in a line of its own."""
_WHOLE = 1_500
"""Characters of a text in one piece."""
_SIGNATURE = 70
"""Characters at the end of a text in which a name in brackets stands."""
_FOLLOWING = 6
"""Lines below one that announces names, in which those stand."""
_MOST = 2
"""Names that are announced far from the title: more are those of all who write for the site."""
_BEGINNINGS = word_set(
    "die der das den diese dieser dieses ihr ihre unser because this these that when while every each"
)
_CLOSING = 4
"""Blocks under the text in which a line on its author stands."""
_PORTRAIT = range(40, 600)
"""Characters of a text on someone."""


def signers(layout: Layout, block: TextBlock, place: Place) -> list[tuple[TextBlock, str, tuple[str, ...]]]:
    """Whom a block announces or is signed by, with the block of the first name and what betrays it."""
    text, size = block.text, len(block.text)
    if size < _LABEL:
        names = _announced(layout, block) if _ANNOUNCES.fullmatch(text.lower()) else ()
        if names and (len(names) <= _MOST or place.near(block.number)):
            return [(layout.blocks[block.number + 1], "by", names)]
    closes = size >= _LONGEST and (abs(block.number - place.end) < 2 or size >= _WHOLE)
    if closes and (signed := _SIGNED.search(text[-_SIGNATURE:])):
        return [(block, "signed", (signed[1],))]
    return []


def told_of(block: TextBlock, place: Place) -> list[tuple[str, tuple[str, ...]]]:
    """The person whom a block in a box named after the author, or right under the text, tells of."""
    if len(block.text) not in _PORTRAIT or block.link_chars >= len(block.text):  # another story's headline
        return []
    if block.box.classes and names_author(block.box.classes):
        name = _someone(block.text, _TELLS_WHO)
    else:
        name = _someone(block.text, IS_SOMEONE) if 0 < block.number - place.end <= _CLOSING else None
    return [("a line on someone", (name,))] if name is not None else []


def is_of_a_book(layout: Layout, block: TextBlock) -> bool:
    """Whether a block stands among a book's data: the author it names wrote that book."""
    beside = layout.blocks[max(0, block.number - 2) : block.number + 3]
    return any(len(other.text) < 60 and _BOOK.search(other.text) for other in beside)


def begins_a_sentence(text: str) -> bool:
    """Whether the first word is one that is in capitals only where a sentence or a label begins."""
    return text.partition(" ")[0].lower() in _BEGINNINGS


def _announced(layout: Layout, label: TextBlock) -> tuple[str, ...]:
    """The names in the lines below one that announces them."""
    if by_another(layout, label, ""):
        return ()
    names: list[str] = []
    joined = True
    for block in layout.blocks[label.number + 1 : label.number + 1 + _FOLLOWING]:
        text = block.text
        if names and JOINED.fullmatch(text):
            joined = True
        elif (
            (joined or block.tag == "li")
            and len(text) < _LONGEST
            and BARE.fullmatch(text)
            and (names or is_person(text))
        ):
            names.append(text)
            joined = False
        else:
            break
    return tuple(names)


def _someone(text: str, tells: re.Pattern[str]) -> str | None:
    """The person of whom a text begins by telling who that is; None where it does not."""
    begins = BARE.match(text)
    return (
        begins[0]
        if begins and not begins_a_sentence(text) and tells.match(text, begins.end()) and is_person(begins[0])
        else None
    )


def joined(rest: str) -> Iterator[str]:
    """The names that a line joins to one before."""
    while (following := _FURTHER.match(rest)) and is_person(following[1]):
        yield following[1]
        rest = rest[following.end() :]
