"""The guard on addresses: which hosts a crawl may connect to, decided on the address of the very connection.

A page names a host, the name system names an address, and either may point at the machine the crawl runs on or at its
neighbours. The check stands between the resolver's answer and the socket, so a name that resolves differently the
second time gains nothing. The user's own proxy is the user's choice and is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

from scrapy.exceptions import IgnoreRequest
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

from crawler.fetch.public_net import networks_of, plain_name, why_denied

_NOTED = 4096
"""Hosts whose addresses are remembered."""
_LOCAL = (
    ".localhost", ".svc", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa",
)  # fmt: skip
"""Ends of names that the public name system does not have."""


class AddressDenied(IgnoreRequest):  # named like Scrapy's own
    """A connection the guard refused; the message says to where, why and what opens it."""


class AddressGuard:
    """Refuses loopback, private, link-local, reserved and metadata addresses, but for ``allowed`` networks (CIDR).

    Raises ``ValueError`` where an entry of ``allowed`` is no network.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = networks_of(allowed)

    def check(self, host: str) -> None:
        """Pass an address that may be connected to. Raises ``AddressDenied`` for the others.

        ``host`` is an IP address; a zone (``fe80::1%eth0``) is ignored.
        """
        address = ip_address(host.partition("%")[0])
        if reason := why_denied(address, self._allowed):
            raise AddressDenied(
                f"no connection to {address}: {reason}; allow it with --allow-address {address} "
                "(allow_addresses in a watchlist, setting WIRECOPY_ALLOW_ADDRESSES in a Scrapy project)"
            )

    def check_name(self, host: str) -> None:
        """Refuse a host that is plainly local by its name or is a denied literal: for requests a proxy will resolve.

        Raises ``AddressDenied``.
        """
        bare = plain_name(host)
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
