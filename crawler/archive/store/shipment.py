"""One push on its way: what the store holds by now, what was sent, and what is noted of it beside the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex

from crawler.archive.errors import explain
from crawler.archive.layout import WARCS, check_layout, sync_folder, warc_files
from crawler.archive.scratch import Scratch
from crawler.archive.store.address import Access
from crawler.archive.store.agreement import agreed
from crawler.archive.store.contents import derived
from crawler.archive.store.faults import Altered, StoreError
from crawler.archive.store.manifest import FILE, Manifest, Stored, is_storable
from crawler.archive.store.note import Note, note_for, read_notes
from crawler.archive.store.objects import Progress, open_objects
from crawler.archive.store.sources import refuse_absent
from crawler.archive.store.stored import Upload


class Shipment:
    """A push of a collection to one store; its steps raise as :func:`crawler.archive.store.push.push`."""

    def __init__(self, collection: Path, address: str, access: Access, progress: Progress) -> None:
        self.collection = collection
        self.objects = open_objects(address, access)
        self.progress = progress
        self.sent = 0
        self.size = 0
        self.kept: list[str] = []
        """WARCs that only another store keeps from leaving this machine."""
        self.note = note_for(collection, address, access)
        refuse_absent(collection, f"push to {address}", self.note.manifest.warcs())
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
        with Scratch() as scratch:
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
        """Remove from this machine the WARCs that were finished longer ago, each after the store was asked for it.

        One that another store of the collection was not seen to hold stays: it could not be sent there any more.
        """
        others = [note.manifest.warcs() for note in read_notes(self.collection) if note.address != self.note.address]
        for name, stored in sorted(self.note.manifest.warcs().items()):
            file = self.collection / WARCS / name
            try:
                finished = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue
            if finished + keep > now:
                continue
            if any(name not in held or held[name].digest != stored.digest for held in others):
                self.kept.append(name)
                continue
            if not self.objects.holds(stored.key, stored.size, stored.digest, self.objects.checksum_of(file)):
                raise Altered(
                    f"{self.objects.where(stored.key)} is gone or altered: {file} stays; delete "
                    f"{self.collection / self.note.name} to push all of it anew",
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


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
