"""The head of a dump: headline, address, dates, section, byline and outlet, before the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from crawler.extract.dates import DateReading, read_date
from crawler.extract.dump.dated import part_date
from crawler.extract.dump.language import languages_of
from crawler.extract.dump.lexicon import BYLINE, NO_PERSON, REPORTER
from crawler.extract.dump.lines import Line
from crawler.extract.dump.printed import AGO, glued_date, is_update, printed_date, unlabelled
from crawler.extract.dump.signed import part_byline, signers
from crawler.extract.dump.title import choose_title, title_like_byline
from crawler.extract.dump.zone import DATE_LINE, find_below, find_zone
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.names import is_person, people_in
from crawler.extract.names.sections import is_section

_BARS = re.compile(r"\s*[|·•]\s*")
"""Between author, outlet and date in one line."""
_STUB = re.compile(r"^(?:https?://)?(?:www\.)?(?P<host>[\w.-]+\.[a-z]{2,})$", re.I)


@dataclass
class Head:
    """The head's parts, each with the line it stands in."""

    languages: tuple[str, ...] = ()
    """Of the paragraphs below, where it is sure."""
    headline: Line | None = None
    url: Line | None = None
    section: Line | None = None
    byline: Line | None = None
    authors: tuple[str, ...] = ()
    outlet: Line | None = None
    outlet_reason: str = ""
    published: tuple[Line, DateReading] | None = None
    relative: tuple[Line, DateReading] | None = None
    modified: tuple[Line, DateReading] | None = None
    claimed: dict[int, str] = field(default_factory=dict)
    """Index of a line -> what of the head it is."""
    glued: list[tuple[int, str]] = field(default_factory=list)
    """Words that stuck to a date line: index, words."""


def read_head(
    lines: tuple[Line, ...], free: Sequence[int], *, url: str | None, profile: str | None, captured_at: datetime | None
) -> Head:
    """The head, from the lines that nothing beside the article has claimed (their indices, in order)."""
    head = Head(languages=languages_of(lines))
    zone = find_zone(lines, free)
    lines = _without_dates(head, lines, zone, captured_at)
    if (first := title_like_byline(lines, zone)) is not None:
        head.headline, head.claimed[first] = lines[first], "headline"
    for index in (*zone, *find_below(lines, free, zone)):
        if index not in head.claimed:
            _claim_by_shape(head, index, lines[index], captured_at)
    _claim_name_beside_date(head, lines, zone)
    _claim_title(head, lines, [index for index in zone if index not in head.claimed], url)
    _claim_name_below_title(head, lines, zone)
    _claim_outlet(head, lines, zone, profile)
    _claim_section(head, lines, zone)
    _claim_rest(head, lines, zone)
    return head


def _without_dates(
    head: Head, lines: tuple[Line, ...], zone: list[int], captured_at: datetime | None
) -> tuple[Line, ...]:
    """The lines, those that hold words and a date without the date, which is kept."""
    rows = list(lines)
    for index in zone:
        if found := part_date(lines[index], captured_at, head.languages):
            rows[index] = replace(lines[index], text=found[0])
            _keep_date(head, lines[index], found[1], modified=False)
    return tuple(rows)


def _claim_by_shape(head: Head, index: int, line: Line, captured_at: datetime | None) -> None:
    if line.is_picture:
        return
    if line.url:
        head.url = head.url or line
        head.claimed[index] = "address line"
        return
    if found := DATE_LINE.match(line.text):
        before, after = found["before"].strip(" :-|"), found["after"].strip(" :-|,;")
        reading = read_date(found["date"], captured_at=captured_at)
        if reading and reading.value and len(after) <= 120 and len(before.split()) <= 3:
            _keep_date(head, line, reading, modified=is_update(line.text))
            head.claimed[index] = "date line"
            if is_given_name(before.partition(" ")[0]) and not after and _claim_person(head, line, before):
                head.claimed[index] = "name and date"
                return
            if words := " ".join(word for word in (unlabelled(before), after) if word):
                head.glued.append((index, words))
            return
    if (
        (BYLINE.match(line.text) or REPORTER.fullmatch(line.text))
        and line.words <= 16
        and head.byline is None
        and (people := signers(line.text))
    ):
        printed, date = part_byline(line.text, captured_at, head.languages)
        if head.published is None and date and (reading := printed_date(date, captured_at, head.languages)):
            _keep_date(head, replace(line, text=date), reading, modified=False)
            people = signers(printed) or people
        named = (name for name in people if not (name.islower() and line.text[0].isupper()))  # "By noon he had left"
        head.byline, head.authors = line, tuple(name for name in named if not NO_PERSON.search(name))
        head.claimed[index] = "byline"
        return
    if reading := printed_date(line.text, captured_at, head.languages):
        _keep_date(head, line, reading, modified=is_update(line.text))
        head.claimed[index] = "date as printed"
        first, *more = _BARS.split(line.text)
        if more and is_given_name(first.partition(" ")[0]) and _claim_person(head, line, first):
            head.claimed[index] = "name and date"
    elif glued := glued_date(line.text, captured_at, head.languages):
        words, reading = glued
        _keep_date(head, line, reading, modified=False)
        head.claimed[index] = "name and date" if _claim_person(head, line, words) else "date line"
    elif line.is_furniture:
        head.claimed[index] = "navigation or button"


def _claim_person(head: Head, line: Line, words: str) -> bool:
    people = people_in(words) if 2 <= len(words.split()) <= 4 and not NO_PERSON.search(words) else ()
    if head.byline is None and people and all(map(is_person, people)):
        head.byline, head.authors = replace(line, text=words), people
        return True
    return False


def _claim_name_beside_date(head: Head, lines: tuple[Line, ...], zone: list[int]) -> None:
    """The author, where a line right above the date, or else right below it, is but the name of a person."""
    pairs = [*pairwise(zone), *((below, above) for above, below in pairwise(zone))]
    for index, beside in pairs:
        text = lines[index].text
        dated = head.claimed.get(beside) in {"date as printed", "date line"}
        if dated and index not in head.claimed and is_given_name(text.partition(" ")[0]):
            if _claim_person(head, lines[index], text):
                head.claimed[index] = "byline"
            return


def _claim_name_below_title(head: Head, lines: tuple[Line, ...], zone: list[int]) -> None:
    for above, index in pairwise(zone):
        if head.claimed.get(above) == "headline" and index not in head.claimed:
            text = lines[index].text
            if is_given_name(text.partition(" ")[0]) and _claim_person(head, lines[index], text):
                head.claimed[index] = "byline"


def _keep_date(head: Head, line: Line, reading: DateReading, *, modified: bool) -> None:
    if AGO.search(line.text) and not DATE_LINE.match(line.text):
        if head.relative is None:
            head.relative = (line, reading)
    elif modified:
        head.modified = head.modified or (line, reading)
    elif head.published is None or (head.published[1].value is None and reading.value):
        head.published = (line, reading)


def _claim_title(head: Head, lines: tuple[Line, ...], open_: list[int], url: str | None) -> None:
    address = url or (head.url.url if head.url else None)
    chosen = choose_title(lines, open_, address) if head.headline is None else None
    if chosen is None:
        return
    best, head.headline = chosen
    head.claimed[best] = "headline"
    for index in open_:
        if index != best and lines[index].text.casefold() == lines[best].text.casefold():
            head.claimed[index] = "headline again"


def _claim_outlet(head: Head, lines: tuple[Line, ...], zone: list[int], profile: str | None) -> None:
    """The outlet: printed twice in a row, or named again by the profile, or between byline and date."""
    open_ = [
        index for index in zone if index not in head.claimed and lines[index].words <= 6 and not lines[index].is_picture
    ]
    doubled = next(
        (one for one in open_ if one + 1 in open_ and lines[one].text.casefold() == lines[one + 1].text.casefold()),
        None,
    )
    named = next((one for one in open_ if profile and lines[one].text.casefold() == profile.casefold()), None)
    between = next(
        (one for one in open_ if head.claimed.get(one - 1) == "byline" or _before_date(head, zone, one)), None
    )
    for found, reason in (
        (doubled, "printed twice in the head"),
        (named, "named again by the profile"),
        (between, "between byline and date"),
    ):
        if found is not None and not is_section(lines[found].text):
            head.outlet, head.outlet_reason = lines[found], reason
            for index in open_:
                if lines[index].text.casefold() == lines[found].text.casefold():
                    head.claimed[index] = "outlet"
            break
    if head.outlet is not None:
        outlet = head.outlet.text.casefold()
        head.authors = tuple(name for name in head.authors if name.casefold() != outlet)


def _before_date(head: Head, zone: list[int], index: int) -> bool:
    position = zone.index(index)
    return (
        head.headline is not None
        and position + 1 < len(zone)
        and head.claimed.get(zone[position + 1]) == "date as printed"
    )


def _claim_section(head: Head, lines: tuple[Line, ...], zone: list[int]) -> None:
    open_ = [index for index in zone if index not in head.claimed and not lines[index].is_picture]
    known = next((index for index in open_ if lines[index].is_section), None)
    if known is None and head.headline is not None:  # a word or two right above the headline
        known = next(
            (i for i in open_ if i + 1 in zone and lines[i + 1] is head.headline and _may_be_section(lines[i])), None
        )
    if known is not None:
        head.section = lines[known]
        head.claimed[known] = "section"


def _may_be_section(line: Line) -> bool:
    return (
        line.words <= 2
        and len(line.text) <= 20
        and line.is_short
        and "," not in line.text
        and not _STUB.match(line.text)
    )


def _claim_rest(head: Head, lines: tuple[Line, ...], zone: list[int]) -> None:
    """What stays between the parts of the head and is no paragraph: places, labels, words of the layout."""
    signed = next((index for index in zone if head.claimed.get(index) == "byline"), -1)
    for index in zone:
        if head.headline is None and index > signed:
            return
        if index not in head.claimed and lines[index].is_short and lines[index].words <= 6:
            head.claimed[index] = "line of the head that is no sentence"
