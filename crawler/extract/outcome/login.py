"""Login walls: a form, or a request to register, and no article."""

from __future__ import annotations

from crawler.extract.outcome.sight import SHORT, Sight, named, phrases

_NAME = phrases("login", "titled")
_ASKS = phrases("login", "says")
_TO_COMMENT = phrases("login", "else")


def login(sight: Sight) -> str | None:
    """Why the page wants a login; None where it does not, or has a text all the same."""
    if sight.size >= 2 * SHORT:
        return None
    if sight.size < SHORT or sight.closed:
        near = sight.after if sight.body.chosen else sight.opening
        match = _ASKS.search(near) or (_ASKS.search(sight.opening) if sight.visible < 2000 else None)
        if match and not _TO_COMMENT.search(near[match.start() : match.end() + 60] or near):
            return f"says {match.group()!r}"
    if sight.size < SHORT and sight.page.tree.find(".//input[@type='password']") is not None:
        name = named(sight, _NAME)
        return f"a form for a password, titled {name!r}" if name else None
    return None
