"""Which IP addresses are on the public net, which are opened besides, and what address a host's name is.

The guard (``crawler/fetch/address.py``) asks at each connection. What a user names is looked at before, so that an
address that nobody will connect to is told at once.
"""

from __future__ import annotations

import contextlib
import re
import socket
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]

# Addresses that pass for public, and are a cloud's metadata service all the same.
_METADATA = frozenset({IPv4Address("168.63.129.16"), IPv4Address("192.0.0.192")})
_OLD_STYLE = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+)){0,3}")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that IANA has given out of IPv6 for the public net; what maps IPv4 addresses apart."""
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("3fff::/20"))
"""Special-purpose networks (IANA) that some versions of Python take for public."""
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
"""What IDNA reads as a dot."""


def networks_of(entries: Iterable[str]) -> Networks:
    """The networks that are written so (CIDR). Raises ``ValueError`` for one that is none."""
    return tuple(ip_network(entry.strip(), strict=False) for entry in entries if entry.strip())


def why_denied(address: Address, opened: Networks) -> str | None:
    """Why nothing is fetched from an address; None where it is public or ``opened``."""
    inner = _inner(address)
    return None if any(address in network or inner in network for network in opened) else _reason(inner)


def plain_name(host: str) -> str:
    """A host as a resolver reads it: an address in its usual form, a name in lower case."""
    bare = unicodedata.normalize("NFKC", host.translate(_DOTS)).strip("[]").rstrip(".").lower()
    if _OLD_STYLE.fullmatch(bare):
        with contextlib.suppress(OSError):
            return socket.inet_ntoa(socket.inet_aton(bare))  # as every resolver reads 2130706433, 0x7f.1 and 0177.1
    return bare


def why_private(url: str, opened: Networks) -> str | None:
    """Why a URL whose host is an address, or this machine by name, will not be fetched; None where it may be."""
    host = plain_name(urlsplit(url).hostname or "")
    local = host == "localhost" or host.endswith(".localhost")
    names = ("127.0.0.1", "::1") if local else (host,)
    try:
        reasons = [(name, why_denied(ip_address(name.partition("%")[0]), opened)) for name in names]
    except ValueError:
        return None
    if not all(reason for _, reason in reasons):
        return None
    return f"wirecopy connects to no private address unless told to, and {reasons[0][0]} is one: {reasons[0][1]}"


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, NAT64, ISATAP, 6to4, Teredo), or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64 or int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return address


def _reason(address: Address) -> str | None:
    """Why an address is not on the public net; None where it is."""
    if address in _METADATA:
        return "a cloud's metadata service"
    if address.is_loopback or address.is_unspecified:
        return "loopback, this very machine"
    if address.is_link_local:
        return "link-local, where clouds keep their metadata"
    if address.is_multicast:
        return "multicast"
    if address.is_private:
        return "a private network"
    if any(address in network for network in _NOT_PUBLIC):
        return "a network for special purposes"
    if isinstance(address, IPv6Address) and address not in _PUBLIC_6:
        return "not on the public internet"
    return None if address.is_global else "not on the public internet"
