"""Big News Network: hundreds of place-named domains with one feed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.model import Organization

_STORY = re.compile(r"^/news/\d{9}/[\w%.-]+/?$")
_SEEN = frozenset({"azerbaijannews.net", "russiaherald.com", "bignewsnetwork.com"})


def family_member(url: str) -> Organization | None:
    """The site as a distributor, where host and form of its address are both known; None otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if host in _SEEN and _STORY.match(parts.path):
        return Organization(host, f"https://www.{host}/")
    return None
