"""The watchlist: one TOML file that says what to watch, how often, how politely, and whom to tell."""

from __future__ import annotations

from crawler.jobs.watchlist.entries import (
    Alarms,
    CollectionEntry,
    Email,
    Filter,
    HostPoliteness,
    Limits,
    Politeness,
    Revisit,
    SourceEntry,
    Store,
    StoryEntry,
    Watchlist,
    What,
)
from crawler.jobs.watchlist.reading import WatchlistError, read_watchlist

__all__ = [
    "Alarms",
    "CollectionEntry",
    "Email",
    "Filter",
    "HostPoliteness",
    "Limits",
    "Politeness",
    "Revisit",
    "SourceEntry",
    "Store",
    "StoryEntry",
    "Watchlist",
    "WatchlistError",
    "What",
    "read_watchlist",
]
