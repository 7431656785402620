"""The time of day in a printed date, and the offset its zone has on that date where that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.extract.cldr import base
from crawler.extract.dates.names import region
from crawler.extract.dates.reading import iso

# Abbreviation -> zone, and the offset in minutes it stands for (None: whatever the zone has on the day, as in "ET").
# An abbreviation is believed only where the zone really has that offset on the date: "EST" in July is carelessness.
# Left out because they name several zones: IST, AST, ADT, BST outside Britain's summer; those that another country has
# too are no zone on its pages (``without_zones``).
_ZONES: dict[str, tuple[str, int | None]] = {
    "et": ("America/New_York", None), "est": ("America/New_York", -300), "edt": ("America/New_York", -240),
    "ct": ("America/Chicago", None), "cdt": ("America/Chicago", -300), "cst": ("America/Chicago", -360),
    "mt": ("America/Denver", None), "mst": ("America/Denver", -420), "mdt": ("America/Denver", -360),
    "pt": ("America/Los_Angeles", None), "pst": ("America/Los_Angeles", -480), "pdt": ("America/Los_Angeles", -420),
    "cet": ("Europe/Berlin", 60), "cest": ("Europe/Berlin", 120), "mez": ("Europe/Berlin", 60),
    "mesz": ("Europe/Berlin", 120), "wet": ("Europe/Lisbon", 0), "west": ("Europe/Lisbon", 60),
    "eet": ("Europe/Athens", 120), "eest": ("Europe/Athens", 180), "bst": ("Europe/London", 60),
    "msk": ("Europe/Moscow", 180), "мск": ("Europe/Moscow", 180), "jst": ("Asia/Tokyo", 540),
    "kst": ("Asia/Seoul", 540),
    "hkt": ("Asia/Hong_Kong", 480), "sgt": ("Asia/Singapore", 480), "wib": ("Asia/Jakarta", 420),
    "pkt": ("Asia/Karachi", 300), "sast": ("Africa/Johannesburg", 120), "brt": ("America/Sao_Paulo", -180),
    "aest": ("Australia/Sydney", 600), "aedt": ("Australia/Sydney", 660), "awst": ("Australia/Perth", 480),
    "nzst": ("Pacific/Auckland", 720), "nzdt": ("Pacific/Auckland", 780),
}  # fmt: skip

_THERE_TOO = {
    "CN": ("cst",), "TW": ("cst",), "HK": ("cst",), "MO": ("cst",), "CU": ("cst", "cdt"),
    "AU": ("est", "edt", "cst", "cdt"), "PH": ("pst",), "PK": ("pst",), "MY": ("mst",),
    "MM": ("mst",), "BD": ("bst",),
}  # fmt: skip
"""Country -> abbreviations that stand for a zone of its own."""
_LANGUAGE_OF = {"zh": "CN"}

_BEFORE_NOON = r"a\.? ?m\.?(?![^\W\d_])|오전|上午|午前|am\b|πμ|ص(?!\w)|vorm\."
_AFTER_NOON = r"p\.? ?m\.?(?![^\W\d_])|오후|下午|午後|晚上|pm\b|μμ|م(?!\w)|nachm\."
_ZONE = (
    rf"(?P<zone>z(?![^\W\d_])|(?:utc|gmt)\s?[+\-\u2212]\s?\d{{1,2}}(?::?\d\d)?|utc|gmt|[+\-\u2212]\d\d:?\d\d|"
    rf"(?:{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?![^\W\d_])|eastern|central|mountain|pacific)"
)
_SPELT = {"eastern": "et", "central": "ct", "mountain": "mt", "pacific": "pt"}
_HALF = rf"(?P<half>{_BEFORE_NOON}|{_AFTER_NOON})"
_CLOCK = re.compile(
    rf"(?:(?P<early>오전|오후|上午|下午|午前|午後|晚上)\s*)?(?<![\d.,:/\-])(?P<hour>\d{{1,2}})"
    rf"(?:\s?(?P<mark>[:時时點点]|시|h|uhr|"
    rf"ч)\s?(?P<minute>\d\d)(?!\d)(?:[:分분]\s?(?P<second>\d\d)(?!\d)(?:\.\d+)?)?\s?(?:분|分|min)?"
    rf"|(?P<dot>\.)(?P<dotted>[0-5]\d)(?![\d.]))?"
    rf"(?P<whole>\s?(?:h|uhr|u)(?![^\W\d_]))?\s*(?:{_HALF})?\s*(?:uhr|hrs|hours|час(?:ов|"
    rf"а)?)?[\s,(]*(?:{_ZONE})?\s*(?:time)?\)?"
)
_DOTTED_SIGN = re.compile(r"(?:\bkl\.?|\bklo|\bore|\balle|\bum|\bat|\bpukul|\bjam|\bo)\s*$")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed: the zone still in words."""

    at: time
    zone: str | None
    start: int
    end: int


def find_clock(text: str) -> Clock | None:
    """The first time of day in folded text; a bare "12" or "12.04" is one only with a sign that it is."""
    for found in _CLOCK.finditer(text):
        half = found["half"] or found["early"]
        if found["minute"] is None and not half and not found["whole"] and not _dotted(text, found):
            continue
        if found["minute"] is None and found["dotted"] is None and not half and found["whole"].strip() != "uhr":
            continue
        hour, minute = int(found["hour"]), int(found["minute"] or found["dotted"] or 0)
        if half and not 1 <= hour < 24:
            continue
        if half and hour <= 12:
            hour = hour % 12 + (12 if re.fullmatch(_AFTER_NOON, half) else 0)
        try:
            at = time(hour, minute, min(int(found["second"] or 0), 59))
        except ValueError:
            continue
        return Clock(at, found["zone"], *found.span())
    return None


def without_zones(text: str, languages: Sequence[str]) -> str:
    """Folded text without abbreviations of zones that mean another one in the country of the page's language."""
    doubtful = {
        name for tag in languages for name in _THERE_TOO.get(region(tag) or _LANGUAGE_OF.get(base(tag), ""), ())
    }
    if not doubtful:
        return text
    return re.sub(
        rf"(?<![^\W\d_])(?:{'|'.join(sorted(doubtful))})(?![^\W\d_])", lambda found: " " * len(found[0]), text
    )


def at_clock(value: date, clock: Clock) -> str:
    """The instant in ISO 8601, with the offset only where zone and date settle it."""
    naive = datetime.combine(value, clock.at)
    offset = _offset(naive, clock.zone)
    return iso(naive if offset is None else naive.replace(tzinfo=offset))


def _offset(naive: datetime, zone: str | None) -> timezone | None:
    if zone is None:
        return None
    if zone in {"z", "utc", "gmt"}:
        return UTC
    if numeric := re.search(r"([+\-\u2212])\s?(\d{1,2})(?::?(\d\d))?$", zone):
        minutes = int(numeric[2]) * 60 + int(numeric[3] or 0)
        if minutes > 15 * 60:
            return None
        return timezone(timedelta(minutes=minutes if numeric[1] == "+" else -minutes))
    name, claimed = _ZONES[_SPELT.get(zone, zone)]
    place = _zone(name)
    if place is None:
        return None
    actual = {naive.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1)}
    if claimed is None:
        return timezone(actual.pop()) if len(actual) == 1 and None not in actual else None  # type: ignore[arg-type]
    stated = timedelta(minutes=claimed)
    return (timezone(stated) if claimed else UTC) if stated in actual else None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        pass
    try:  # a system without zone data: dateparser brings pytz, which carries the same files
        with resources.files("pytz").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except (ImportError, OSError, ValueError):
        return None


def _dotted(text: str, found: re.Match[str]) -> bool:
    """True for "12.04" where a word says it is a time: "kl. 12.04", "12.04 Uhr"."""
    if found["dotted"] is None:
        return False
    return bool(_DOTTED_SIGN.search(text[: found.start()]) or "uhr" in found[0] or found["zone"])
