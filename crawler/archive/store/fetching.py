"""Fetching files of a collection from its store, each checked against the SHA-256 it was pushed with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from crawler.archive.layout import DATAPACKAGE, WARCS, make_folder, sync_folder
from crawler.archive.store.contents import JOURNALS
from crawler.archive.store.faults import Altered
from crawler.archive.store.manifest import Manifest, Stored
from crawler.archive.store.objects import Objects, Progress


def fetch(
    folder: Path,
    objects: Objects,
    manifest: Manifest,
    wanted: Callable[[str], bool],
    held: Mapping[str, Stored],
    *,
    trusting: bool,
    progress: Progress | None,
) -> tuple[int, int]:
    """Bring into ``folder`` the ``wanted`` files of a manifest that are not there; how many came, and their bytes.

    ``held`` are the files that came before. With ``trusting``, each is what it was then, as where nobody else writes;
    else it is read.
    Raises ``StoreError``, ``OSError``.
    """
    make_folder(folder / WARCS)
    count = size = 0
    # The datapackage makes the folder a collection, so it comes last.
    for path, stored in sorted(manifest.files.items(), key=lambda item: item[0] == DATAPACKAGE):
        if not wanted(path):
            continue
        file = folder / path
        known = held.get(path) if trusting else None
        if file.exists() and file.stat().st_size == stored.size and _is_it(file, stored, known):
            continue
        make_folder(file.parent)
        _fetch(objects, stored, file, progress)
        count, size = count + 1, size + stored.size
    for path in held.keys() - manifest.files.keys():
        if not path.startswith(f"{WARCS}/"):
            (folder / path).unlink(missing_ok=True)
    return count, size


def _is_it(file: Path, stored: Stored, known: Stored | None) -> bool:
    """Whether a file is the one that is stored: as noted when it came, else by its digest."""
    if known is not None:
        return known.digest == stored.digest
    state = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            state.update(piece)
    return state.hexdigest() == stored.digest


def _fetch(objects: Objects, stored: Stored, file: Path, progress: Progress | None) -> None:
    fresh = file.with_name(file.name + ".new")
    for last in (False, True):
        try:
            digest = _write(objects, stored, fresh, progress)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        if digest == stored.digest:
            break
        if last:
            fresh.unlink()
            where = objects.where(stored.key)
            raise Altered(f"{where} is not what was pushed: its SHA-256 is {digest}", where)
    for journal in JOURNALS:  # of the file that was there: SQLite would read this one with it
        file.with_name(file.name + journal).unlink(missing_ok=True)
    fresh.replace(file)
    sync_folder(file.parent)


def _write(objects: Objects, stored: Stored, file: Path, progress: Progress | None) -> str:
    """Write an object down; its SHA-256."""
    state = sha256()
    with file.open("wb") as out:
        for piece in objects.pieces(stored.key, stored.size):
            state.update(piece)
            out.write(piece)
            if progress:
                progress(len(piece))
        out.flush()
        os.fsync(out.fileno())
    return state.hexdigest()
