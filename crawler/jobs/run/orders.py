"""Under which conditions a run has crawls made, and whom they ask for copies, as its watchlist has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from crawler.jobs.conditions import Conditions
from crawler.jobs.watchlist import Watchlist
from crawler.spiders.providers import Provider, ProviderError, provider_named

RESUME_WITHIN = timedelta(minutes=30)
"""A capture that was cut off goes on for so long at most; the next visit sees the pages as they are then."""

PATIENCE = 20.0
"""Seconds; whoever asks for more is asked by a later run, rather than have all others wait in this one."""


def conditions_of(watchlist: Watchlist, folder: Path, contact: str | None) -> Conditions:
    """The conditions of a crawl into the collection at ``folder``."""
    politeness, revisit = watchlist.politeness, watchlist.revisit
    return Conditions(
        collection=folder,
        proxy=watchlist.proxy,
        ca_file=watchlist.ca_file,
        allow_addresses=watchlist.allow_addresses,
        contact=contact,
        delay=politeness.delay,
        host_delays={host: own.delay for host, own in politeness.hosts.items() if own.delay is not None},
        timeout=politeness.timeout,
        retries=politeness.retries,
        patience=PATIENCE,
        max_body=watchlist.limits.body,
        mask_logins=watchlist.mask_logins,
        resume_within=min(RESUME_WITHIN, revisit.shortest, revisit.counts or RESUME_WITHIN),
    )


def providers_of(watchlist: Watchlist, note: Callable[[str], None]) -> Iterator[Provider]:
    """The look-ups of the watchlist that can be asked; a missing key is noted and stops nothing."""
    for words in watchlist.capture.providers:
        try:
            yield provider_named(words)
        except ProviderError as error:
            note(f"{error}; it is not asked")
