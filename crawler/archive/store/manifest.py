"""``store.json``: what a store holds of a collection, file by file with size and digest.

It is written last, so that whoever reads it finds everything it names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from crawler.archive.errors import ReadError
from crawler.archive.layout import WARCS
from crawler.archive.store.faults import NoObject
from crawler.archive.store.objects import Objects

FILE = "store.json"
LAYOUT = 1
"""Number of the form; a store of a later one is not read."""
_PATH = re.compile(r"(?!.*(^|/)\.\.?(/|$))[^/\\\x00-\x1f\ud800-\udfff][^\\\x00-\x1f\ud800-\udfff]*")


def is_storable(path: str) -> bool:
    """Whether a file of this path in a collection, or of this key, may stand in a manifest."""
    return _PATH.fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that the store holds; ``digest`` is its SHA-256, hexadecimal, ``key`` what it is called there."""

    key: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the store holds of one collection."""

    collection: str
    """An id that the collection keeps wherever it is copied to."""
    generation: int = 0
    """How often it was brought up to date; 0 where the store has nothing yet."""
    token: str = ""
    """Tells this writing of it from every other."""
    files: Mapping[str, Stored] = field(default_factory=dict)
    """By path in the collection."""
    outdated: tuple[str, ...] = ()
    """Keys that an older manifest named; deleted once a newer one is there, since somebody may be reading them."""

    @classmethod
    def fresh(cls) -> Manifest:
        """That of a collection which no store holds."""
        return cls(uuid4().hex)

    def warcs(self) -> dict[str, Stored]:
        """The WARCs, by file name."""
        folder = f"{WARCS}/"
        return {path.removeprefix(folder): stored for path, stored in self.files.items() if path.startswith(folder)}

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "wirecopy": {"store": LAYOUT},
            "collection": self.collection,
            "generation": self.generation,
            "token": self.token,
            "files": {path: as_json(stored) for path, stored in sorted(self.files.items())},
            "outdated": list(self.outdated),
        }

    def to_bytes(self) -> bytes:
        """As it is written to the store."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def from_dict(cls, values: Any, where: str) -> Manifest:
        """The manifest that ``values`` are. Raises ``ReadError`` for anything else."""
        try:
            layout = values["wirecopy"]["store"]
            if layout > LAYOUT:
                raise ReadError(f"{where} was written by a newer wirecopy: upgrade wirecopy", where)
            files = {path: stored_in(entry) for path, entry in values["files"].items()}
            outdated = tuple(map(str, values["outdated"]))
            if not all(map(is_storable, (*files, *(stored.key for stored in files.values()), *outdated))):
                raise ReadError(f"{where} names files outside the collection; it is not read", where)
            return cls(str(values["collection"]), int(values["generation"]), str(values["token"]), files, outdated)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReadError(
                f"{where} is no manifest of a collection ({type(error).__name__}: {error})", where
            ) from None

    @classmethod
    def from_bytes(cls, data: bytes, where: str) -> Manifest:
        """The manifest in a file. Raises ``ReadError`` for anything else."""
        try:
            return cls.from_dict(json.loads(data), where)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{where} is no JSON: {error}", where) from None


def as_json(stored: Stored) -> dict[str, Any]:
    """A file as a manifest names it."""
    return {"key": stored.key, "bytes": stored.size, "sha256": stored.digest}


def stored_in(entry: Any) -> Stored:
    """The file that is named so. Raises ``KeyError``, ``TypeError``, ``ValueError``."""
    return Stored(str(entry["key"]), int(entry["bytes"]), str(entry["sha256"]))


def read_manifest(objects: Objects) -> Manifest | None:
    """The manifest that a store holds; None where there is none. Raises ``ReadError``, ``StoreError``."""
    try:
        data = objects.read(FILE)
    except NoObject:
        objects.see(FILE)  # where the bucket itself is missing, this says so
        return None
    return Manifest.from_bytes(data, objects.where(FILE))
