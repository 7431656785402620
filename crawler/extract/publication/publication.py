"""When the article was published and when it was changed: the best-attested of the dates a page gives."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from crawler.extract.dates import DateReading
from crawler.extract.page import Page
from crawler.extract.publication.datings import Dating
from crawler.extract.publication.day_grounds import Day
from crawler.extract.publication.days import NO_DAY, find_days, is_beside_title
from crawler.extract.trust import trust
from crawler.model import Candidate


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date with its bounds, as the model keeps it."""

    value: str | None = None
    raw: str | None = None
    earliest: str | None = None
    latest: str | None = None


_OF_OTHERS = ("a link", "one of many", "aside", "in a sentence", "in a caption")
"""Signs of printed dates that are as soon another story's."""
_ALIKE = ("one of some", "one of many")
_SEVERAL = 2
"""Times that lines of one form print."""
Decision = tuple[Stamp, Candidate | None, str | None]
"""The date, the candidate that gave it and why; nothing where no candidate can be believed."""


def choose_published(page: Page, datings: list[Dating]) -> Decision:
    """When the article was published, the candidate that says so, and why.

    Of the days the page gives, the one whose grounds weigh most; of those who give it, the most exact. Where none is
    certain, what a coarse or relative date of publication leaves open; beside days that can't be believed, only the
    month that the address gives.
    """
    days = find_days(page, datings)
    best = max(days, key=lambda day: trust("day", day.grounds), default=None)
    if best is None or trust("day", best.grounds) < trust("day", NO_DAY):
        coarse = [dating for dating in datings if not dating.reading.value and not dating.change]
        coarse = [dating for dating in coarse if not days or dating.candidate.source == "url"]
        return _decided(max(coarse, key=_confidence), datings, None) if coarse else (Stamp(), None, None)
    if (left_open := _left_open(page, datings)) and _is_elsewhere(best, left_open, page):
        return _decided(left_open, datings, "the date printed beside the title leaves the day open")
    winner = max(_of_the_article(best.datings), key=_exactness)
    sources = sorted({dating.candidate.source for dating in best.datings})
    reason = f"{', '.join(sources)} agree on the day" if len(sources) > 1 else None
    if all(dating.change for dating in best.datings):
        reason = "the page gives no other day than that of its last change"
    return _decided(winner, datings, reason)


def _left_open(page: Page, datings: list[Dating]) -> Dating | None:
    """The date printed beside the title of which no day can be told: "14–20 January", "3/4/2021"."""
    shown = (d for d in datings if d.reading.earliest and not d.reading.value and not d.change)
    beside = (d for d in shown if is_beside_title(d, page) and not any(s in d.candidate.place for s in _OF_OTHERS))
    return max(beside, key=_confidence, default=None)


def _is_elsewhere(day: Day, left_open: Dating, page: Page) -> bool:
    """Whether a day is but what some line far from the title prints, and none that the date beside it can mean."""
    if any(dating.candidate.source != "text" or is_beside_title(dating, page) for dating in day.datings):
        return False
    earliest, latest = left_open.reading.earliest or "", left_open.reading.latest or ""
    return not earliest[:10] <= day.value.isoformat() <= latest[:10]


def _of_the_article(datings: list[Dating]) -> list[Dating]:
    """The datings, without lines of one form that print several times of the day: when comments were written."""
    alike = [dating for dating in datings if any(sign in dating.candidate.place for sign in _ALIKE)]
    if len({dating.reading.value for dating in alike}) < _SEVERAL:
        return datings
    return [dating for dating in datings if dating not in alike] or datings


def choose_modified(datings: list[Dating]) -> Decision:
    """When the article was last changed, by the trust and the agreement of those who say so."""
    changes = [dating for dating in datings if dating.change]
    if not changes:
        return Stamp(), None, None
    days: dict[tuple[str, str], set[str]] = {}
    for dating in changes:
        days.setdefault((dating.candidate.source, dating.candidate.place), set()).add(_day(dating.reading))
    best: dict[str, dict[str, float]] = {}
    for dating in changes:
        source = dating.candidate.source
        alike = len(days[source, dating.candidate.place]) > 2  # cards of other stories, each with its own date
        shares = best.setdefault(_day(dating.reading), {})
        shares[source] = max(shares.get(source, 0.0), dating.candidate.confidence * (0.3 if alike else 1.0))
    believed = {day: 1 - prod(1 - share for share in shares.values()) for day, shares in best.items()}
    winner = max(changes, key=lambda d: (bool(d.reading.value), believed[_day(d.reading)], *_exactness(d)))
    sources = sorted(best[_day(winner.reading)])
    return _decided(winner, changes, f"{', '.join(sources)} agree on the day" if len(sources) > 1 else None)


def _decided(winner: Dating, datings: list[Dating], reason: str | None) -> Decision:
    reading = winner.reading
    return Stamp(reading.value, _printed(datings, reading), reading.earliest, reading.latest), winner.candidate, reason


def _confidence(dating: Dating) -> float:
    return dating.candidate.confidence


def _exactness(dating: Dating) -> tuple[bool, bool, float]:
    return not dating.change, "T" in (dating.reading.value or ""), dating.candidate.confidence


def _printed(datings: list[Dating], chosen: DateReading) -> str:
    """The date as a reader sees it, where the page prints one that does not contradict the chosen; else as found."""
    for dating in datings:
        reading = dating.reading
        if dating.candidate.source in ("dom", "text") and chosen.earliest and chosen.latest:
            earliest, latest = (reading.earliest or "")[:10], (reading.latest or "9")[:10]
            if earliest <= chosen.latest[:10] and chosen.earliest[:10] <= latest:
                return reading.raw
    return chosen.raw


def _day(reading: DateReading) -> str:
    return (reading.value or reading.earliest or "")[:10]
