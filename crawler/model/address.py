"""Addresses as they may be shown: no line, report or log of ours has a password in it that an address had."""

from __future__ import annotations

import re

_CREDENTIALS = re.compile(
    r"(?<=://)(?:(?:[^\s/?#@]*@)+"
    r"|[^\s/?#@:\[]*:(?!\d*(?:[/?#]|\s|\Z))[^\s@]*@)"  # a slash in a password that should have been escaped
)
"""What stands before the host (RFC 3986, section 3.2.1), and no path with an @ in it behind a port."""


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
