"""The WARCs of a collection wherever they are: on this machine, or only in a store it was pushed to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from crawler.archive.errors import CollectionError
from crawler.archive.layout import warc_files
from crawler.archive.ranges import BlockCache, Blocks, RangeFile
from crawler.archive.source import FileSource, Source
from crawler.archive.store.address import FROM_ENVIRONMENT, Access, below
from crawler.archive.store.faults import Altered, NoObject
from crawler.archive.store.manifest import Stored
from crawler.archive.store.note import read_notes
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


class KeptSource(FileSource):
    """A WARC of a collection on this machine; from the moment when a run removes it here, that of the store."""

    __slots__ = ()

    def open(self) -> BinaryIO:
        """The bytes of the WARC. Raises ``OSError``, or ``StoreError`` when they are read."""
        try:
            return super().open()
        except FileNotFoundError:
            for source in absent(self.path.parent.parent):
                if source.name == self.name:
                    return source.open()
            raise


def warc_sources(collection: Path) -> list[Source]:
    """The finished WARCs of a collection in the order they were written, those in its stores included."""
    sources: dict[str, Source] = {file.name: KeptSource(file, file.name) for file in warc_files(collection)}
    sources.update({source.name: source for source in absent(collection)})
    return [sources[name] for name in sorted(sources)]


def absent(collection: Path) -> list[StoredSource]:
    """The WARCs of a collection that only its stores have; of one that several have, the first of them has it."""
    here = {file.name for file in warc_files(collection)}
    found: dict[str, StoredSource] = {}
    for note in read_notes(collection):
        opening, held = cache(partial(open_objects, note.address, note.access)), BlockCache()
        for name, stored in note.manifest.warcs().items():
            if name not in here and name not in found:
                ranges = StoredRanges(note.address, opening, stored.key, stored.size)
                found[name] = StoredSource(name, stored, Blocks(ranges, held))
    return [found[name] for name in sorted(found)]


def stored_names(collection: Path) -> frozenset[str]:
    """The names of the WARCs that its stores have of a collection, whether they are on this machine or not."""
    return frozenset(name for note in read_notes(collection) for name in note.manifest.warcs())


def refuse_absent(collection: Path, doing: str, known: Iterable[str] = ()) -> None:
    """Raise ``CollectionError`` where ``doing`` needs WARCs that only a store has and that are not ``known`` there."""
    here = {file.name for file in warc_files(collection)}.union(known)
    for note in read_notes(collection):
        if away := note.manifest.warcs().keys() - here:
            raise CollectionError(
                f"{collection}: {len(away)} of its WARCs are only in {note.address}; to {doing} it, fetch them first: "
                f"`wirecopy pull {note.address} FOLDER`",
                collection,
            )


def open_object(address: str, access: Access = FROM_ENVIRONMENT) -> Blocks:
    """One file of a store, by its address."""
    folder, _, name = address.rpartition("/")
    return Blocks(StoredRanges(folder, cache(partial(open_objects, folder, access)), name, None), BlockCache())
