"""Pages to do something on (to write to somebody, to register, to search), told by address or headline and a form."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.outcome.form import fields_of
from crawler.extract.outcome.sight import SHORT, STUB, Sight, phrases
from crawler.extract.page.blocks import Box

_ADDRESS = re.compile(
    rf"(?:^|[/=])(?:(?:{phrases('errand', 'addressed').pattern})(?:[-+ ]?(?:us|me|form|uns|nous|now|page|info|\d+))*+)"
    r"(?:\.\w{2,5})?/?(?:[?&;].*)?$"
)
"""The last part of a path, or a value of its query, in lower case with hyphens for underscores.

What follows the word is taken once and for all: digits could be parted in more ways than there is time for."""
_NAME = phrases("errand", "titled")
_STORY, _PARAGRAPH = 2 * SHORT, 100
"""Characters of a story below which readers may answer, and of a paragraph of one."""
_FIELDS = 2
"""Fields of a form that is more than a line to search or to subscribe."""


def errand(sight: Sight) -> str | None:
    """Why the page is there to do something on; None where it is not, or has a text with an article's signs."""
    if sight.size >= STUB and (sight.claims or sight.dated):
        return None
    why = "its headline" if _NAME.fullmatch(sight.headline or "") else _address(sight)
    if why is None:
        return None
    for box in sight.layout.boxes:
        if box.tag == "form" and (fields := fields_of(box.element)) >= _FIELDS and not _answers(sight, box):
            return f"a form of {fields} fields, and {why} is that of an errand"
    return None


def _answers(sight: Sight, form: Box) -> bool:
    """Whether a form is one to answer to a story of some length: it stands below all of it, and has room for a text."""
    if not sight.body.chosen or form.first <= sight.body.chosen[-1].number:
        return False
    told = sum(len(block.text) for block in sight.body.chosen if len(block.text) >= _PARAGRAPH)
    return told >= _STORY and next(form.element.iter("textarea"), None) is not None


def _address(sight: Sight) -> str | None:
    try:
        parts = urlsplit(sight.page.address)
    except ValueError:
        return None
    path = unquote(parts.path).lower().replace("_", "-")
    query = unquote(parts.query).lower().replace("_", "-")
    found = _ADDRESS.search(path) or next(filter(None, map(_ADDRESS.search, re.split("[&;]", query))), None)
    return f"the address ({found.group().strip('/=')})" if found else None
