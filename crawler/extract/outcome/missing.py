"""Soft 404s and errors: pages that say, under a status of 200, that there is nothing."""

from __future__ import annotations

from crawler.extract.outcome.sight import SHORT, STUB, Sight, named, phrases, together

_NAME = phrases("missing", "titled")
_SURE = phrases("missing", "sure")
_SAYS = phrases("missing", "says")
_LACKS = together("missing", "things", "lacks", 40)
_PARKED = phrases("missing", "parked")
_BROKEN = phrases("missing", "broken")
_FAILS = phrases("missing", "fails")
_NOTICE = 700
"""Visible characters that no notice of an error exceeds."""
_TOLD, _REST = 150, 20
"""Characters of a text below a headline that begins like an error, and of the rest of that headline."""


def missing(sight: Sight) -> str | None:
    """Why the page says there is none; None where it does not."""
    if sight.claims and sight.size >= STUB // 2:
        return None
    name = named(sight, _NAME)
    if name and not _is_headline(sight, name):
        return f"titled {name!r}"
    if (name := named(sight, _PARKED)) and sight.size < STUB and not sight.is_told:
        return f"no site at this address: titled {name!r}"
    little = sight.size < STUB // 2 and sight.visible < 2500 and not (sight.claims and sight.size > 200)
    if little and (match := _SAYS.search(sight.opening)):
        return f"says {match.group()!r}"
    if little and sight.size < SHORT and not sight.is_told and (match := _LACKS.search(sight.stated)):
        return f"says {match.group()!r}"
    return None


def broken(sight: Sight) -> str | None:
    """Why the page is an error of the server's; None where it is none."""
    if sight.size >= STUB // 2 or (sight.claims and sight.dated):
        return None
    if (name := named(sight, _BROKEN)) and not _begins_headline(sight, name):
        return f"titled {name!r}"
    if sight.visible < _NOTICE and not sight.is_told and (match := _FAILS.search(f"{sight.title} {sight.opening}")):
        return f"says {match.group()!r}"
    return None


def _is_headline(sight: Sight, name: str) -> bool:
    """Whether it is a told story's headline, which names no page ("Gone"), or the beginning of one."""
    told = sight.is_told and sight.certain >= _TOLD
    return (told and not _SURE.search(name)) or _begins_headline(sight, name)


def _begins_headline(sight: Sight, name: str) -> bool:
    """Whether it is the beginning of a told story's headline: "Page not found: the museum of lost sites"."""
    if not sight.is_told or sight.certain < _TOLD:
        return False
    rests = (whole[len(name) + 1 :].strip() for whole in sight.names if _goes_on(whole, name))
    return any(len(rest) >= _REST and not _NAME.fullmatch(rest) for rest in rests)


def _goes_on(whole: str, name: str) -> bool:
    return whole.startswith(name) and whole[len(name) :].lstrip()[:1] in tuple(":!?.–—")
