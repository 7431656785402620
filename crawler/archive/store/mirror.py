"""A collection of a store on this machine: all but its WARCs, which are read where they are, or all of it.

The one shape serves reading (kept in the cache folder and brought up to date when it is opened), a spool folder that
was lost, and ``wirecopy pull``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive.errors import CollectionError, ReadError, explain
from crawler.archive.layout import DATAPACKAGE, WARCS, make_folder, open_files
from crawler.archive.lock import Lock
from crawler.archive.store.address import FROM_ENVIRONMENT, Access, name_of, plain, short_digest
from crawler.archive.store.faults import NoObject, StoreError
from crawler.archive.store.fetching import fetch
from crawler.archive.store.lock import alone
from crawler.archive.store.manifest import FILE, Manifest, read_manifest
from crawler.archive.store.note import note_for, read_note
from crawler.archive.store.objects import Objects, Progress, open_objects
from crawler.archive.store.push import waiting

_TRIES = 4
"""Times that fetching begins again, by a new manifest, where a file is gone that the manifest named."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought."""

    folder: Path
    fetched: int
    """Files that came."""
    size: int
    """Bytes of them."""
    held: int
    """Files the collection has."""


def mirror(address: str, access: Access = FROM_ENVIRONMENT) -> Path:
    """A folder with what reading needs of the collection at ``address``, as the store has it now: all but its WARCs.

    One request where nothing has changed. Collections of one place are mirrored side by side. Raises ``ReadError``
    where there is no collection, ``StoreError``.
    """
    address = _plain(address)
    folder = _shelf(address.rpartition("/")[0], access) / name_of(address)
    try:
        with alone(folder, patient=True):
            _bring(folder, open_objects(address, access), address, access, _to_read)
    except OSError as error:
        raise explain(error, "keep a copy of what is needed in", folder) from error
    return folder


def pull(address: str, folder: Path, access: Access = FROM_ENVIRONMENT, *, progress: Progress | None = None) -> Pulled:
    """Fetch all of the collection at ``address`` into ``folder``, or what is missing or older there.

    Every file is checked against the SHA-256 it was pushed with. Raises ``ReadError`` where there is no collection,
    ``CollectionError`` where the folder holds something else, ``CollectionLocked`` while a crawl writes it,
    ``StoreError``, ``ArchiveError``.
    """
    address = _plain(address)
    objects = open_objects(address, access)
    there = _there(objects)
    try:
        _refuse_foreign(folder, address)
        with alone(folder, patient=True), Lock(folder):
            _refuse_foreign(folder, address)  # a crawl may have ended meanwhile
            _refuse_half_pushed(folder, address, there)
            return _bring(folder, objects, address, access, _all, progress)
    except OSError as error:
        raise explain(error, "pull into", folder) from error


def restore(folder: Path, address: str, access: Access = FROM_ENVIRONMENT) -> bool:
    """Make the spool folder of a collection again where this machine has none and ``address`` has: all but its WARCs.

    False where there is nothing to restore. Raises ``StoreError``, ``ReadError``.
    """
    if (folder / DATAPACKAGE).exists():
        return False
    objects = open_objects(address, access)
    if read_manifest(objects) is None:
        return False
    try:
        with alone(folder, patient=True):
            _bring(folder, objects, address, access, _to_write)
    except OSError as error:
        raise explain(error, "restore", folder) from error
    return True


def collections_at(address: str, access: Access = FROM_ENVIRONMENT) -> list[str]:
    """The addresses of the collections below ``address``: that very one, or those that a listing shows.

    A listing may lag behind; what it shows is asked for. Raises ``StoreError``.
    """
    address = _plain(address)
    objects = open_objects(address, access)
    if read_manifest(objects) is not None:
        return [address]
    return [f"{address}/{name}" for name in objects.folders() if objects.see(f"{name}/{FILE}") is not None]


def mirror_all(address: str, access: Access = FROM_ENVIRONMENT) -> Path:
    """A folder with the mirrors of all collections below ``address``, or that of the one that is there.

    Raises ``ReadError`` where there is none, ``StoreError``.
    """
    address = _plain(address)
    found = collections_at(address, access)
    if not found:
        raise ReadError(f"{address} holds no collection; `wirecopy push` puts one there", address)
    if found == [address]:
        return mirror(address, access)
    shelf = _shelf(address, access)
    for kept in sorted(shelf.iterdir()) if shelf.is_dir() else ():
        once = f"{address}/{kept.name}"
        if once in found:
            continue
        if read_manifest(open_objects(once, access)) is None:
            with suppress(FileNotFoundError):  # another process deletes it, too
                shutil.rmtree(kept)
        else:
            found.append(once)
    for each in found:
        mirror(each, access)
    return shelf


def cache() -> Path:
    """Where mirrors are kept; may be deleted at any time."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "wirecopy" / "store"


def _shelf(address: str, access: Access) -> Path:
    """The folder of the mirrors of collections below ``address``."""
    return cache() / short_digest(address, access)


def _all(_: str) -> bool:
    """Every file."""
    return True


def _to_write(path: str) -> bool:
    """What is needed of a collection to go on with it."""
    return not path.startswith(f"{WARCS}/")


def _to_read(path: str) -> bool:
    """What is needed of a collection to read it: neither WARCs nor what only the making of tables uses."""
    return _to_write(path) and not path.endswith((".duckdb", "pictures.sqlite", "parts.sqlite"))


def _bring(
    folder: Path,
    objects: Objects,
    address: str,
    access: Access,
    wanted: Callable[[str], bool],
    progress: Progress | None = None,
) -> Pulled:
    """Fetch what ``folder`` lacks, going by the manifest; where it changes meanwhile, by the new one."""
    for last in (*[False] * _TRIES, True):
        manifest = _there(objects)
        make_folder(folder)
        note = note_for(folder, address, access)
        fresh = replace(note, manifest=manifest, begun={}, writing=None, replaced=())
        if (known := read_note(folder, address)) is None:
            known = fresh.write(folder)  # so that what is cut off is known for what it is
        try:
            count, size = fetch(
                folder, objects, manifest, wanted, known.manifest.files,
                trusting=wanted is _to_read, progress=progress,
            )  # fmt: skip
        except NoObject:
            if last:
                raise
            continue
        if known != fresh:
            fresh.write(folder)
        return Pulled(folder, count, size, len(manifest.files))
    raise AssertionError


def _there(objects: Objects) -> Manifest:
    manifest = read_manifest(objects)
    if manifest is None:
        raise ReadError(f"{objects.address} holds no collection; `wirecopy push` puts one there", objects.address)
    return manifest


def _refuse_foreign(folder: Path, address: str) -> None:
    if not folder.exists() or not any(not entry.name.startswith(".") for entry in folder.iterdir()):
        return
    if read_note(folder, address) is None:
        raise CollectionError(f"{folder} is not empty, and no copy of {address}: choose another folder", folder)
    if left := [*open_files(folder), *waiting(folder, address)]:
        raise CollectionError(f"{folder} holds captures that were never pushed ({left[0].name}): push it first", folder)


def _refuse_half_pushed(folder: Path, address: str, there: Manifest) -> None:
    """Keep what is newer here than in the store, and partly there, from being taken for what is outdated."""
    note = read_note(folder, address)
    if note and note.manifest.token == there.token and note.manifest.files != there.files:
        raise CollectionError(f"{folder} holds more than its last whole push has sent: push it first", folder)


def _plain(address: str) -> str:
    try:
        return plain(address)
    except ValueError as error:
        raise StoreError(str(error), address) from None
