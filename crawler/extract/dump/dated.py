"""Lines that hold a headline and its date: "Lamp returns (5 March 2024)", "2024-03-05 | Lamp returns"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from crawler.extract.dates import DateReading
from crawler.extract.dump.lexicon import BYLINE
from crawler.extract.dump.lines import Line
from crawler.extract.dump.printed import AGO, printed_date
from crawler.extract.names.given_names import is_given_name

_OPEN, _SHUT, _BAR = r"[\[(（【]", r"[\])）】]", r"[|–—·•]|-"
_ENDS = re.compile(
    rf"^(?P<words>.*?\S)(?:\s*{_OPEN}\s*(?P<inside>[^\[\]()（）【】]{{6,40}}?)\s*{_SHUT}|\s(?:{_BAR})\s+(?P<behind>[^|–—·•]{{6,40}})"
    r"|\s(?P<plain>(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d{6}))$"
)
_BEGINS = re.compile(
    rf"^(?:{_OPEN}\s*(?P<inside>[^\[\]()（）【】]{{6,40}}?)\s*{_SHUT}\s*[:：]?|(?P<before>[^|–—·•]{{6,40}}?)\s(?:{_BAR})\s"
    r"|(?P<plain>(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d{6})[:：]?\s)\s*(?P<words>\S.*)$"
)
_WORDS, _BESIDE_NAME, _WEIGHT = 4, 6, 18
"""Words of the shortest headline beside a date, and if it begins with a name; its weight in a script without spaces."""
_LONGEST = 300
"""Characters of a line that may be a headline and its date."""
_PARTS = re.compile(r"\s[|·•]\s")
"""Between author and outlet."""


def part_date(
    line: Line, captured_at: datetime | None, languages: Sequence[str] = ()
) -> tuple[str, DateReading] | None:
    """The words and the date of a line that holds both, where the words may be a headline."""
    if line.url or len(line.text) > _LONGEST or BYLINE.match(line.text) or not any(map(str.isdigit, line.text)):
        return None
    for pattern in (_ENDS, _BEGINS):
        if not (found := pattern.match(line.text)):
            continue
        parts = found.groupdict()
        words = parts.pop("words").strip()
        date = next(filter(None, parts.values()))
        if not _may_be_headline(Line(line.number, words, line.apart)) or AGO.search(date):
            continue
        reading = printed_date(date, captured_at, languages)
        sure = reading and (reading.value or (parts.get("inside") and reading.earliest))
        if reading and sure and printed_date(words, captured_at) is None:
            return words, reading
    return None


def _may_be_headline(line: Line) -> bool:
    if not any(map(str.isalpha, line.text)) or _PARTS.search(line.text):
        return False
    if line.weight > len(line.text):
        return line.weight >= _WEIGHT
    return line.words >= (_BESIDE_NAME if is_given_name(line.text.partition(" ")[0]) else _WORDS)
