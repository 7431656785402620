"""Collections in S3-compatible stores and on whatever else fsspec reaches: pushed, pulled, and read in place."""

from __future__ import annotations

from crawler.archive.store.address import Access, is_address
from crawler.archive.store.farewell import give_up
from crawler.archive.store.faults import Altered, Conflict, NoObject, NoStore, StoreError
from crawler.archive.store.mirror import Pulled, collections_at, mirror, mirror_all, pull, restore
from crawler.archive.store.push import Pushed, push, push_warcs, remove_pushed, waiting

__all__ = [
    "Access",
    "Altered",
    "Conflict",
    "NoObject",
    "NoStore",
    "Pulled",
    "Pushed",
    "StoreError",
    "collections_at",
    "give_up",
    "is_address",
    "mirror",
    "mirror_all",
    "pull",
    "push",
    "push_warcs",
    "remove_pushed",
    "restore",
    "waiting",
]
