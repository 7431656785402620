"""Where an object store is: an address such as ``s3://bucket/prefix``, and how the store is reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.DOTALL)
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Access:
    """What is not secret of how a store is reached. Keys come from the environment alone, as AWS's own tools have it.

    Where a thing is not said, ``AWS_ENDPOINT_URL_S3``, ``AWS_ENDPOINT_URL`` and ``AWS_REGION`` say it.
    """

    endpoint: str | None = None
    """The store's web address, for stores other than Amazon's."""
    region: str | None = None
    read_back: bool = False
    """Read every upload back, though the store tells checksums of its own."""


FROM_ENVIRONMENT = Access()


def is_address(place: object) -> bool:
    """True for the address of a store, as ``s3://bucket/prefix``; false for a path and for a web address."""
    found = _ADDRESS.match(place) if isinstance(place, str) else None
    return bool(found) and found[1] not in _WEB  # type: ignore[index]


def plain(address: str) -> str:
    """An address in its one spelling. Raises ``ValueError`` for what is none, or leads elsewhere."""
    found = _ADDRESS.match(address)
    if not found or found[1] in _WEB:
        raise ValueError(f"{address!r} is no address of a store; write s3://BUCKET/PREFIX")
    scheme, place = found.groups()
    place = place.rstrip("/")
    if not place.strip("/") or (scheme in ("s3", "s3a") and place.startswith("/")):
        raise ValueError(f"{address!r} names no bucket; write s3://BUCKET/PREFIX")
    if "@" in place.partition("/")[0]:
        raise ValueError("an address with a key in it has no place here; AWS_ACCESS_KEY_ID and its like hold keys")
    if any(part in (".", "..") for part in place.split("/")) or re.search(r"[\x00-\x1f?#]|::", place):
        raise ValueError(f"{address!r} holds what no key should; use letters, digits, hyphens and slashes")
    return f"{scheme}://{place}"


def below(address: str, name: str) -> str:
    """The address of ``name`` under ``address``."""
    return f"{address.rstrip('/')}/{name}"


def name_of(address: str) -> str:
    """The last part of an address: the name of a collection, or of a file."""
    return address.rstrip("/").rpartition("/")[2]


def short_digest(address: str, access: Access) -> str:
    """Sixteen hexadecimal digits that tell one store's address from another's."""
    return sha256(f"{access.endpoint or ''}\n{address}".encode()).hexdigest()[:16]
