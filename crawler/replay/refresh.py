"""A page that at once gives way to another, as browsers obey it (``<meta http-equiv="refresh">``)."""

from __future__ import annotations

import re

from crawler.replay.addresses import joined
from crawler.replay.markup import EndTag, Tag, base_address, tokens

_REFRESH = re.compile(r"\s*(\d*(?:\.\d*)?)\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_AT_ONCE = 1.0
"""Seconds within which a page that gives way to another is taken for a redirect."""
_BEGINNING = 1 << 14
"""Characters in which such pages say so."""


def gives_way_to(text: str, *, url: str, encoding: str = "utf-8") -> str | None:
    """The URL that browsers go on to at once from the page ``text``; None for one that stays.

    What is for readers without scripts counts for nothing: where the page was captured for, scripts would have run.
    """
    beginning = text[:_BEGINNING]
    if "refresh" not in beginning.lower():
        return None
    found = list(tokens(beginning))
    without_script = 0
    for token in found:
        if isinstance(token, (Tag, EndTag)) and token.name == "noscript":
            without_script = max(0, without_script + (1 if isinstance(token, Tag) else -1))
        elif isinstance(token, Tag) and token.name == "meta" and not without_script:
            named = (token.get("http-equiv") or "").strip().lower() == "refresh"
            match = _REFRESH.match(token.get("content") or "")
            if named and match and match[2].strip() and float(match[1].strip(".") or 0) <= _AT_ONCE:
                target = joined(joined(url, base_address(found)) or url, match[2], encoding)
                return target if target and target.partition("#")[0] != url else None
    return None
