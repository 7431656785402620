"""The addresses the desk is reached at: the pages, the archived web, and ReplayWeb.page, each an origin of its own.

Archived pages can therefore not read the desk, and scripts that ReplayWeb.page lets run can read neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Origins:
    """Scheme, host and port of each, as a browser writes an ``Origin``."""

    desk: str
    replay: str
    viewer: str
    """Empty where ReplayWeb.page is not offered."""
    aliases: tuple[str, ...] = ()
    """Other names for the desk's own host, with port: ``localhost:8000``."""

    @classmethod
    def on_loopback(cls, port: int, host: str = "127.0.0.1") -> Origins:
        """Three ports in a row on this machine."""
        named = f"[{host}]" if ":" in host else host
        desk, replay, viewer = (f"http://{named}:{number}" for number in (port, port + 1, port + 2))
        return cls(desk, replay, viewer, (f"localhost:{port}",))

    def site(self, host: str) -> str | None:
        """``desk``, ``replay`` or ``viewer`` for the Host of a request; None for a name that is none of ours.

        A page elsewhere whose name is made to point at this machine (DNS rebinding) is told apart by this.
        """
        host = host.lower()
        if host in self.aliases or host == _host(self.desk):
            return "desk"
        if host == _host(self.replay):
            return "replay"
        return "viewer" if self.viewer and host == _host(self.viewer) else None


def _host(origin: str) -> str:
    return urlsplit(origin).netloc.lower()
