"""Addresses as pages write them: joined to the page's own and cut into parts, whatever their form."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

_ODD = frozenset(" \t\n\r[]\\")
"""Characters for which an address is read by the book."""
_REPLAYED = re.compile(
    r"https?://[^?#]*?/(?:\d{4,14}(?:[a-z]{2}_)?|[a-z]{2}_|web)/(https?):/{1,2}([^/].*)", re.I | re.S
)
"""As Wayback Machines, pywb and archive.today write it; some servers make one slash of two."""


def join(base: str, address: str) -> str | None:
    """An http(s) address in full; None for anything else (``data:``, ``javascript:``, malformed).

    What it gives can be cut by ``urllib.parse`` without an error.
    """
    address = address.strip()
    if _ODD.isdisjoint(address):
        # Most addresses stand in full or begin at the site's root; reading them by the book costs ten times as much.
        # Signs beyond ASCII may make a host that is none.
        if address.isascii() and address.startswith(("https://", "http://")):
            return address if address.partition("//")[2][:1] not in "/?#:@" else None
        if address.startswith("/") and not address.startswith("//") and "/." not in address:
            origin = _origin(base)
            return origin + address if origin else None
    try:
        joined: str = urljoin(base, address)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def archived_in(address: str) -> str:
    """The address of what a web archive replays at this one (``/web/20200102/https://…``); else the address itself."""
    found = _REPLAYED.match(address) if "/http" in address else None
    return f"{found[1]}://{found[2]}" if found else address


def path_of(address: str) -> str:
    """The path of an address, without query and fragment; empty where it has none."""
    rest = address.partition("#")[0].partition("?")[0]
    if "://" in rest[:12]:
        return "".join(rest.partition("//")[2].partition("/")[1:])
    return rest


def slug_words(url: str) -> list[str]:
    """Words of the longest part of a URL's path; none where it is only a number or a code."""
    try:
        parts = unquote(urlsplit(url).path).lower().split("/")
    except ValueError:
        return []
    slugs = [re.findall(r"[^\W\d_]+|\d+", part.rpartition(".")[0] or part) for part in parts]
    return max(slugs, key=lambda words: sum(map(len, words)), default=[])


@lru_cache(maxsize=64)
def _origin(base: str) -> str | None:
    try:
        parts = urlsplit(base)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None


def leads_within(address: str, host: str) -> bool:
    """Whether a link leads to a page of ``host``; False for places on the page itself, and for what is no address."""
    if not address or address.startswith(("#", "javascript:", "mailto:")):
        return False
    try:
        named = (urlsplit(archived_in(address)).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return not named or named == host
