"""What a line that holds a date says of it: by its words, its place, the names of its elements, the lines like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.dates.names import fold
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.date_words import says_modified, says_published

_NOT_A_STORY_DATE = re.compile(
    r"©|copyright|all rights|event|born|founded|(?<!\d )(?<!no )(?<!leave a )(?:comment|reply)|antwort"
    r"|(?<!\d )kommentar|deadline|bis zum|valid|joined"
    r"|embargo|sperrfrist|member since|verfügbar|available until|expires|redeem|\boffer\b|disponible hasta|jusqu'au"
)
"""A number of comments is none: many a dateline has one."""
_DATE_NAME = re.compile(r"date|time|publish|posted|datum|fecha|data\b", re.I)
_YEAR = re.compile(r"(?<!\d)(?:19|20|25|1[345])\d\d(?!\d)|\d[./-]\s?\d\d?[./-]\s?\d\d(?!\d)")
_TOLD = re.compile(r"(?:[^\W\d_][\w'’-]*+\W++){3}\D*+\d.*(?:(?<!\d)[.!?]\s+\S|[.!?…][\"'”’»)]*$)", re.S)
"""What a sentence says of some day, and more than a dateline would: three words, then the day, then a full stop."""
_TERM = re.compile(
    r"\b(?:ab|bis|from|until|till|through|starting|jusqu'au|dès le|à partir du|desde el|hasta el|a partir del|dal"
    r"|fino al|a partire dal|vanaf|tot en met|fra den|od|с|до|від)\s+(?:dem\s+)?(?:\w+,?\s+(?:den\s+)?)?\d"
)
"""From when or until when something is."""
_WORD, _STORY = re.compile(r"[^\W\d_]{2,}"), 3
"""Words between a dateline and what the story behind it tells of a term; a term has fewer between its two days."""
_PICTURE = frozenset(("figure", "figcaption"))
_LEGEND = re.compile(r"(?:Abbildung|Abb\.|Bild|Foto|Figure|Fig\.|Photo|Image|Ilustración|Рис\.)\s?(?:\d|:)")
_ASIDE = frozenset(("footer", "aside", "nav", "form"))
_SENTENCE = 50
"""Characters of a Chinese or Japanese sentence that is no line with a date."""
_MANY = 3
"""Lines of one form that are those of cards or comments."""


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A block of a page and a phrase of it that holds a date."""

    block: TextBlock
    phrase: str
    stamped: bool
    """A machine is to read it: it does not stand in the text."""
    order: int = 0
    """How many other dates of the same kind stand before it in the block."""

    @property
    def form(self) -> tuple[str, str | None, int]:
        """What lines of cards, or of comments, have in common."""
        return self.block.tag, self.block.box.classes, self.block.box.depth


def weigh(
    line: DatedLine, layout: Layout, anchor: int | None, number: int, *, changed: bool
) -> tuple[float, str, list[str]]:
    """The trust in a dated line, the field that it is of, and the signs for and against it.

    ``anchor`` is the number of the title's block, ``number`` how many lines of its form there are; ``changed`` where
    the class of its element is that of a change.
    """
    block, text = line.block, _words_of(line)
    modified, published = says_modified(text), says_published(text)
    if not (modified or published) and len(text) < 40 and block.number:
        before = layout.blocks[block.number - 1].text
        if len(before) < 30:
            text = f"{before.lower()} {text}"
            modified, published = says_modified(text), says_published(text)
    score, field, said = 0.5 if line.stamped else 0.4, "date_published", "dated"
    if modified and published and not changed:
        score += 0.1
    elif modified or changed:
        field, said = "date_modified", "said updated"
    elif published:
        score, said = score + 0.2, "said published"
    signs = [said, "stamped" if line.stamped else "printed"]
    names = " ".join(filter(None, (element.get("class") for element in (*block.elements, block.box.element))))
    if names and _DATE_NAME.search(names):
        score += 0.1
        signs.append("named as a date")
    if anchor is not None:
        score += _nearness(block.number - anchor)
    if number > 1:
        score -= 0.45 if number > _MANY else 0.05
        signs.append("one of many" if number > _MANY else "one of some")
    if _NOT_A_STORY_DATE.search(text):
        score -= 0.35
        signs.append("of something else")
    if not block.box.inside.isdisjoint(_ASIDE):
        score -= 0.2
        signs.append("aside")
    if line.order:
        signs.append("behind another in its line")
    for sign, worth in _form_of(line, text, told=modified or published):
        score += worth
        signs.append(sign)
    return score, field, signs


def is_behind_dateline(text: str, start: int) -> bool:
    """Whether what a line says from ``start`` on is of a story that a day stands before: "OSLO, 5 March 2024 - …".

    Not where it has a year too: it could be read for that day.
    """
    if _YEAR.search(text, start):
        return False
    end = max((year.end() for year in _YEAR.finditer(text, 0, start)), default=None)
    return end is not None and len(_WORD.findall(text, end, start)) >= _STORY


def _words_of(line: DatedLine) -> str:
    text = line.block.text
    return (line.phrase if not line.stamped or len(text) > 200 else text).lower()


def _nearness(distance: int) -> float:
    """What so many blocks below the title are worth."""
    if -3 <= distance <= 6:
        return 0.25 - 0.015 * abs(distance)
    return 0.1 if -8 <= distance <= 15 else -min(0.3, 0.1 + abs(distance) / 300)


def _form_of(line: DatedLine, text: str, *, told: bool) -> Iterator[tuple[str, float]]:
    """What the form of a line says, and how much it is worth; ``told``: words of it are those of a publication."""
    block, printed = line.block, not line.stamped
    size = len(block.text)
    if not block.box.inside.isdisjoint(_PICTURE) or _LEGEND.match(block.text):
        yield "in a caption", 0.0
    if printed and not told:
        if _TOLD.match(line.phrase):
            yield "told in passing", 0.0
        elif (term := _TERM.search(text)) and not is_behind_dateline(text, term.start()):
            yield "a term", 0.0
    if printed and not _YEAR.search(line.phrase if line.phrase.isascii() else fold(line.phrase)):
        yield "without a year", 0.0
    if block.level == 1:
        yield "in the title", 0.0
    if block.link_chars > 0.7 * size and printed:
        yield "a link", -0.2
    if size > _SENTENCE and block.text.endswith("。") and printed:
        yield "in a paragraph", 0.0
        yield "in a sentence", 0.0
    elif size > 80 and printed:
        yield "in a paragraph", -0.1
        if len(text) + 60 < size and block.text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", "。")):
            yield "in a sentence", 0.0
