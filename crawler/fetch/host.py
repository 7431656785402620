"""What can be the name of a host."""

from __future__ import annotations

import re


def is_host(name: str | None) -> bool:
    """Whether ``name`` can be asked for at all: an IP address, or labels that DNS and IDNA allow."""
    if not name:
        return False
    if ":" in name:  # urlsplit has checked an IPv6 address
        return True
    try:
        encoded = name.rstrip(".").encode("ascii" if name.isascii() else "idna")
    except UnicodeError:
        return False
    return len(encoded) <= 253 and _HOST.fullmatch(encoded) is not None


_HOST = re.compile(rb"(?:[0-9a-z_](?:[0-9a-z_-]{0,61}[0-9a-z_])?\.)*[0-9a-z_](?:[0-9a-z_-]{0,61}[0-9a-z_])?", re.I)
