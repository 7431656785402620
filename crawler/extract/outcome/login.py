"""Login walls: a form, or a request to register, and no article."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.counts import name_of
from crawler.extract.outcome.sight import SHORT, STUB, Sight, named, phrases
from crawler.extract.page.blocks import Box

_NAME = phrases("login", "titled")
_ASKS = phrases("login", "says")
_TO_COMMENT = phrases("login", "else")
_ADDRESS = re.compile(
    r"[/=](?:log-?in|sign-?in|log-?on|sign-?up|wp-(?:login|signup)|regist(?:er|ration|rieren|razione|ro)|anmeld(?:en|ung)"
    r"|inscription|inscripcion|cadastro|connexion|(?:create|new|edit)-?account|account/(?:create|login|register|forgot\w*)"
    r"|(?:forgot(?:ten)?|recover|reset|lost)-?(?:your-?)?passw(?:or)?d|passw(?:or)?d(?:/(?:reset|forgot|new))?)(?:\.\w{2,5})?(?:[/?&]|$)"
)
"""In lower case, with hyphens for underscores."""
_COMMENTS = re.compile(r"comment|kommentar|komentar|coment|disqus|respond|discussion", re.I)
"""In names of boxes that readers write in."""
_ABOVE, _LABEL = 4, 40
"""Lines above a request in which it is told what for, and characters of such a line."""
_INPUTS = ("password", "email", "text")
_NEW = 2
"""Fields for a password in a form for a new one."""


def login(sight: Sight) -> str | None:
    """Why the page wants a login; None where it does not, or has a text all the same."""
    if sight.size < STUB and not sight.claims and (why := _asks_for_an_account(sight)):
        return why
    if sight.certain >= 2 * SHORT:
        return None
    if sight.certain < SHORT or sight.closed:
        near = sight.after if sight.body.chosen else sight.opening
        match = _ASKS.search(near) or (_ASKS.search(sight.opening) if sight.visible < 2000 else None)
        to_comment = match and _TO_COMMENT.search(near[match.start() : match.end() + 60] or near)
        if match and not to_comment and not among_comments(sight, match.group()):
            return f"says {match.group()!r}"
    if sight.certain < SHORT and sight.page.tree.find(".//input[@type='password']") is not None:
        name = named(sight, _NAME)
        return f"a form for a password, titled {name!r}" if name else None
    return None


def among_comments(sight: Sight, words: str) -> bool:
    """Whether the words stand in a box that is called comments, or right below a line that counts them."""
    blocks = sight.layout.blocks
    block = next((block for block in blocks if words in block.text), None)
    if block is None:
        return False
    above = blocks[max(0, block.number - _ABOVE) : block.number]
    if any(len(line.text) < _LABEL and name_of(line.text) == "comments" for line in above):
        return True
    box: Box | None = block.box
    while box is not None and not _COMMENTS.search(box.names):
        box = box.parent
    return box is not None


def _asks_for_an_account(sight: Sight) -> str | None:
    """Why a page with some words on it is that of an account: its address and a form, or a form for a new password."""
    fields = sight.page.tree.findall(".//form//input")
    kinds = [(field.get("type") or "text").strip().lower() for field in fields]
    if kinds.count("password") >= _NEW and not sight.dated:
        return "a form for a new password"
    if not any(kind in _INPUTS for kind in kinds):
        return None
    try:
        parts = urlsplit(sight.page.address)
    except ValueError:
        return None
    address = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path).lower().replace("_", "-")
    found = _ADDRESS.search(address)
    return f"a form, and the address is that of an account ({found.group().strip('/=?&')})" if found else None
