"""The transport of a connection, as a request that is written and a response that is read have to do with it.

Twisted's reactor is told of every wish to write and of every stop of reading, by calls of the system. Most of them come
to nothing: a request fits into what the socket takes at once, and whoever is to read a body is there with its head.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from twisted.internet.tcp import Client
from twisted.web._newclient import TransportProxyProducer

from crawler.fetch.errand import Attempt


class Tee:
    """A transport that tells an attempt what is written to it."""

    def __init__(self, transport: Any, attempt: Attempt) -> None:
        self._transport = transport
        self._attempt = attempt

    def write(self, data: bytes) -> None:
        """Write ``data``."""
        self._attempt.wrote(data)
        send(self._transport, data)

    def writeSequence(self, pieces: Iterable[bytes]) -> None:  # noqa: N802
        """Write ``pieces``, as one."""
        self.write(b"".join(pieces))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Brake(TransportProxyProducer):
    """Lets a parser stop its connection, once it is clear that nobody lets it go on.

    What is stopped and let go on between ``hold`` and ``settle`` was never stopped.
    """

    _held = False
    _stopped = False

    def hold(self) -> None:
        """Put off what is told to stop."""
        self._held = True

    def settle(self) -> None:
        """Stop now, where that is still wanted."""
        self._held = False
        if self._stopped:
            self._stopped = False
            super().pauseProducing()

    def pauseProducing(self) -> None:  # noqa: N802
        """Read no more."""
        if self._held:
            self._stopped = True
        else:
            super().pauseProducing()

    def resumeProducing(self) -> None:  # noqa: N802
        """Read on."""
        self._stopped = False
        super().resumeProducing()


def send(transport: Any, data: bytes) -> None:
    """Write ``data``: at once what a plain socket takes when nothing waits before it, the rest by the reactor."""
    if (
        isinstance(transport, Client)
        and not (transport.TLS or transport.dataBuffer or transport._tempDataBuffer or transport.disconnecting)
        and transport.connected
    ):
        sent = transport.writeSomeData(data)
        # Of a connection that was lost it says so; the reactor will find the same, and tell who has to know.
        data = data[sent:] if isinstance(sent, int) else data
    if data:
        transport.write(data)
