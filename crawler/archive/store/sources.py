"""The WARCs of a collection wherever they are: on this machine, or only in the store it was pushed to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from crawler.archive.errors import CollectionError
from crawler.archive.layout import warc_files
from crawler.archive.ranges import BlockCache, Blocks, RangeFile
from crawler.archive.reader import FileSource, Source
from crawler.archive.store.address import FROM_ENVIRONMENT, Access, below
from crawler.archive.store.faults import Altered, NoObject
from crawler.archive.store.manifest import Stored, read_note
from crawler.archive.store.objects import Objects, open_objects


class StoredRanges:
    """One object, by ranges."""

    def __init__(self, address: str, opening: Callable[[], Objects], key: str, size: int | None) -> None:
        self._opening = opening
        self._key = key
        self.name = below(address, key)
        self.size: int | None = size

    def fetch(self, start: int, size: int) -> bytes:
        """Bytes of the object. Raises ``StoreError``."""
        if self.size is None:
            seen = self._opening().see(self._key)
            if seen is None:
                raise NoObject(f"{self.name}: there is no such object", self.name)
            self.size = seen.size
            size = min(size, self.size - start)
        data = self._opening().read(self._key, start, size) if size > 0 else b""
        if len(data) != max(size, 0):
            raise Altered(f"{self.name}: not the {self.size:,} bytes that were put there", self.name)
        return data


class StoredSource:
    """A WARC in a store, read in place by ranges."""

    def __init__(self, name: str, stored: Stored, blocks: Blocks) -> None:
        self.name = name
        self.stored = stored
        self._blocks = blocks

    def open(self) -> BinaryIO:
        """The bytes of the WARC. Raises ``StoreError`` when they are read."""
        return BufferedReader(RangeFile(self._blocks))


def warc_sources(collection: Path) -> list[Source]:
    """The finished WARCs of a collection in the order they were written, those in its store included."""
    sources: dict[str, Source] = {file.name: FileSource(file, file.name) for file in warc_files(collection)}
    sources.update({source.name: source for source in absent(collection)})
    return [sources[name] for name in sorted(sources)]


def absent(collection: Path) -> list[StoredSource]:
    """The WARCs of a collection that only its store has."""
    note = read_note(collection)
    if note is None:
        return []
    here = {file.name for file in warc_files(collection)}
    away = {name: stored for name, stored in sorted(note.manifest.warcs().items()) if name not in here}
    if not away:
        return []
    opening, held = cache(partial(open_objects, note.address, note.access)), BlockCache()
    return [
        StoredSource(name, stored, Blocks(StoredRanges(note.address, opening, stored.key, stored.size), held))
        for name, stored in away.items()
    ]


def stored_names(collection: Path) -> frozenset[str]:
    """The names of the WARCs that its store has of a collection, whether they are on this machine or not."""
    note = read_note(collection)
    return frozenset(note.manifest.warcs()) if note else frozenset()


def refuse_absent(collection: Path, doing: str) -> None:
    """Raise ``CollectionError`` where ``doing`` needs WARCs that only the store has."""
    note = read_note(collection)
    if note and (away := note.manifest.warcs().keys() - {file.name for file in warc_files(collection)}):
        raise CollectionError(
            f"{collection}: {len(away)} of its WARCs are only in {note.address}; to {doing} it, fetch them first: "
            f"`wirecopy pull {note.address} FOLDER`",
            collection,
        )


def open_object(address: str, access: Access = FROM_ENVIRONMENT) -> Blocks:
    """One file of a store, by its address."""
    folder, _, name = address.rpartition("/")
    return Blocks(StoredRanges(folder, cache(partial(open_objects, folder, access)), name, None), BlockCache())
