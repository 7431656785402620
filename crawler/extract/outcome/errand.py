"""Pages to do something on: to write to somebody, to register, to order, to search; told by address and form."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.outcome.form import fields_of
from crawler.extract.outcome.sight import STUB, Sight, phrases

_ADDRESS = re.compile(
    rf"(?:^|[/=])(?:(?:{phrases('errand', 'addressed').pattern})(?:[-+ ]?(?:us|me|form|uns|nous|now|page|info|\d+))*)"
    r"(?:\.\w{2,5})?/?(?:[?&;].*)?$"
)
"""The last part of a path, or a value of its query, in lower case with hyphens for underscores."""
_FIELDS = 2
"""Fields of a form that is more than a line to search or to subscribe."""


def errand(sight: Sight) -> str | None:
    """Why the page is there to do something on; None where it is not, or has a text with an article's signs."""
    if sight.size >= STUB and (sight.claims or sight.dated):
        return None
    try:
        parts = urlsplit(sight.page.address)
    except ValueError:
        return None
    path = unquote(parts.path).lower().replace("_", "-")
    query = unquote(parts.query).lower().replace("_", "-")
    found = _ADDRESS.search(path) or next(filter(None, map(_ADDRESS.search, re.split("[&;]", query))), None)
    if found is None:
        return None
    for box in sight.layout.boxes:
        if box.tag == "form" and (fields := fields_of(box.element)) >= _FIELDS:
            return f"a form of {fields} fields, and the address is that of an errand ({found.group().strip('/=')})"
    return None
