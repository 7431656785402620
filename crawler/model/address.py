"""Addresses: the host of one, what of it is but one visitor's, and how it may be shown: without a password it had."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CREDENTIALS = re.compile(
    r"(?<=://)(?:(?:[^\s/?#@]*@)+"
    r"|[^\s/?#@:\[]*:(?!\d*(?:[/?#]|\s|\Z))[^\s@]*@)"  # a slash in a password that should have been escaped
)
"""What stands before the host (RFC 3986, section 3.2.1), and no path with an @ in it behind a port."""

_SESSION = re.compile(r";(?:(?:jsessionid|phpsessid)=[^/?#;]*|(?:session_?id|sid)=[0-9a-z-]{20,}(?![^/?#;]))", re.I)
_OF_A_VISIT = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|srsltid|mc_[ce]id|jsessionid|phpsessid|aspsessionid\w*|cftoken|oscsid"
    r"|zenid)=.*|(?:session_?id|sid)=[0-9a-z-]{20,}",
    re.I,
)
"""Parameters that tell a visitor or the way here, and no page.

A short ``sid`` is a story's number in old portals, a short ``session_id`` the session of a parliament.
"""


def without_visit(url: str) -> str:
    """An address without what differs between visits of one page: ids of sessions, and marks of where a link stood."""
    address, sign, fragment = url.partition("#")
    path, asks, query = _SESSION.sub("", address).partition("?")
    kept = "&".join(one for one in query.split("&") if _OF_A_VISIT.fullmatch(one) is None)
    return f"{path}{asks if kept or not query else ''}{kept}{sign}{fragment}"


def host_of(url: str | None) -> str:
    """The host of an address, in lower case, without ``www.``; empty where it has none, or is no address."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def without_password(text: str) -> str:
    """``text`` without the name and password of any address in it."""
    return _CREDENTIALS.sub("", text) if "@" in text else text


def shown(address: str) -> str:
    """One address, whole or begun anywhere (``NAME:PASSWORD@HOST``), as it may be shown."""
    found = re.match(r"[^/?#@]*://", address)
    scheme = found[0] if found else ""
    rest = address.removeprefix(scheme)
    before, _, after = rest.rpartition("@")
    # What should have been escaped in a password is just what makes an address one that has to be shown.
    if ":" in re.split(r"[/?#]", before, maxsplit=1)[0]:
        return scheme + after
    return scheme + re.sub(r"\A[^/]*@", "", rest)


def origin(url: str) -> str:
    """Scheme, host and port of an address: what of it is no secret where the rest is one, as with webhooks."""
    found = re.match(r"[^:/?#]+:/*[^/?#]*", without_password(url))
    return found[0] if found else ""
