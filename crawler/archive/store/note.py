"""What is kept beside a collection on this machine of each store it is in: its address, what it holds, what was begun.

``store.json`` tells of one store, ``store-*.json`` of each further one. A WARC that they name need not be on this
machine any more.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex

from crawler.archive.errors import ReadError
from crawler.archive.layout import sync_folder, write_json
from crawler.archive.store.address import FROM_ENVIRONMENT, Access, is_address, short_digest
from crawler.archive.store.manifest import FILE, Manifest, Stored, as_json, stored_in
from crawler.archive.store.stored import Upload

_NAME = re.compile(r"store(-[0-9a-f]{16})?\.json")


def is_note(name: str) -> bool:
    """Whether a file of a collection is such a note by its name."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept of one store."""

    address: str
    access: Access
    manifest: Manifest
    begun: Mapping[str, Upload] = field(default_factory=dict)
    """Uploads that were begun, by path in the collection; what became of them is not known."""
    writing: str | None = None
    """The token of a manifest that was about to be written."""
    replaced: tuple[str, ...] = ()
    """Keys of files that were sent and changed again before a manifest named them, or whose manifest was the last."""
    journal: str = field(default="", compare=False)
    """Token of the lines in the journal that belong to it."""
    name: str = field(default=FILE, compare=False)
    """Of the file it is kept in."""

    def began(self, path: str, upload: Upload) -> Note:
        """With an upload that begins now."""
        return replace(self, begun={**self.begun, path: upload})

    def stored(self, path: str, stored: Stored) -> Note:
        """With a file that the store was seen to hold."""
        begun = {each: upload for each, upload in self.begun.items() if each != path}
        files, old = {**self.manifest.files, path: stored}, self.manifest.files.get(path)
        replaced = (*self.replaced, old.key) if old and old.key != stored.key else self.replaced
        return replace(self, begun=begun, replaced=replaced, manifest=replace(self.manifest, files=files))

    def add_began(self, collection: Path, path: str, upload: Upload) -> Note:
        """As :meth:`began`, and keep that in the journal of a note that was written. Raises ``OSError``."""
        _add_line(journal_of(collection / self.name), [self.journal, path, {"key": upload.key, "upload": upload.id}])
        return self.began(path, upload)

    def add_stored(self, collection: Path, path: str, stored: Stored) -> Note:
        """As :meth:`stored`, and keep that in the journal of a note that was written. Raises ``OSError``."""
        _add_line(journal_of(collection / self.name), [self.journal, path, as_json(stored)])
        return self.stored(path, stored)

    def write(self, collection: Path) -> Note:
        """Keep it as a whole, and return it as it is kept. Raises ``OSError``."""
        token = token_hex(8)
        access = {"endpoint": self.access.endpoint, "region": self.access.region, "read_back": self.access.read_back}
        write_json(
            collection / self.name,
            {
                "address": self.address,
                **{name: value for name, value in access.items() if value},
                "begun": {path: {"key": upload.key, "upload": upload.id} for path, upload in self.begun.items()},
                "writing": self.writing,
                "replaced": list(self.replaced),
                "journal": token,
                "manifest": self.manifest.to_dict(),
            },
        )
        journal_of(collection / self.name).unlink(missing_ok=True)
        return replace(self, journal=token)


def read_notes(collection: Path) -> tuple[Note, ...]:
    """The notes beside a collection, one for each store it is in. Raises ``ReadError``, ``OSError``."""
    files = [file for file in collection.glob("store*.json") if is_note(file.name)]
    return tuple(_read(file) for file in sorted(files, key=lambda file: (file.name != FILE, file.name)))


def read_note(collection: Path, address: str) -> Note | None:
    """The note of the store at an address; None where nothing was pushed there. Raises ``ReadError``, ``OSError``."""
    return next((note for note in read_notes(collection) if note.address == address), None)


def note_for(collection: Path, address: str, access: Access) -> Note:
    """That note, or one of a store that has nothing yet. Raises ``ReadError``, ``OSError``."""
    notes = read_notes(collection)
    for note in notes:
        if note.address == address:
            return replace(note, access=access)
    manifest = Manifest(notes[0].manifest.collection) if notes else Manifest.fresh()
    is_further = any(note.name == FILE for note in notes)
    name = f"store-{short_digest(address, FROM_ENVIRONMENT)}.json" if is_further else FILE
    return Note(address, access, manifest, name=name)


def journal_of(file: Path) -> Path:
    """What was begun and stored since a note was written, a line each.

    Written anew for each of many files, the note would cost more than they do.
    """
    return file.with_name(f".{file.stem}.journal")


def _read(file: Path) -> Note:
    try:
        values = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{file} is no JSON ({error}); delete it and `wirecopy push` again", file) from None
    try:
        address = values["address"]
        if not is_address(address):
            raise ValueError(f"no address: {address!r}")
        access = Access(values.get("endpoint"), values.get("region"), bool(values.get("read_back")))
        begun = {path: Upload(str(entry["key"]), entry["upload"]) for path, entry in values["begun"].items()}
        manifest, replaced = Manifest.from_dict(values["manifest"], str(file)), tuple(map(str, values["replaced"]))
        journal = str(values.get("journal", ""))
        note = Note(address, access, manifest, begun, values.get("writing"), replaced, journal, file.name)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(f"{file} can't be understood ({error}); delete it and `wirecopy push` again", file) from None
    return _with_journal(note, journal_of(file))


def _with_journal(note: Note, journal: Path) -> Note:
    try:
        lines = journal.read_bytes().split(b"\n")
    except FileNotFoundError:
        return note
    for line in lines:
        try:
            token, path, entry = json.loads(line)
            if token != note.journal:
                continue  # the note was written since
            is_upload = "upload" in entry
            note = (
                note.began(path, Upload(str(entry["key"]), entry["upload"]))
                if is_upload
                else note.stored(path, stored_in(entry))
            )
        except (ValueError, TypeError, KeyError):
            continue  # cut off while it was written: what it would tell did not begin, or is looked for again
    return note


def _add_line(file: Path, values: object) -> None:
    is_new = not file.exists()
    with file.open("ab") as out:
        out.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    if is_new:
        sync_folder(file.parent)
