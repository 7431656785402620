"""The folder of a collection: the names in it, its layout version, and the lock that keeps a second writer out."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from crawler.archive.errors import CollectionError, CollectionLocked, explain, explain_reading

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
_LOCK = ".lock"
_OURS = frozenset({_LOCK, WARCS, "indexes", "pages", DATAPACKAGE + ".new"})
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
    _refuse_newer(path, _layout(package))
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
    _refuse_newer(path, layout)
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


def _refuse_newer(path: Path, layout: int | None) -> None:
    if layout is not None and layout > LAYOUT:
        raise CollectionError(
            f"{path} has layout {layout}, newer than the {LAYOUT} this wirecopy knows: upgrade wirecopy", path
        )


def is_collection(path: Path) -> bool:
    """Whether wirecopy made ``path``, in whatever layout."""
    try:
        package = json.loads((path / DATAPACKAGE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(package, dict) and isinstance(package.get("wirecopy"), dict)


def warc_files(path: Path) -> list[Path]:
    """The finished WARCs of a collection in the order they were written."""
    return sorted(file for file in (path / WARCS).glob("*.warc*") if file.name.endswith((".warc", ".warc.gz")))


def open_files(path: Path) -> list[Path]:
    """The WARCs that are being written, or were when a crawl was killed."""
    return sorted((path / WARCS).glob(f"*{OPEN}"))


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


class Lock:
    """The right to write a collection, held until closed; the kernel gives it back when a process dies.

    With ``writing=False``, the promise that nobody writes it meanwhile; this leaves nothing in the folder and needs no
    leave to write there. Raises ``CollectionLocked`` where another process writes, ``OSError``.
    """

    def __init__(self, path: Path, *, writing: bool = True) -> None:
        self._file: BinaryIO | None = None
        try:
            self._file = (path / _LOCK).open("a+b" if writing else "rb")
        except FileNotFoundError:
            if writing:
                raise
            return  # where there is no lock there is no writer
        try:
            fcntl.flock(self._file, (fcntl.LOCK_EX if writing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read(32).decode("ascii", "replace").strip()
            self._file.close()
            by = f" (process {holder})" if holder else ""
            raise CollectionLocked(
                f"{path} is being written by another wirecopy{by}: wait for it, or name another collection",
                path,
            ) from None
        if writing:
            try:
                self._file.truncate(0)
                self._file.write(str(os.getpid()).encode())
                self._file.flush()
            except OSError:
                with suppress(OSError):  # what could not be written is tried once more
                    self._file.close()
                raise

    def close(self) -> None:
        """Let the next writer in."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
