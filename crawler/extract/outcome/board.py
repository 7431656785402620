"""Boards of readers' posts: the forum's lists, and the threads in them, told by data, software or address."""

from __future__ import annotations

import re

from crawler.extract.outcome.sight import SHORT, Sight

_TYPES = frozenset({"discussionforumposting", "qapage"})
_SOFTWARE = re.compile(r"\b(?:vbulletin|phpbb|mybb|xenforo|simple machines|invision|burning board|discuz|flarum)", re.I)
_ADDRESS = re.compile(
    r"^https?://(?:forums?|boards?)\.[^/]+\.[^/]+|/(?:viewtopic|viewforum|showthread|showtopic|forumdisplay)\b|/forums?(?:\.\w+)?/?$"
    r"|/forums?/(?:index\.\w+|threads?/|topics?/|\w+\.php)|[?&](?:showtopic|showforum)=|/threads/[^/]+\.\d+",
    re.I,
)
_PARAGRAPH, _PARAGRAPHS = 80, 3
"""Characters of a paragraph, and the paragraphs of a story."""


def board(sight: Sight) -> str | None:
    """Why the page is a forum's; None where it is none, or its data call it an article."""
    if sight.is_declared:
        return None
    if found := sorted(sight.linked_types & _TYPES):
        return f"JSON-LD calls it a {found[0]}"
    for generator in sight.page.meta.get("generator", ()):
        if match := _SOFTWARE.search(generator):
            return f"made by a forum's software ({match.group()})"
    if (match := _ADDRESS.search(sight.page.address)) and not _is_one_story(sight):
        return f"the address is that of a forum ({match.group()})"
    return None


def _is_one_story(sight: Sight) -> bool:
    """Whether a dated page holds a text in paragraphs side by side, where a thread has a box for each post."""
    chosen = [block for block in sight.body.chosen if len(block.text) >= _PARAGRAPH]
    if not sight.dated or sum(len(block.text) for block in chosen) < 2 * SHORT:
        return False
    return len({id(block.box.parent) for block in chosen if block.box.count == 1}) == 1 and len(chosen) >= _PARAGRAPHS
