"""How a crawl is to run: where it writes, what it may reach, how politely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one crawl; the defaults are those of ``wirecopy capture``.

    ``source`` is an archive to read instead of the network, a path or the address of a WACZ; ``collection`` is the
    folder to write, which may only be None when there is a ``source``.
    """

    collection: Path | None
    source: Path | str | None = None
    at: datetime | None = None
    """With ``source``: which capture of a page is meant, the nearest to this time; None the newest."""
    proxy: str | None = None
    ca_file: Path | None = None
    allow_addresses: tuple[str, ...] = ()
    contact: str | None = None
    delay: float = 0.25
    """Seconds between two requests to one host."""
    host_delays: Mapping[str, float] = field(default_factory=dict)
    """The same for hosts that have a pace of their own."""
    timeout: float = 60.0
    retries: int = 2
    """Further tries after a failure that may pass."""
    patience: float = 120.0
    """Seconds that a host may ask to be left alone for; where it asks for more, its answer stands."""
    max_body: int = 0
    """Bytes of a body that are kept; 0 keeps all."""
    obey_robots: bool = True
    resume_within: timedelta = timedelta(days=1)
    """How long after its beginning a capture that was cut off goes on; later it is begun afresh."""
    beside: bool = False
    """Refer to payloads that other collections of the same folder hold, rather than store them again."""
    mask_logins: bool = False
    """Keep the operator's logins out of the archive."""
    anew: bool = False
    """Ask for everything as if nothing had been captured: neither go on with a capture cut off nor ask "if changed"."""
    broker: str | None = None
    """Address of a broker where this crawl gets its turn at each host, among others who crawl at the same time."""
    lease: float = 10.0
    """Seconds after which the turn of a crawl that gives no sign of life is over."""

    def settings(self) -> dict[str, Any]:
        """The Scrapy settings that bring these conditions about."""
        settings: dict[str, Any] = {
            "WIRECOPY_COLLECTION": str(self.collection) if self.collection else None,
            "DOWNLOAD_DELAY": self.delay,
            "DOWNLOAD_TIMEOUT": self.timeout,
            "RETRY_TIMES": self.retries,
            "WIRECOPY_RETRY_AFTER_MAX": self.patience,
            "ROBOTSTXT_OBEY": self.obey_robots,
            "WIRECOPY_CONTACT": self.contact,
            "DOWNLOAD_SLOTS": {host: {"delay": delay} for host, delay in self.host_delays.items()},
        }
        if self.source:
            return settings | {
                "ADDONS": {"crawler.replay.addon.OfflineAddon": 100},
                "WIRECOPY_FROM": str(self.source),
                "WIRECOPY_AT": self.at,
                "DOWNLOAD_DELAY": 0,
            }
        if self.broker:
            settings |= {
                "DOWNLOADER_MIDDLEWARES": {"crawler.jobs.cluster.turns.Turns": 960},
                "SCHEDULER_PRIORITY_QUEUE": "crawler.jobs.cluster.turn_queue.TurnQueue",
                "WIRECOPY_TURNS": {
                    "broker": self.broker,
                    "delay": self.delay,
                    "hosts": dict(self.host_delays),
                    "lease": self.lease,
                },
                "DOWNLOAD_DELAY": 0,
                "DOWNLOAD_SLOTS": {},
            }
        return settings | {
            "WIRECOPY_PROXY": self.proxy,
            "WIRECOPY_CA_FILE": str(self.ca_file) if self.ca_file else None,
            "WIRECOPY_ALLOW_ADDRESSES": list(self.allow_addresses),
            "WIRECOPY_MAX_BODY": self.max_body,
            "WIRECOPY_ANEW": self.anew,
            "WIRECOPY_RESUME_WITHIN": self.resume_within.total_seconds(),
            "WIRECOPY_MASK_LOGINS": self.mask_logins,
            "WIRECOPY_DEDUPLICATE_BESIDE": self.beside,
            "WIRECOPY_REVALIDATE": not self.anew,
        }
