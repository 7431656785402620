"""The days a page may have been published on, each with what speaks for it and against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from crawler.extract.page import Page
from crawler.extract.publication.datings import NAMED_ONLY, Dating, is_data

NO_DAY = frozenset(("no day",))
"""The grounds for giving no day: a day has to outweigh them."""
_IN_UTC = re.compile(r"T.*(?:Z|[+-]00:00)$")
_AT_TITLE = frozenset(("right under the title", "right above the title"))
_BESIDE_TITLE = _AT_TITLE | {"near the title or the text"}
_DOUBTFUL = frozenset(("without a year", "in a caption", "in the title"))
"""What is printed of days that are more often those of an event: others on the page count as nearer to the title."""
_OF_OTHERS = frozenset(("one of many", "in a caption", "of something else", "in a sentence", "in the title"))
"""What is printed beside the title and still says nothing of when the article was published."""
_IN_PASSING = frozenset(("of something else",))
"""What a line that says "Published" may tell besides: "in Events", "5 comments"."""
_IN_A_SENTENCE = ", without a year, in a paragraph, in a sentence"
"""The end of the place of a day that a sentence tells of, and of which only the capture could give the year."""
_FAR = 100
"""Blocks."""
_SOME = 2
_FAR_APART = 31
"""Days between two dates of which one can hardly be a slip of the other."""


@dataclass(slots=True)
class Day:
    """A calendar day, who gives it and on what grounds."""

    value: date
    datings: list[Dating] = field(default_factory=list)
    grounds: set[str] = field(default_factory=set)


def find_days(page: Page, datings: list[Dating]) -> list[Day]:
    """Every day the datings give that may be that of publication, with its grounds.

    A day known only as that of a change is one where the page prints it, prints no other beside the title, and its
    data gives none.
    """
    days: dict[date, Day] = {}
    for dating in datings:
        if dating.reading.value and not dating.candidate.place.endswith(_IN_A_SENTENCE):
            value = date.fromisoformat(dating.reading.value[:10])
            days.setdefault(value, Day(value)).datings.append(dating)
    given = {day.value for day in days.values() if any(is_data(d) and not d.change for d in day.datings)}
    changed = {day.value for day in days.values() if any(is_data(d) and d.change for d in day.datings)}
    days = {value: day for value, day in days.items() if _may_be_published(day, given)}
    # Cards of other stories are of one form, each with its own date.
    cards = [value for value, day in days.items() if all(_is_of_a_card(dating, page) for dating in day.datings)]
    if len(cards) > _SOME:
        days = {value: day for value, day in days.items() if value not in cards}
    shown = _ground_printed(days, page)
    if not given and any(_is_dateline(dating) for value in shown for dating in days[value].datings):
        days = {value: day for value, day in days.items() if not _is_change(day)}
    spread: dict[tuple[str, str], set[date]] = {}
    for day in days.values():
        for dating in day.datings:
            spread.setdefault((dating.candidate.source, dating.candidate.place), set()).add(day.value)
    # In data they stand at one place.
    many = {where for where, values in spread.items() if len(values) > _SOME}
    giver = _giver(day for value, day in days.items() if value in given)
    for day in days.values():
        day.grounds.update(sign for dating in day.datings for sign in _signs(dating))
        if any((dating.candidate.source, dating.candidate.place) in many for dating in day.datings):
            day.grounds.add("one of many in the data")
        day.grounds.update(_standing(day, given, changed, shown, giver))
    return list(days.values())


def _ground_printed(days: dict[date, Day], page: Page) -> set[date]:
    """Add what the places of printed days say of them; those printed beside the title."""
    anchor = page.place.start if page.place.title is None else page.place.title
    shown: set[date] = set()
    distances: dict[date, int] = {}
    for day in days.values():
        for dating in day.datings:
            if dating.candidate.source == "text":
                number, *signs = dating.candidate.place.removeprefix("block ").split(", ")
                where = page.place.where(int(number))
                distance = abs(int(number) - anchor)
                if not _DOUBTFUL.isdisjoint(signs):
                    distance += _FAR
                distances[day.value] = min(distance, distances.get(day.value, distance))
                day.grounds.update(signs[1:], (signs[0], f"{signs[0]}, {where}"))
                others = _OF_OTHERS.intersection(signs)
                if where in _BESIDE_TITLE and (not others or (others == _IN_PASSING and "said published" in signs)):
                    shown.add(day.value)
    if len(distances) > 1:
        nearest, earliest = min(distances.values()), min(distances)
        for value, distance in distances.items():
            days[value].grounds.add("the nearest to the title" if distance == nearest else "farther from the title")
            days[value].grounds.add("the earliest printed" if value == earliest else "a later one printed")
    return shown


def _is_change(day: Day) -> bool:
    """Whether a day is known only as that of a change."""
    return all(dating.change for dating in day.datings)


def _is_dateline(dating: Dating) -> bool:
    """Whether a line of its own prints a day that it does not call that of a change."""
    return dating.candidate.source == "text" and not dating.change and "in a paragraph" not in dating.candidate.place


def _may_be_published(day: Day, given: set[date]) -> bool:
    if not _is_change(day):
        return True
    return not given and any(dating.candidate.source == "text" for dating in day.datings)


def _is_of_a_card(dating: Dating, page: Page) -> bool:
    if dating.candidate.source != "text" or "one of many" not in dating.candidate.place:
        return False
    number = int(dating.candidate.place.removeprefix("block ").partition(", ")[0])
    return page.place.where(number) not in _AT_TITLE


def _signs(dating: Dating) -> Iterator[str]:
    """Where a dating was found, without its place on this page."""
    source, place, confidence = dating.candidate.source, dating.candidate.place, dating.candidate.confidence
    if source == "json-ld":
        key = place.rpartition(".")[2]
        yield (
            f"WebPage {key}"
            if place.startswith("WebPage")
            else f"json-ld {key}, of another article"
            if confidence < (0.55 if key in ("dateCreated", "uploadDate") else 0.72)
            else f"json-ld {key}"
        )
    elif source == "meta":
        yield (
            "meta of a change"
            if dating.change
            else "meta article:published_time"
            if place == "article:published_time"
            else "meta of the publication"
            if confidence > 0.8
            else "meta of a date"
        )
    elif source != "text":
        yield f"{source} of a change" if dating.change else place if place in NAMED_ONLY else source


def _standing(day: Day, given: set[date], changed: set[date], shown: set[date], giver: str) -> Iterator[str]:
    """How a day stands to the others: those the data gives as publication or change, those shown beside the title."""
    sources = {dating.candidate.source for dating in day.datings}
    if len(sources) > 1:
        yield "two kinds of witness" if len(sources) == 2 else "three kinds of witness"
    if _is_change(day):
        yield "only as a change"
    apart = {other: (day.value - other).days for other in (given | shown) - {day.value}}
    next_to = any(abs(apart[other]) == 1 for other in shown if other in apart)
    if day.value in given:
        others = "a neighbour shown" if next_to else "another shown" if shown else "hidden"
        state = "shown" if day.value in shown else others
        yield f"given, {state}"
        if not next_to:
            yield f"given by {giver}, {state}"
        if day.value in changed:
            yield f"given and changed on one day, {state}"
            phrases = {dating.reading.raw for dating in day.datings if is_data(dating) and dating.change}
            if any(is_data(d) and not d.change and d.reading.raw in phrases for d in day.datings):
                yield f"given and changed at once, {state}"
        if next_to and all(_IN_UTC.search(d.reading.value or "") for d in day.datings if is_data(d)):
            yield "given in UTC, a neighbour shown"
        if len(given) > 1:
            yield "the first given" if day.value == min(given) else "not the first given"
    elif given:
        nearest = min((apart[other] for other in given), key=abs)
        state = "after" if nearest > 0 else "before"
        span = "a day" if abs(nearest) == 1 else "long" if abs(nearest) > _FAR_APART else "days"
        kind = "shown" if day.value in shown else "not shown"
        yield f"{kind}, {span} {state} the given"
        if span != "a day":
            yield f"{kind}, another given by {giver}"
        if day.value in changed:
            yield f"{kind}, the given change"
            yield f"{kind}, the given change, another given by {giver}"
    else:
        yield "shown, none given" if day.value in shown else "not shown, none given"
        if day.value in changed:
            yield "the given change, no publication given"


def _giver(days: Iterable[Day]) -> str:
    """What kinds of data give the days of publication.

    Where the page shows only when it was changed, it is the day given by ``article:published_time`` that editors keep
    as that of publication; one that JSON-LD alone gives is as often when the text was first entered.
    """
    datings = [dating.candidate for day in days for dating in day.datings if not dating.change]
    if all(candidate.place != "article:published_time" for candidate in datings):
        return "other data"
    by_others = any(candidate.source in ("json-ld", "microdata") for candidate in datings)
    return "article:published_time and others" if by_others else "article:published_time alone"
