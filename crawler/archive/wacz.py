"""A collection as one WACZ file: its files stored in a zip, read once, never held in memory (WACZ 1.1.1).

The same collection always gives the same bytes: names in one order, one time stamp, no attributes of the file system.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.datapackage import listed_warcs, package_files, resource
from crawler.archive.digest import digest, pieces_of
from crawler.archive.errors import ArchiveError, CollectionError, explain
from crawler.archive.layout import (
    DATAPACKAGE,
    INDEX,
    LEDGER,
    PAGES,
    WARCS,
    check_layout,
    open_files,
    sync_folder,
)
from crawler.archive.ledger import Ledger
from crawler.archive.lock import Lock
from crawler.archive.store.sources import refuse_absent

DIGEST = "datapackage-digest.json"
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can give: files packed twice are the same bytes."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A WACZ that was written."""

    file: Path
    size: int
    files: int
    digest: str
    """Of its datapackage.json, which holds the digests of all other files."""


def pack(collection: Path | str, out: Path | str, *, progress: Callable[[int], None] | None = None) -> Packed:
    """Write the WACZ ``out``, replacing it as a whole; nothing is written into the collection.

    ``progress`` is told the number of bytes of each piece that was stored.

    Raises ``CollectionLocked`` while a crawl is writing the collection, ``CollectionError`` for what a killed crawl
    left, ``ArchiveError`` where a file was altered after its crawl ended, or where ``out`` cannot be written.
    """
    path, out = Path(collection), Path(out)
    package = check_layout(path)
    with Lock(path, writing=False):
        if left := open_files(path):
            raise CollectionError(
                f"{path} holds {left[0].name}, left by a crawl that was killed: "
                "capture into it again, which recovers the file, then pack",
                path,
            )
        with closing(Ledger(path / LEDGER, writing=False)) if (path / LEDGER).exists() else nullcontext() as ledger:
            borrowed = next(ledger.borrowing(), None) if ledger else None
        if borrowed:
            raise CollectionError(
                f"{path}: the payload of {borrowed.url} is in another collection; `wirecopy pack` copies it into this "
                "one first, in Python bring_home()",
                path,
            )
        refuse_absent(path, "pack")
        if gone := next((name for name in listed_warcs(package) if not (path / name).exists()), None):
            raise CollectionError(
                f"{path} has no {gone}, though datapackage.json lists it: put it back, or do without it by "
                f"`wirecopy index {path}`; then pack",
                path,
            )
        for needed in (INDEX, PAGES):
            if not (path / needed).exists():
                raise CollectionError(f"{path} has no {needed}: run `wirecopy index {path}`, then pack", path)
        if out.exists() and not out.is_file():
            raise ArchiveError(f"cannot write {out}: it is no regular file, and a WACZ would take its place", out)
        fresh = out.with_name(out.name + ".new")
        try:
            with fresh.open("wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as wacz:
                    packed = _fill(wacz, path, package, progress or _nobody)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(out)
            sync_folder(out.absolute().parent)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise explain(error, "write", out) from error
    return Packed(out, out.stat().st_size, *packed)


def _fill(
    wacz: zipfile.ZipFile, path: Path, package: dict[str, object], progress: Callable[[int], None]
) -> tuple[int, str]:
    entries = package.get("resources")
    known = {entry["path"]: entry["hash"] for entry in entries} if isinstance(entries, list) else {}
    resources = []
    for file in package_files(path):
        name = file.relative_to(path).as_posix()
        entry = resource(name, *_store(wacz, file, name, progress))
        if name.startswith(WARCS) and known.get(name, entry["hash"]) != entry["hash"]:
            raise ArchiveError(
                f"{file} was altered after its crawl ended: its digest is {entry['hash']}, "
                f"datapackage.json says {known[name]}; `wirecopy index {path}` names what is damaged",
                file,
            )
        resources.append(entry)
    described = json.dumps({**package, "resources": resources}, indent=1, ensure_ascii=False).encode() + b"\n"
    of_package = digest(described)
    wacz.writestr(_entry(DATAPACKAGE), described)
    wacz.writestr(_entry(DIGEST), json.dumps({"path": DATAPACKAGE, "hash": of_package}, indent=1) + "\n")
    return len(resources) + 2, of_package


def _store(wacz: zipfile.ZipFile, file: Path, name: str, progress: Callable[[int], None]) -> tuple[str, int]:
    state = hashlib.sha256()
    size = 0
    entry = _entry(name)
    entry.file_size = file.stat().st_size
    with file.open("rb") as source, wacz.open(entry, "w") as stored:
        for piece in pieces_of(source):
            state.update(piece)
            size += len(piece)
            stored.write(piece)
            progress(len(piece))
    return "sha256:" + state.hexdigest(), size


def _nobody(_: object) -> None:
    """Told something, does nothing."""


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
