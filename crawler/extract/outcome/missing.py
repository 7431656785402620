"""Soft 404s and errors: pages that say, under a status of 200, that there is nothing."""

from __future__ import annotations

from crawler.extract.outcome.sight import SHORT, STUB, Sight, named, phrases

_NAME = phrases("missing", "titled")
_SURE = phrases("missing", "sure")
_SAYS = phrases("missing", "says")
_PARKED = phrases("missing", "parked")
_BROKEN = phrases("missing", "broken")


def missing(sight: Sight) -> str | None:
    """Why the page says there is none; None where it does not."""
    if sight.claims and sight.size >= STUB // 2:
        return None
    name = named(sight, _NAME)
    if name and sight.dated and sight.size >= SHORT and any(whole.startswith(f"{name}:") for whole in sight.names):
        return None  # the beginning of a headline: "Page not found: the museum of lost sites"
    if name and (sight.size < STUB or not sight.dated or _SURE.search(name)):
        return f"titled {name!r}"
    if (name := named(sight, _PARKED)) and sight.size < STUB:
        return f"no site at this address: titled {name!r}"
    little = sight.size < STUB // 2 and sight.visible < 2500 and not (sight.claims and sight.size > 200)
    if little and (match := _SAYS.search(sight.opening)):
        return f"says {match.group()!r}"
    return None


def broken(sight: Sight) -> str | None:
    """Why the page is an error of the server's; None where it is none."""
    if sight.size < STUB // 2 and not (sight.claims and sight.dated) and (name := named(sight, _BROKEN)):
        return f"titled {name!r}"
    return None
