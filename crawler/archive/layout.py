"""The folder of a collection: the names in it, and its layout version."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.archive.errors import CollectionError, explain, explain_reading
from crawler.archive.lock import LOCK, Lock

LAYOUT = 1
"""Version of the layout this module describes; raised with every change that an older reader would get wrong."""
WARCS = "archive"
INDEX = "indexes/index.cdxj"
PAGES = "pages/pages.jsonl"
DATAPACKAGE = "datapackage.json"
LEDGER = "ledger.sqlite"
TABLES = "tables"
OPEN = ".open"
"""Suffix of a WARC that is being written."""
WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst")
"""Ends of the names of WARC files, whoever wrote them; those of a collection are never of the last kind."""
_OURS = frozenset({LOCK, WARCS, "indexes", "pages", DATAPACKAGE + ".new"})
"""What a process that was killed while it made a collection may have left."""


def create_collection(path: Path) -> None:
    """Make ``path`` a collection without captures; nothing happens where it is one already.

    Raises ``CollectionError`` for a folder that holds other things, ``ArchiveError`` where it cannot be written.
    """
    try:
        if (path / DATAPACKAGE).exists():
            check_layout(path)
            return
        _refuse_foreign(path)
        prepare(path)
    except OSError as error:
        raise explain(error, "create the collection", path) from error


def lock_collection(path: Path) -> Lock:
    """Make ``path`` a collection, as :func:`create_collection`, and take the right to write it.

    Raises ``CollectionLocked`` where another process has it, and what :func:`create_collection` raises.
    """
    try:
        if not (path / DATAPACKAGE).exists():
            _refuse_foreign(path)
            make_folder(path)
        lock = Lock(path)
    except OSError as error:
        doing = "write" if (path / DATAPACKAGE).exists() else "create"
        raise explain(error, f"{doing} the collection", path) from error
    try:
        create_collection(path)
    except BaseException:
        lock.close()
        raise
    return lock


def _refuse_foreign(path: Path) -> None:
    if path.exists() and (not path.is_dir() or any(entry.name not in _OURS for entry in path.iterdir())):
        raise CollectionError(
            f"{path} is no collection and not empty: name another folder"
            if path.is_dir()
            else f"{path} is a file, not a collection: name a folder",
            path,
        )


def prepare(path: Path) -> None:
    """Make the folders of a collection and a datapackage of this layout, in the place of an older or broken one.

    The digests an older one holds stay: they are what tells whether a file was altered since.
    Raises ``OSError``, and ``CollectionError`` where the layout is a newer one.
    """
    for folder in (WARCS, str(Path(INDEX).parent), str(Path(PAGES).parent)):
        make_folder(path / folder)
    try:
        package = json.loads((path / DATAPACKAGE).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        package = {}
    if not isinstance(package, dict):
        package = {}
    _refuse(path, newer=_layout(package))
    known = package.get("resources")
    ours = {"profile": "data-package", "wirecopy": {"layout": LAYOUT}}
    write_json(path / DATAPACKAGE, {**package, "resources": known if isinstance(known, list) else [], **ours})


def check_layout(path: Path) -> dict[str, Any]:
    """The datapackage of a collection of this version's layout.

    Raises ``CollectionError`` where ``path`` is no collection, or one of another layout.
    """
    file = path / DATAPACKAGE
    try:
        package = json.loads(file.read_bytes())
    except FileNotFoundError:
        state = "is no collection: it has no datapackage.json" if path.is_dir() else "does not exist"
        raise CollectionError(f"{path} {state}; check the path, or make one with `wirecopy capture -c`", path) from None
    except NotADirectoryError:
        raise CollectionError(f"{path} is a file, not a collection", path) from None
    except OSError as error:
        raise explain_reading(error, file) from error
    except (ValueError, RecursionError) as error:
        raise CollectionError(f"{file} is no JSON ({error}); rebuild it with `wirecopy index {path}`", path) from error
    layout = _layout(package)
    if layout is None:
        raise CollectionError(
            f"{path} was not made by wirecopy: read it as an archive, or copy it with `wirecopy capture --from {path}`",
            path,
        )
    _refuse(path, newer=layout)
    if layout < LAYOUT:
        raise CollectionError(
            f"{path} has layout {layout}, older than the {LAYOUT} written today: its WARCs are in {path / WARCS}; "
            f"rebuild the rest with `wirecopy index {path}`",
            path,
        )
    assert isinstance(package, dict)
    return package


def _layout(package: object) -> int | None:
    ours = package.get("wirecopy") if isinstance(package, dict) else None
    layout = ours.get("layout") if isinstance(ours, dict) else None
    return layout if isinstance(layout, int) else None


def refuse_newer(path: Path) -> None:
    """Raise ``CollectionError`` where ``path`` is a collection of a newer layout, of which even rows may mean else.

    For readers of a part that lies in folders of other kinds too.
    """
    _refuse(path, newer=_layout(_package(path)))


def _refuse(path: Path, *, newer: int | None) -> None:
    if newer is not None and newer > LAYOUT:
        raise CollectionError(
            f"{path} has layout {newer}, newer than the {LAYOUT} this wirecopy knows: upgrade wirecopy", path
        )


def is_collection(path: Path) -> bool:
    """Whether wirecopy made ``path``, in whatever layout."""
    package = _package(path)
    return isinstance(package, dict) and isinstance(package.get("wirecopy"), dict)


def _package(path: Path) -> object:
    """The datapackage in ``path``, None where there is none that can be read."""
    try:
        return json.loads((path / DATAPACKAGE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def warc_files(path: Path) -> list[Path]:
    """The finished WARCs of a collection in the order they were written."""
    return [file for file in files_in(path / WARCS) if file.name.endswith((".warc", ".warc.gz"))]


def open_files(path: Path) -> list[Path]:
    """The WARCs that are being written, or were when a crawl was killed."""
    return [file for file in files_in(path / WARCS) if file.name.endswith(OPEN)]


def files_in(folder: Path) -> list[Path]:
    """What lies in a folder, sorted; nothing where there is none. Raises ``OSError`` for one that is shut."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def files_below(folder: Path, shut: Callable[[OSError], None] | None = None) -> list[Path]:
    """The files in a folder and the folders below it, sorted. ``shut`` is told of each that may not be looked into.

    Raises ``OSError`` where nobody is told. What is gone meanwhile is no error.
    """

    def refused(error: OSError) -> None:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return
        if shut is None:
            raise error
        shut(error)

    found = (Path(within, name) for within, _, names in os.walk(folder, onerror=refused) for name in names)
    return sorted(file for file in found if file.is_file())


def write_json(file: Path, value: object) -> None:
    """Replace ``file`` as a whole or not at all."""
    replace(file, json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n")


def replace(file: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``file``: a reader sees the old file or the new one, after a crash too."""
    fresh = file.with_name(file.name + ".new")
    with fresh.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and what it lies in, to last through a power cut. Raises ``OSError``."""
    missing = [folder, *folder.parents]
    missing = missing[: next((number for number, each in enumerate(missing) if each.is_dir()), len(missing))]
    folder.mkdir(parents=True, exist_ok=True)
    for made in reversed(missing):
        sync_folder(made.parent)


def sync_folder(folder: Path) -> None:
    """Make names created or changed in ``folder`` last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
