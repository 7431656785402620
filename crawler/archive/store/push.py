"""Putting a collection into a store, file by file, so that it may be cut off anywhere and begun again.

WARCs go first: they never change, so each is sent once and keeps its name. What is made from them (index, pages,
tables, ledger) is sent under a name with its digest, so that readers of the older state are left in peace. The
manifest comes last and makes all of it count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from crawler.archive.errors import CollectionLocked, explain
from crawler.archive.layout import DATAPACKAGE, WARCS, Lock, check_layout, open_files, sync_folder, warc_files
from crawler.archive.store.address import FROM_ENVIRONMENT, Access
from crawler.archive.store.agreement import agreed
from crawler.archive.store.contents import derived
from crawler.archive.store.faults import Altered, StoreError
from crawler.archive.store.lock import alone
from crawler.archive.store.manifest import FILE, Manifest, Note, Stored, is_storable, read_note
from crawler.archive.store.objects import Progress, Upload, open_objects
from crawler.archive.store.sources import refuse_absent


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

    With ``keep``, a WARC older than that goes from this machine once the store was seen to hold it, just before.

    Raises ``CollectionLocked`` while a crawl writes the collection, ``Conflict`` where another collection is there or
    another machine has pushed this one since, ``StoreError`` and what else the disk raises as ``ArchiveError``.
    Whatever it raises, nothing is gone from this machine that the store does not hold.
    """
    check_layout(collection)
    with _told(collection), alone(collection, patient=False):
        work = _Push(collection, address, access, progress or _nobody)
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
    return Pushed(address, work.sent, work.size, len(work.note.manifest.files), removed)


def push_warcs(
    collection: Path, address: str, access: Access = FROM_ENVIRONMENT, *, progress: Progress | None = None
) -> int:
    """Send the finished WARCs that the store lacks, while a crawl may be writing the next; the bytes sent.

    They count for readers after the next :func:`push`. Raises as :func:`push`.
    """
    if not (collection / DATAPACKAGE).exists():
        return 0
    with _told(collection), alone(collection, patient=False):
        work = _Push(collection, address, access, progress or _nobody)
        work.warcs()
    return work.size


def waiting(collection: Path) -> list[Path]:
    """The finished WARCs of a collection that its store was not seen to hold. Raises ``OSError``."""
    note = read_note(collection)
    held = note.manifest.warcs() if note else {}
    return [file for file in warc_files(collection) if file.name not in held]


def remove_pushed(collection: Path) -> None:
    """Delete from its store what was pushed of a collection, the manifest first. Raises ``StoreError``.

    May be cut off and begun again while the folder is there.
    """
    note = read_note(collection)
    if note is None:
        return
    objects = open_objects(note.address, note.access)
    objects.remove(FILE)
    for key in (*(stored.key for stored in note.manifest.files.values()), *note.manifest.outdated):
        objects.remove(key)
    for upload in note.begun.values():
        objects.give_up(upload)
        objects.remove(upload.key)


class _Push:
    def __init__(self, collection: Path, address: str, access: Access, progress: Progress) -> None:
        self.collection = collection
        self.objects = open_objects(address, access)
        self.progress = progress
        self.sent = 0
        self.size = 0
        note = read_note(collection)
        if note is not None and note.address != address:
            refuse_absent(collection, f"push to {address}")
            note = None
        self.note = replace(note, access=access) if note else Note(address, access, Manifest.fresh())
        self.written = False
        self.there: Manifest | None = None
        """What the store was found to hold."""

    def agree(self) -> None:
        """Learn what the store holds, and that nobody else has changed it since it was last seen from here."""
        self.there, note = agreed(self.objects, self.note)
        if note is not self.note:
            self._keep(note)

    def warcs(self) -> None:
        """Send every finished WARC that the store was not seen to hold."""
        known = {
            Path(entry["path"]).name: str(entry["hash"]).removeprefix("sha256:")
            for entry in check_layout(self.collection).get("resources", ())
            if str(entry.get("path")).startswith(f"{WARCS}/")
        }
        held = self.note.manifest.warcs()
        for file in warc_files(self.collection):
            path, before = f"{WARCS}/{file.name}", held.get(file.name)
            if before is None:
                self._send(path, path, file, known.get(file.name) or _digest(file))
            elif before.size != file.stat().st_size:  # it was repaired
                digest = _digest(file)
                self._send(path, f"{path}.{digest[:16]}", file, digest)

    def derived(self) -> None:
        """Send what is made from the WARCs where it has changed, then the manifest, and clear away what is outdated."""
        with TemporaryDirectory(prefix="wirecopy-") as scratch:
            files = dict(derived(self.collection, Path(scratch)))
            for path, file in files.items():
                digest = _digest(file)
                old = self.note.manifest.files.get(path)
                if old is None or old.digest != digest:
                    self._send(path, f"{path}.{digest[:16]}", file, digest)
        kept = {
            path: stored
            for path, stored in self.note.manifest.files.items()
            if path.startswith(f"{WARCS}/") or path in files
        }
        if self.there is None or self.there.files != kept or self.note.begun:
            self._publish(kept)

    def _publish(self, kept: dict[str, Stored]) -> None:
        there = self.there
        keys = {stored.key for stored in kept.values()}
        named = {stored.key for each in (there, self.note.manifest) if each for stored in each.files.values()}
        abandoned = [upload for upload in self.note.begun.values() if upload.key not in keys]
        outdated = sorted((named | {upload.key for upload in abandoned} | set(self.note.replaced)) - keys)
        manifest = replace(
            self.note.manifest,
            generation=self.note.manifest.generation + 1,
            token=token_hex(8),
            files=kept,
            outdated=tuple(outdated),
        )
        for key in sorted(set(there.outdated if there else ()) - keys):
            self.objects.remove(key)
        self._keep(replace(self.note, writing=manifest.token))
        self.objects.write(FILE, manifest.to_bytes())
        for upload in abandoned:
            self.objects.give_up(upload)
        self._keep(replace(self.note, manifest=manifest, writing=None, begun={}, replaced=()))

    def retire(self, keep: timedelta, now: datetime) -> Iterator[str]:
        """Remove from this machine the WARCs that were finished longer ago, each after the store was asked for it."""
        for name, stored in sorted(self.note.manifest.warcs().items()):
            file = self.collection / WARCS / name
            try:
                finished = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue
            if finished + keep > now:
                continue
            if not self.objects.holds(stored.key, stored.size, stored.digest, self.objects.checksum_of(file)):
                raise Altered(
                    f"{self.objects.where(stored.key)} is gone or altered: {file} stays; delete "
                    f"{self.collection / FILE} to push all of it anew",
                    file,
                )
            file.unlink()
            sync_folder(file.parent)
            yield name

    def _send(self, path: str, key: str, file: Path, digest: str) -> None:
        if not is_storable(path):
            raise StoreError(f"{file}: a file of such a name can't be stored; rename it, or move it away", file)
        size = file.stat().st_size
        begun = self.note.begun.get(path)
        if begun is not None and begun.key != key:
            self.objects.give_up(begun)
            self.objects.remove(begun.key)
            begun = None
        whole = begun is not None and self.objects.holds(key, size, digest, self.objects.checksum_of(file))
        if not whole:
            self.objects.put(
                key, file, digest, upload=begun,
                began=partial(self._began, path), progress=self.progress,
            )  # fmt: skip
            self.sent += 1
            self.size += size
        elif begun is not None:
            self.objects.give_up(begun)
        self._add(lambda note: note.add_stored(self.collection, path, Stored(key, size, digest)))

    def _began(self, path: str, upload: Upload) -> None:
        self._add(lambda note: note.add_began(self.collection, path, upload))

    def _add(self, change: Callable[[Note], Note]) -> None:
        """Note one thing more; the first time all is written, for a journal that was cut off can't be gone on with."""
        if not self.written:
            self._keep(self.note)
        try:
            self.note = change(self.note)
        except OSError as error:
            raise explain(error, "note what is in the store of", self.collection) from error

    def _keep(self, note: Note) -> None:
        try:
            self.note = note.write(self.collection)
        except OSError as error:
            raise explain(error, "note what is in the store of", self.collection) from error
        self.written = True


@contextmanager
def _told(collection: Path) -> Iterator[None]:
    """Say what the disk of this machine fails at."""
    try:
        yield
    except OSError as error:
        raise explain(error, "push", collection) from error


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _nobody(_: int) -> None:
    """Told of progress, does nothing."""
