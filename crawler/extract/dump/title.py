"""The headline among the lines of a dump's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.dump.lexicon import BYLINE, STRICT_BYLINE
from crawler.extract.dump.lines import Line
from crawler.extract.dump.signed import signers
from crawler.extract.dump.slug import is_spelt, likeness, slug_words
from crawler.extract.names.names import is_person

_LABEL = re.compile(
    r"^(?:title|headline|titel|überschrift|titre|título|titolo|tytuł|titulek|nadpis|názov|başlık|tiêu đề|judul"
    r"|tajuk|כותרת|τίτλος|cím|titlu|otsikko|overskrift|rubrik"
    r"|заголовок|наслов|заглавие|शीर्षक|শিরোনাম|தலைப்பு|kichwa|عنوان|العنوان|หัวข้อ|标题|標題|タイトル|제목)\s*[:：]\s*(?=\S)",
    re.I,
)


def choose_title(lines: tuple[Line, ...], open_: Sequence[int], url: str | None) -> tuple[int, Line] | None:
    """Index and line of the headline among those of ``open_``; None where none may be one.

    It is the line that says so ("Title: …", without that word), that the address spells, also one of two words, or
    else the longest of at least three words that stands alone.
    """
    for index in open_:
        if label := _LABEL.match(lines[index].text):
            return index, replace(lines[index], text=_unquoted(lines[index].text[label.end() :]))
    slug = slug_words(url)
    candidates = [index for index in open_ if _may_be_title(lines[index], slug) and not _doubled(lines, open_, index)]
    if not candidates:
        return None
    best = max(
        candidates,
        key=lambda index: (
            is_spelt(lines[index].text, slug), likeness(lines[index].text, slug), min(lines[index].words, 8), -index
        ),
    )  # fmt: skip
    return best, lines[best]


def title_like_byline(lines: tuple[Line, ...], zone: Sequence[int]) -> int | None:
    """A first line that begins as bylines do ("By Tuesday the pier was closed"), above the byline of a person."""
    if len(zone) < 2:
        return None
    first, second = (lines[index] for index in zone[:2])
    if first.words < 3 or not BYLINE.match(first.text) or not STRICT_BYLINE.match(second.text):
        return None
    people = signers(second.text)
    named = people and all(map(is_person, people)) and not any(map(is_person, signers(first.text)))
    return zone[0] if named else None


def _unquoted(text: str) -> str:
    """A text without the quotation marks around all of it, as data keep it."""
    return (
        text[1:-1] if len(text) > 2 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1] else text
    )


def _may_be_title(line: Line, slug: frozenset[str]) -> bool:
    return (
        not line.is_picture
        and line.url is None
        and any(map(str.isalpha, line.text))
        and (line.words >= 3 or line.weight >= 18 or is_spelt(line.text, slug))
    )


def _doubled(lines: tuple[Line, ...], open_: Sequence[int], index: int) -> bool:
    """True for a line printed twice in a row and of few words, as outlets are."""
    position = open_.index(index)
    beside = [open_[at] for at in (position - 1, position + 1) if 0 <= at < len(open_)]
    return lines[index].words <= 5 and any(
        lines[other].text.casefold() == lines[index].text.casefold() for other in beside
    )
