"""Putting a collection into a store, file by file, so that it may be cut off anywhere and begun again.

WARCs go first: they never change, so each is sent once and keeps its name. What is made from them (index, pages,
tables, ledger) is sent under a name with its digest, so that readers of the older state are left in peace. The
manifest comes last and makes all of it count.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive.errors import CollectionLocked, explain
from crawler.archive.layout import DATAPACKAGE, check_layout, open_files, warc_files
from crawler.archive.lock import Lock
from crawler.archive.store.address import FROM_ENVIRONMENT, Access
from crawler.archive.store.lock import alone
from crawler.archive.store.manifest import FILE
from crawler.archive.store.note import read_note
from crawler.archive.store.objects import Progress, open_objects
from crawler.archive.store.shipment import Shipment


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    address: str
    sent: int = 0
    """Files that were sent; those that an interrupted push had sent whole are not among them."""
    size: int = 0
    """Bytes of them."""
    held: int = 0
    """Files that the store holds of the collection now."""
    removed: tuple[str, ...] = ()
    """WARCs that are no longer on this machine."""
    kept: tuple[str, ...] = ()
    """WARCs that would be, were they in the other stores of the collection as well."""


def push(
    collection: Path,
    address: str,
    access: Access = FROM_ENVIRONMENT,
    *,
    keep: timedelta | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Pushed:
    """Bring what ``address`` holds of a collection up to date.

    A collection may be in several stores; each is brought up to date by itself. With ``keep``, a WARC older than that
    goes from this machine once the store was seen to hold it, just before, and each of the others by its last push.

    Raises ``CollectionLocked`` while a crawl writes the collection, ``Conflict`` where another collection is there or
    another machine has pushed this one since, ``StoreError`` and what else the disk raises as ``ArchiveError``.
    Whatever it raises, nothing is gone from this machine that the store does not hold.
    """
    check_layout(collection)
    with _told(collection), alone(collection, patient=False):
        work = Shipment(collection, address, access, progress or _nobody)
        work.agree()
        with Lock(collection, writing=False):
            if left := open_files(collection):
                raise CollectionLocked(
                    f"{collection} holds {left[0].name}, which a crawl writes or left when it was killed: "
                    "capture into it again, or `wirecopy repair` it",
                    collection,
                )
            work.warcs()
            work.derived()
        removed = tuple(work.retire(keep, now or datetime.now(UTC))) if keep is not None else ()
    return Pushed(address, work.sent, work.size, len(work.note.manifest.files), removed, tuple(work.kept))


def push_warcs(
    collection: Path, address: str, access: Access = FROM_ENVIRONMENT, *, progress: Progress | None = None
) -> int:
    """Send the finished WARCs that the store lacks, while a crawl may be writing the next; the bytes sent.

    They count for readers after the next :func:`push`. Raises as :func:`push`.
    """
    if not (collection / DATAPACKAGE).exists():
        return 0
    with _told(collection), alone(collection, patient=False):
        work = Shipment(collection, address, access, progress or _nobody)
        work.warcs()
    return work.size


def waiting(collection: Path, address: str) -> list[Path]:
    """The finished WARCs of a collection that the store at ``address`` was not seen to hold. Raises ``OSError``."""
    note = read_note(collection, address)
    held = note.manifest.warcs() if note else {}
    return [file for file in warc_files(collection) if file.name not in held]


def remove_pushed(collection: Path, address: str) -> None:
    """Delete from the store at ``address`` what was pushed of a collection, the manifest first. Raises ``StoreError``.

    May be cut off and begun again while the folder is there. What other stores have of it stays.
    """
    note = read_note(collection, address)
    if note is None:
        return
    objects = open_objects(note.address, note.access)
    objects.remove(FILE)
    for key in (*(stored.key for stored in note.manifest.files.values()), *note.manifest.outdated):
        objects.remove(key)
    for upload in note.begun.values():
        objects.give_up(upload)
        objects.remove(upload.key)


@contextmanager
def _told(collection: Path) -> Iterator[None]:
    """Say what the disk of this machine fails at."""
    try:
        yield
    except OSError as error:
        raise explain(error, "push", collection) from error


def _nobody(_: int) -> None:
    """Told of progress, does nothing."""
