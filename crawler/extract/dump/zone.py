"""Where the head of a dump stands: the lines before the first paragraph, and a byline below a standfirst."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.dump.lexicon import BYLINE, STRICT_BYLINE
from crawler.extract.dump.lines import Line
from crawler.extract.dump.printed import printed_date

DATE_LINE = re.compile(
    r"^(?P<before>\D{0,40}?)[:\s]*(?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|"
    r"[+-]\d\d:?\d\d)?)?|(?:19|20)\d{6})"
    r"(?!\d)(?P<after>.*)$"
)
"""A line that holds a day in digits, as scrapers print it, with what stuck to it."""
_STANDFIRST = 2
"""Lines of a standfirst, below which a byline may stand."""
_BYLINE_WORDS = 8
"""Words of a byline that is looked for among paragraphs."""
_LONGEST = 60
"""Lines that a head can have; a dump without any paragraph is no head of thousands."""


def find_zone(lines: tuple[Line, ...], free: Sequence[int]) -> list[int]:
    """The lines before the first paragraph; a headline that ends in a full stop may be the very first line."""
    zone: list[int] = []
    for index in free:
        line = lines[index]
        if line.is_furniture:
            zone.append(index)
            continue
        if line.is_prose and not (not zone and line.weight <= 110 and _followed_by_head(lines, index)):
            break
        if line.is_prose and line.words > 20:
            break
        zone.append(index)
    return zone[:_LONGEST]


def find_below(lines: tuple[Line, ...], free: Sequence[int], zone: list[int]) -> list[int]:
    """The byline and the date that stand below the first sentences, where those are a standfirst."""
    after = [index for index in free if not zone or index > zone[-1]][: _STANDFIRST + 2]
    found: list[int] = []
    for index in after:
        line = lines[index]
        signed = STRICT_BYLINE.match(line.text) and line.words <= _BYLINE_WORDS
        if not line.is_prose and (signed or (found and printed_date(line.text, None))):
            found.append(index)
        elif found or index in after[_STANDFIRST:]:
            break
    return found if zone else []


def _followed_by_head(lines: tuple[Line, ...], index: int) -> bool:
    """True where the next line is a date, an address or a byline: then this one is a title, full stop or not."""
    if index + 1 >= len(lines):
        return False
    line = lines[index + 1]
    signed = STRICT_BYLINE.match(line.text) or (BYLINE.match(line.text) and line.words <= _BYLINE_WORDS)
    return bool(line.url or signed or DATE_LINE.match(line.text) or printed_date(line.text, None))
