"""The lines of a dump, and what each can be by its shape alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

from crawler.extract.counts import name_of, read_count
from crawler.extract.dump.lexicon import ABOUT, FURNITURE
from crawler.extract.names.sections import is_section
from crawler.extract.panels.headings import ENTITY_TYPES, heading_kind
from crawler.model import Count

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff\xad]+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,}", re.I)
_PICTURE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?!/])|/image\.php|/img/id/|/images?/|//(?:img|image|images|media|"
    r"static)\d*\.[^/]+/",
    re.I,
)
_TRAIL = re.compile(r"(?:\S+ ){0,3}\S+(?:\s[>»›]\s(?:\S+ ){0,3}\S+){1,6}\s?[>»›]?")
"""The way to a page from the front: "Home > News > Local"."""
_URL_LABEL = re.compile(r"^[^\W\d_][\w .-]{0,24}\s?[:：=]\s*[\"'<]?(?=https?://|www\.)", re.I)
"""Whatever the words: what stands behind the colon is an address."""
_TAG = re.compile(
    r"</?(?P<name>p|br|div|span|a|b|i|u|em|strong|h[1-6]|li|ul|ol|img|figure|figcaption|blockquote|section|article)"
    r"(?:\s[^<>]{0,1000})?/?>",
    re.I,
)
_WITHIN = frozenset(("span", "a", "b", "i", "u", "em", "strong", "img"))
"""Tags that part no lines."""
_HEADING_MARK = re.compile(r"^#{1,6}\s+(?=\S)")
_CLOSERS = "\"'”’»)]}›」』"
_FINAL = ".…。।؟۔"
_ELLIPSIS = ("...", "…", "[…]", "[...]")
_HASHTAGS = re.compile(r"\s*#[^\s#][^#]*(?:#[^\s#][^#]*)*")
_GLUED = re.compile(r"(?:[A-Z][a-z]+(?:&[A-Z][a-z]+)?){3,}")
_NUMBER_ONLY = re.compile(r"\d[\d.,\s]*\s?[^\W\d_]{0,4}\.?\s?\+?")
_LOOKED_AT = 20_000
"""Characters in which a dump that has any tags shows some."""
_LONG = 160
"""A line of more characters (East Asian ones count double) is prose, whatever it ends in."""


@dataclass(frozen=True)
class Line:
    """One line that is not blank. ``number`` counts from 1 in the dump, blank lines included."""

    number: int
    text: str
    apart: bool
    """A blank line, or nothing, stands before it."""

    @cached_property
    def url(self) -> str | None:
        """The address, where the line is nothing else."""
        bare = _URL_LABEL.sub("", self.text).rstrip("\"'>")
        if not _URL.fullmatch(bare):
            return None
        address = bare if bare.lower().startswith("http") else f"https://{bare}"
        try:
            return address if urlsplit(address).netloc else None
        except ValueError:
            return None

    @cached_property
    def is_picture(self) -> bool:
        """True for the address of a picture."""
        return self.url is not None and _PICTURE.search(self.url) is not None

    @cached_property
    def heading(self) -> str | None:
        """The kind of panel the line opens."""
        return heading_kind(self.text)

    @cached_property
    def weight(self) -> int:
        """Length, in which an East Asian character counts double."""
        return len(self.text) + sum("\u2e80" <= mark <= "\ud7af" for mark in self.text)

    @cached_property
    def is_cut(self) -> bool:
        """True for a text that was cut short with an ellipsis."""
        return self.text.rstrip(_CLOSERS).endswith(_ELLIPSIS)

    @cached_property
    def is_prose(self) -> bool:
        """True for sentences: long, or ended as a sentence is. A lone question may be a headline and is not prose."""
        if self.url is not None:
            return False
        bare = self.text.rstrip(_CLOSERS + " ")
        if self.weight > _LONG:
            return True
        if bare.endswith(("?", "!", "？", "！")):
            return bool(re.search(r"[.!?…。]\s+\S", bare[:-1])) and self.weight > 60
        return bare.endswith(tuple(_FINAL)) and (len(bare.split()) >= 4 or self.weight >= 30)

    @cached_property
    def is_caps(self) -> bool:
        """True for a few words in capitals, as sections are printed below cards."""
        letters = [mark for mark in self.text if mark.isalpha()]
        return (
            bool(letters)
            and self.text.upper() == self.text != self.text.lower()
            and len(self.text) <= 32
            and len(self.text.split()) <= 4
        )

    @cached_property
    def is_section(self) -> bool:
        """True for the name of a news section."""
        return is_section(self.text)

    @cached_property
    def is_entity_type(self) -> bool:
        """True for the kind of an entity: ``Person``, ``Country``."""
        return self.text.casefold() in ENTITY_TYPES

    @cached_property
    def hashtags(self) -> tuple[str, ...]:
        """The tags of a line that is nothing but tags, glued or not."""
        if not _HASHTAGS.fullmatch(self.text) or (self.text.count("#") == 1 and len(self.text.split()) > 4):
            return ()
        return tuple(dict.fromkeys(tag.strip(" ,;·") for tag in self.text.split("#") if tag.strip(" ,;·")))

    @cached_property
    def count(self) -> Count | None:
        """The count a short line prints with its name: ``Comments / 3``, ``61K+ Followers``."""
        if len(self.text) > 40 or self.is_prose:
            return None
        found = read_count(self.text)
        if found is None or found.name == "count" or len(re.findall(r"[^\W\d_]+", self.text)) > 3:
            return None
        return found

    @cached_property
    def bare_number(self) -> bool:
        """True for a number alone, perhaps abbreviated: ``61K+``."""
        return (
            len(self.text) <= 16 and _NUMBER_ONLY.fullmatch(self.text) is not None and read_count(self.text) is not None
        )

    @cached_property
    def count_label(self) -> str | None:
        """What a line of one or two words counts, where it is such a word: ``Followers``."""
        return name_of(self.text) if len(self.text.split()) <= 2 and len(self.text) <= 24 and not self.count else None

    @cached_property
    def is_about(self) -> bool:
        """True for the heading above what an outlet says of itself."""
        return ABOUT.fullmatch(self.text) is not None

    @cached_property
    def is_furniture(self) -> bool:
        """True for words of buttons and navigation, spaced or glued, for the way to a page, and for rules of signs."""
        if not any(map(str.isalnum, self.text)) or _TRAIL.fullmatch(self.text[:200]):
            return True
        return FURNITURE.fullmatch(self.text) is not None or _GLUED.fullmatch(self.text) is not None

    @cached_property
    def is_short(self) -> bool:
        """True for what may be a headline, an outlet or a name: words, and none of the other shapes."""
        others = self.url or self.is_prose or self.hashtags or self.count or self.bare_number or self.is_furniture
        return not others and any(map(str.isalpha, self.text))

    @cached_property
    def words(self) -> int:
        """Number of words; two East Asian characters make one."""
        return len(self.text.split()) + sum("\u2e80" <= mark <= "\ud7af" for mark in self.text) // 2


@dataclass(frozen=True)
class Lines:
    """The lines of a dump, in order."""

    rows: tuple[Line, ...]

    def at(self, index: int) -> Line | None:
        """The line of an index; None before the first and after the last."""
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def same(self, one: int, two: int) -> bool:
        """True where two lines are there and say the same."""
        first, second = self.at(one), self.at(two)
        return first is not None and second is not None and first.text.casefold() == second.text.casefold()

    @cached_property
    def spaced(self) -> bool:
        """True where blank lines part the paragraphs but not all lines, so that adjacency means something."""
        prose = [line for line in self.rows if line.is_prose]
        parted = sum(line.apart for line in prose) * 2 > len(prose)
        return parted and sum(line.apart for line in self.rows) < len(self.rows)


def read_lines(text: str) -> Lines:
    """The lines of a dump that are not blank, white space collapsed; hard-wrapped paragraphs are joined again.

    Where a scraper left tags, those of blocks part lines, and all of them and the entities are taken out.
    """
    if len(_TAG.findall(text[:_LOOKED_AT])) > 1:
        text = unescape(_TAG.sub(lambda tag: "" if tag["name"].lower() in _WITHIN else "\n\n", text))
    text = text.encode("utf-8", "replace").decode()  # without halves of characters
    rows = [_SPACE.sub(" ", row).strip() for row in re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)]
    wrapped = _wrap_width(rows)
    lines: list[tuple[int, list[str], bool]] = []
    for number, row in enumerate(rows, 1):
        row = _HEADING_MARK.sub("", row)
        if not row:
            continue
        apart = number == 1 or not rows[number - 2]
        if lines and not apart and wrapped and _continues(rows[number - 2], row, wrapped):
            lines[-1][1].append(row)
        else:
            lines.append((number, [row], apart))
    return Lines(tuple(Line(number, " ".join(joined), apart) for number, joined, apart in lines))


def _wrap_width(rows: list[str]) -> int:
    """The column at which the text was wrapped by hand; 0 where it was not."""
    lengths = [len(row) for row in rows if len(row) > 50]
    widest = max((len(row) for row in rows), default=0)
    near = sum(widest - 14 <= length for length in lengths)
    return widest if widest <= 100 and len(lengths) >= 6 and near * 3 > len(lengths) * 2 else 0


def _continues(before: str, row: str, width: int) -> bool:
    """Whether a row goes on with the paragraph of the one before."""
    ended = before.rstrip(_CLOSERS).endswith((*_FINAL, "!", "?"))
    first = row.split()[0]
    return (
        len(before) + len(first) >= width - 8 and not _URL.fullmatch(before) and (not ended or len(before) > width - 14)
    )
