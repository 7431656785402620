"""The guard on addresses: which hosts a crawl may connect to, decided on the address of the very connection.

A page names a host, the name system names an address, and either may point at the machine the crawl runs on or at its
neighbours. The check stands between the resolver's answer and the socket, so a name that resolves differently the
second time gains nothing. The user's own proxy is the user's choice and is not checked.
"""

from __future__ import annotations

import contextlib
import re
import socket
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from scrapy.exceptions import IgnoreRequest
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

Address = IPv4Address | IPv6Address

# Addresses that pass for public, and are a cloud's metadata service all the same.
_METADATA = frozenset({IPv4Address("168.63.129.16"), IPv4Address("192.0.0.192")})
_OLD_STYLE = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+)){0,3}")
_NOTED = 4096
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that IANA has given out of IPv6 for the public net; what maps IPv4 addresses apart."""
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("3fff::/20"))
"""Special-purpose networks (IANA) that some versions of Python take for public."""
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
"""What IDNA reads as a dot."""
_LOCAL = (
    ".localhost",
    ".svc",
    ".localdomain",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".home.arpa",
)
"""Ends of names that the public name system does not have."""


class AddressDenied(IgnoreRequest):  # named like Scrapy's own
    """A connection the guard refused; the message says to where, why and what opens it."""


class AddressGuard:
    """Refuses loopback, private, link-local, reserved and metadata addresses, but for ``allowed`` networks (CIDR).

    Raises ``ValueError`` where an entry of ``allowed`` is no network.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = tuple(ip_network(entry.strip(), strict=False) for entry in allowed if entry.strip())

    def check(self, host: str) -> None:
        """Pass an address that may be connected to. Raises ``AddressDenied`` for the others.

        ``host`` is an IP address; a zone (``fe80::1%eth0``) is ignored.
        """
        address = ip_address(host.partition("%")[0])
        inner = _inner(address)
        if any(address in network or inner in network for network in self._allowed):
            return
        if reason := _reason(inner):
            raise AddressDenied(
                f"no connection to {address}: {reason}; allow it with --allow-address {address} "
                "(allow_addresses in a watchlist, setting WIRECOPY_ALLOW_ADDRESSES in a Scrapy project)"
            )

    def check_name(self, host: str) -> None:
        """Refuse a host that is plainly local by its name or is a denied literal: for requests a proxy will resolve.

        Raises ``AddressDenied``.
        """
        bare = unicodedata.normalize("NFKC", host.translate(_DOTS)).strip("[]").rstrip(".").lower()
        if _OLD_STYLE.fullmatch(bare):
            with contextlib.suppress(OSError):
                bare = socket.inet_ntoa(socket.inet_aton(bare))  # as every resolver reads 2130706433, 0x7f.1 and 0177.1
        try:
            self.check(bare)
        except ValueError:
            if "." not in bare or bare.endswith(_LOCAL):
                self.check("127.0.0.1")


class GuardedReactor:
    """A reactor whose TCP connections pass the guard first; everything else is the reactor's own."""

    def __init__(self, reactor: Any, guard: AddressGuard) -> None:
        self._reactor = reactor
        self._guard = guard
        self._noting: _NotingResolver | None = None
        self.resolved: dict[str, tuple[str, ...]] = {}
        """The addresses that names had when they were last looked up, of the hosts asked last."""
        directlyProvides(self, *providedBy(reactor))

    @property
    def nameResolver(self) -> Any:  # noqa: N802
        """The reactor's resolver, whose answers are noted."""
        resolver = self._reactor.nameResolver
        if self._noting is None or self._noting.resolver is not resolver:
            self._noting = _NotingResolver(resolver, self.resolved)
        return self._noting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:  # noqa: N802
        """Connect to an address the guard lets pass. Raises ``AddressDenied``."""
        self._guard.check(host)
        return self._reactor.connectTCP(host, port, *args, **kwargs)


class _NotingResolver:
    def __init__(self, resolver: Any, resolved: dict[str, tuple[str, ...]]) -> None:
        self.resolver = resolver
        self._resolved = resolved
        directlyProvides(self, *providedBy(resolver))

    def resolveHostName(self, receiver: Any, hostName: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N802, N803
        if hostName not in self._resolved and len(self._resolved) >= _NOTED:
            self._resolved.pop(next(iter(self._resolved)))
        noting = _NotingReceiver(receiver, self._resolved, hostName)
        return self.resolver.resolveHostName(noting, hostName, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.resolver, name)


class _NotingReceiver:
    def __init__(self, receiver: Any, resolved: dict[str, tuple[str, ...]], host: str) -> None:
        self._receiver = receiver
        self._resolved = resolved
        self._host = host
        self._found: list[str] = []
        directlyProvides(self, *providedBy(receiver))

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._found.append(str(address.host))
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._resolved[self._host] = tuple(dict.fromkeys(self._found))
        self._receiver.resolutionComplete()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._receiver, name)


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
