"""Boards of readers' posts: the forum's lists, and the threads in them, told by data, software or address."""

from __future__ import annotations

import re

from crawler.extract.outcome.sight import Sight

_TYPES = frozenset({"discussionforumposting", "qapage"})
_SOFTWARE = re.compile(r"\b(?:vbulletin|phpbb|mybb|xenforo|simple machines|invision|burning board|discuz|flarum)", re.I)
_ADDRESS = re.compile(
    r"^https?://(?:forums?|boards?)\.[^/]+\.[^/]+|/(?:viewtopic|viewforum|showthread|showtopic|forumdisplay)\b|/forums?(?:\.\w+)?/?$"
    r"|/forums?/(?:index\.\w+|threads?/|topics?/|\w+\.php)|[?&](?:showtopic|showforum)=|/threads/[^/]+\.\d+",
    re.I,
)


def board(sight: Sight) -> str | None:
    """Why the page is a forum's; None where it is none, or its data call it an article."""
    if sight.is_declared:
        return None
    if found := sorted(sight.linked_types & _TYPES):
        return f"JSON-LD calls it a {found[0]}"
    for generator in sight.page.meta.get("generator", ()):
        if match := _SOFTWARE.search(generator):
            return f"made by a forum's software ({match.group()})"
    if match := _ADDRESS.search(sight.page.address):
        return f"the address is that of a forum ({match.group()})"
    return None
