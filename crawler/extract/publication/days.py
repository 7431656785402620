"""The days a page may have been published on, each with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crawler.extract.page import Page
from crawler.extract.publication.datings import Dating, is_data
from crawler.extract.publication.day_grounds import Day, KnownDays, giver_of, is_change, signs_of, standing_of

NO_DAY = frozenset(("no day",))
"""The grounds for giving no day: a day has to outweigh them."""
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
_IN_PROSE = frozenset(("told in passing", "a term"))
"""Signs of days that the article or another text speaks of: unless they stand at the title nobody else need give."""
_FAR = 100
"""Blocks that a doubtful day counts as farther away than it stands."""
_SOME = 2
"""Days that one article may have at one place; more are those of a list."""


def find_days(page: Page, datings: list[Dating]) -> list[Day]:
    """Every day the datings give that may be that of publication, with its grounds.

    A day known only as that of a change is one where the page prints it, prints no other beside the title, and its
    data gives none.
    """
    days = _by_day([dating for dating in datings if not _is_of_others_below(dating, page)])
    given = {day.value for day in days.values() if any(is_data(d) and not d.change for d in day.datings)}
    changed = {day.value for day in days.values() if any(is_data(d) and d.change for d in day.datings)}
    days = {value: day for value, day in days.items() if _may_be_published(day, given)}
    days = _without_cards(days, page)
    shown = _ground_printed(days, page)
    if not given and any(_is_dateline(dating) for value in shown for dating in days[value].datings):
        days = {value: day for value, day in days.items() if not is_change(day)}
    known = KnownDays(given, changed, shown, giver_of(day for value, day in days.items() if value in given))
    many = _places_of_many(days.values())
    for day in days.values():
        day.grounds.update(sign for dating in day.datings for sign in signs_of(dating))
        if any((dating.candidate.source, dating.candidate.place) in many for dating in day.datings):
            day.grounds.add("one of many in the data")
        day.grounds.update(standing_of(day, known))
    return list(days.values())


def _by_day(datings: list[Dating]) -> dict[date, Day]:
    days: dict[date, Day] = {}
    for dating in datings:
        if dating.reading.value and not dating.candidate.place.endswith(_IN_A_SENTENCE):
            value = date.fromisoformat(dating.reading.value[:10])
            days.setdefault(value, Day(value)).datings.append(dating)
    return {value: day for value, day in days.items() if not all(map(_is_prose, day.datings))}


def _is_prose(dating: Dating) -> bool:
    return dating.candidate.source == "text" and not _IN_PROSE.isdisjoint(dating.candidate.place.split(", "))


def _without_cards(days: dict[date, Day], page: Page) -> dict[date, Day]:
    """The days but for those of other stories' cards, which are of one form, each with its own date."""
    cards = [value for value, day in days.items() if all(_is_of_a_card(dating, page) for dating in day.datings)]
    return {value: day for value, day in days.items() if value not in cards} if len(cards) > _SOME else days


def _places_of_many(days: Iterable[Day]) -> set[tuple[str, str]]:
    """Where in the data more days stand than are of one article: many that are listed stand at one place."""
    spread: dict[tuple[str, str], set[date]] = {}
    for day in days:
        for dating in day.datings:
            spread.setdefault((dating.candidate.source, dating.candidate.place), set()).add(day.value)
    return {where for where, values in spread.items() if len(values) > _SOME}


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


def _is_of_others_below(dating: Dating, page: Page) -> bool:
    """Whether a line below the text tells how long ago something was: a comment, or a card of another story."""
    if dating.candidate.source != "text" or dating.reading.earliest == dating.reading.latest:
        return False
    number = int(dating.candidate.place.removeprefix("block ").partition(", ")[0])
    return page.place.start < page.place.end < number


def is_beside_title(dating: Dating, page: Page) -> bool:
    """Whether a printed date stands right under the title or right above it."""
    if dating.candidate.source != "text":
        return False
    return page.place.where(int(dating.candidate.place.removeprefix("block ").partition(", ")[0])) in _AT_TITLE


def _is_dateline(dating: Dating) -> bool:
    """Whether a line of its own prints a day that it does not call that of a change."""
    return dating.candidate.source == "text" and not dating.change and "in a paragraph" not in dating.candidate.place


def _may_be_published(day: Day, given: set[date]) -> bool:
    if not is_change(day):
        return True
    return not given and any(dating.candidate.source == "text" for dating in day.datings)


def _is_of_a_card(dating: Dating, page: Page) -> bool:
    if dating.candidate.source != "text" or "one of many" not in dating.candidate.place:
        return False
    return not is_beside_title(dating, page)
