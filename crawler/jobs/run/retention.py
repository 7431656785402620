"""The folders of a collection that begins anew each month or year, and when one of them has been kept long enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.layout import is_collection
from crawler.jobs.watchlist import Watchlist

_SUFFIXES = {"monthly": "%Y-%m", "yearly": "%Y"}
SITE = "--"
"""Between the name of such a folder and the site that it is of, where each site has a collection of its own."""


def folder_name(collection: str, watchlist: Watchlist, now: datetime) -> str:
    """The name of the folder that a collection is written to at a time."""
    rotate = {entry.name: entry.rotate for entry in watchlist.collection}.get(collection, "never")
    return f"{collection}-{now:{_SUFFIXES[rotate]}}" if rotate in _SUFFIXES else collection


def outlived(watchlist: Watchlist, now: datetime) -> Iterator[Path]:
    """The folders whose month or year ended longer ago than their collection's ``keep``.

    Only folders that are collections and bear the name of one that begins anew: nothing else is ever deleted.
    """
    for entry in watchlist.collection:
        if entry.keep is None or entry.rotate == "never":
            continue
        pattern = r"-(20\d\d)-(0[1-9]|1[0-2])" if entry.rotate == "monthly" else r"-(20\d\d)"
        pattern += rf"(?:{SITE}.+)?"
        for folder in sorted(watchlist.archives.glob(f"{entry.name}-*")):
            found = re.fullmatch(re.escape(entry.name) + pattern, folder.name)
            if found and _end(*map(int, found.groups())) + entry.keep < now and is_collection(folder):
                yield folder


def _end(year: int, month: int = 12) -> datetime:
    """When a month, or a year, is over."""
    return (
        datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        if 1 <= month <= 12
        else datetime.max.replace(tzinfo=UTC)
    )
