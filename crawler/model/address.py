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
    return without_password(address) if "://" in address else re.sub(r"\A[^/]*@", "", address)


def origin(url: str) -> str:
    """Scheme, host and port of an address: what of it is no secret where the rest is one, as with webhooks."""
    return re.split(r"(?<![:/])[/?#]", without_password(url), maxsplit=1)[0]
