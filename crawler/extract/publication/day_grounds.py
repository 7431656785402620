"""What speaks for a day and against it: who gives it, and how it stands to the other days of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from crawler.extract.publication.datings import NAMED_ONLY, Dating, is_data

_IN_UTC = re.compile(r"T.*(?:Z|[+-]00:00)$")
_FAR_APART = 31
"""Days between two dates of which one can hardly be a slip of the other."""


@dataclass(slots=True)
class Day:
    """A calendar day, who gives it and on what grounds."""

    value: date
    datings: list[Dating] = field(default_factory=list)
    grounds: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class KnownDays:
    """What else a page says, beside which a day stands."""

    given: set[date]
    """Days that data give as that of publication."""
    changed: set[date]
    """Days that data give as that of a change."""
    shown: set[date]
    """Days that the page prints beside its title."""
    giver: str
    """What kinds of data give the days of publication."""

    def state(self, day: date) -> str:
        """Whether the page shows a day that its data give, or another in its stead."""
        if day in self.shown:
            return "shown"
        if self.has_neighbour(day):
            return "a neighbour shown"
        return "another shown" if self.shown else "hidden"

    def has_neighbour(self, day: date) -> bool:
        """Whether the page shows the day before or after: the same moment in another zone."""
        return any(abs((day - other).days) == 1 for other in self.shown)


def is_change(day: Day) -> bool:
    """Whether a day is known only as that of a change."""
    return all(dating.change for dating in day.datings)


def signs_of(dating: Dating) -> Iterator[str]:
    """Where a dating was found, without its place on this page."""
    source, place = dating.candidate.source, dating.candidate.place
    if source == "json-ld":
        yield _sign_of_json_ld(place.rpartition(".")[2], dating)
    elif source == "meta":
        yield _sign_of_meta(place, dating)
    elif source != "text":
        yield f"{source} of a change" if dating.change else place if place in NAMED_ONLY else source


def _sign_of_json_ld(key: str, dating: Dating) -> str:
    if dating.candidate.place.startswith("WebPage"):
        return f"WebPage {key}"
    own = 0.55 if key in ("dateCreated", "uploadDate") else 0.72  # confidence in what an article says of itself
    return f"json-ld {key}" if dating.candidate.confidence >= own else f"json-ld {key}, of another article"


def _sign_of_meta(name: str, dating: Dating) -> str:
    if dating.change:
        return "meta of a change"
    if name == "article:published_time":
        return "meta article:published_time"
    return "meta of the publication" if dating.candidate.confidence > 0.8 else "meta of a date"


def standing_of(day: Day, known: KnownDays) -> Iterator[str]:
    """How a day stands to the others: those the data gives as publication or change, those shown beside the title."""
    sources = {dating.candidate.source for dating in day.datings}
    if len(sources) > 1:
        yield "two kinds of witness" if len(sources) == 2 else "three kinds of witness"
    if is_change(day):
        yield "only as a change"
    if day.value in known.given:
        yield from _as_given(day, known)
    elif known.given:
        yield from _beside_given(day.value, known)
    else:
        yield "shown, none given" if day.value in known.shown else "not shown, none given"
        if day.value in known.changed:
            yield "the given change, no publication given"


def _as_given(day: Day, known: KnownDays) -> Iterator[str]:
    """How a day stands that the data gives as that of publication."""
    state = known.state(day.value)
    neighboured = known.has_neighbour(day.value)
    yield f"given, {state}"
    if not neighboured:
        yield f"given by {known.giver}, {state}"
    if day.value in known.changed:
        yield f"given and changed on one day, {state}"
        phrases = {dating.reading.raw for dating in day.datings if is_data(dating) and dating.change}
        if any(is_data(d) and not d.change and d.reading.raw in phrases for d in day.datings):
            yield f"given and changed at once, {state}"
    if neighboured and all(_IN_UTC.search(d.reading.value or "") for d in day.datings if is_data(d)):
        yield "given in UTC, a neighbour shown"
    if len(known.given) > 1:
        yield "the first given" if day.value == min(known.given) else "not the first given"


def _beside_given(day: date, known: KnownDays) -> Iterator[str]:
    """How a day stands where the data gives another as that of publication."""
    nearest = min(((day - other).days for other in known.given), key=lambda apart: (abs(apart), apart))
    state = "after" if nearest > 0 else "before"
    span = "a day" if abs(nearest) == 1 else "long" if abs(nearest) > _FAR_APART else "days"
    kind = "shown" if day in known.shown else "not shown"
    yield f"{kind}, {span} {state} the given"
    if span != "a day":
        yield f"{kind}, another given by {known.giver}"
    if day in known.changed:
        yield f"{kind}, the given change"
        yield f"{kind}, the given change, another given by {known.giver}"


def giver_of(days: Iterable[Day]) -> str:
    """What kinds of data give the days of publication.

    Where the page shows only when it was changed, it is the day given by ``article:published_time`` that editors keep
    as that of publication; one that JSON-LD alone gives is as often when the text was first entered.
    """
    datings = [dating.candidate for day in days for dating in day.datings if not dating.change]
    if all(candidate.place != "article:published_time" for candidate in datings):
        return "other data"
    by_others = any(candidate.source in ("json-ld", "microdata") for candidate in datings)
    return "article:published_time and others" if by_others else "article:published_time alone"
