"""The demo: the main job on the small web of :mod:`crawler.demo`, served on loopback and reached as if it were real."""

from __future__ import annotations

import resource
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler import demo
from crawler.jobs.capture import Watcher, capture
from crawler.jobs.conditions import Conditions
from crawler.jobs.report import Report
from crawler.replay.asked import Asked
from crawler.replay.authority import Authority
from crawler.replay.proxy import Answer, ProxyServer
from crawler.spiders.wanted import Wanted

WANTED = Wanted(urls=(demo.SEED,), copies={demo.SEED: demo.COPIES})
NEEDED = 3 << 29
"""Bytes of address space: it serves and crawls in one process, with a thread a connection and DuckDB's buffers."""


def capture_demo(collection: Path, *, watch: Watcher | None = None) -> Report:
    """Capture the demo's story into ``collection``; the errors are those of :func:`crawler.jobs.capture.capture`.

    Raises ``MemoryError`` where the process may not have the address space, before threads that do not start and
    libraries that do not load make it wait for itself.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < NEEDED:
        raise MemoryError(
            f"this process may have {allowed >> 20} MiB of address space, and the demo needs {NEEDED >> 20}"
        )
    authority = Authority.create()
    with TemporaryDirectory(prefix="wirecopy-demo-") as folder, ProxyServer(answer, authority=authority) as web:
        ca_file = Path(folder) / "authority.pem"
        ca_file.write_bytes(authority.pem)
        conditions = Conditions(
            collection=collection, proxy=web.url, ca_file=ca_file, contact="the demo talks to itself", delay=0.0
        )
        return capture(WANTED, conditions, watch=watch)


def answer(asked: Asked) -> Answer:
    """What the demo's web says to a request that reached the proxy."""
    reply = demo.answer(asked.method, asked.url, asked.headers)
    return Answer((reply.message,), delay=reply.delay)
