"""Collections in S3-compatible stores and on whatever else fsspec reaches: pushed, pulled, and read in place.

``push`` puts a collection's WARCs and ``contents`` there by a ``shipment``, ``mirror`` gets it back by ``fetching``,
one at a time (``lock``), and ``farewell`` gives a store up; ``manifest`` is what the store says it holds, ``note``
what is known of that beside the collection, and ``agreement`` holds one against the other. ``objects`` are the files
below an ``address`` (``s3`` where checksums and parts are the store's own: ``s3_parts``, ``stored``, ``patience``).
``sources`` reads WARCs where they are, ``staging`` (``s3_staging``) writes files that do not count yet. ``faults`` are
what can go wrong.
"""

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
