"""``store.json``: what a store holds of a collection, file by file with size and digest.

In the store it is written last, so that whoever reads it finds everything it names. Beside the collection on this
machine the same is kept with the store's address and with what was begun and not finished; a WARC that it names need
not be on this machine any more.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4

from crawler.archive.errors import ReadError
from crawler.archive.layout import WARCS, sync_folder, write_json
from crawler.archive.store.address import Access, is_address
from crawler.archive.store.faults import NoObject
from crawler.archive.store.objects import Objects, Upload

FILE = "store.json"
JOURNAL = ".store.journal"
"""Beside it on this machine: what was begun and stored since it was written, a line each. Written anew for each of many
files, it would cost more than they do."""
LAYOUT = 1
_PATH = re.compile(r"(?!.*(^|/)\.\.?(/|$))[^/\\\x00-\x1f\ud800-\udfff][^\\\x00-\x1f\ud800-\udfff]*")


def is_storable(path: str) -> bool:
    """Whether a file of this path in a collection, or of this key, may stand in a manifest."""
    return _PATH.fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that the store holds; ``digest`` is its SHA-256, hexadecimal, ``key`` what it is called there."""

    key: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the store holds of one collection."""

    collection: str
    """An id that the collection keeps wherever it is copied to."""
    generation: int = 0
    """How often it was brought up to date; 0 where the store has nothing yet."""
    token: str = ""
    """Tells this writing of it from every other."""
    files: Mapping[str, Stored] = field(default_factory=dict)
    """By path in the collection."""
    outdated: tuple[str, ...] = ()
    """Keys that an older manifest named; deleted once a newer one is there, since somebody may be reading them."""

    @classmethod
    def fresh(cls) -> Manifest:
        """That of a collection which no store holds."""
        return cls(uuid4().hex)

    def warcs(self) -> dict[str, Stored]:
        """The WARCs, by file name."""
        folder = f"{WARCS}/"
        return {path.removeprefix(folder): stored for path, stored in self.files.items() if path.startswith(folder)}

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "wirecopy": {"store": LAYOUT},
            "collection": self.collection,
            "generation": self.generation,
            "token": self.token,
            "files": {path: _entry(stored) for path, stored in sorted(self.files.items())},
            "outdated": list(self.outdated),
        }

    def to_bytes(self) -> bytes:
        """As it is written to the store."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def from_dict(cls, values: Any, where: str) -> Manifest:
        """The manifest that ``values`` are. Raises ``ReadError`` for anything else."""
        try:
            layout = values["wirecopy"]["store"]
            if layout > LAYOUT:
                raise ReadError(f"{where} was written by a newer wirecopy: upgrade wirecopy", where)
            files = {path: _stored(entry) for path, entry in values["files"].items()}
            outdated = tuple(map(str, values["outdated"]))
            if not all(map(is_storable, (*files, *(stored.key for stored in files.values()), *outdated))):
                raise ReadError(f"{where} names files outside the collection; it is not read", where)
            return cls(str(values["collection"]), int(values["generation"]), str(values["token"]), files, outdated)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReadError(
                f"{where} is no manifest of a collection ({type(error).__name__}: {error})", where
            ) from None

    @classmethod
    def from_bytes(cls, data: bytes, where: str) -> Manifest:
        """The manifest in a file. Raises ``ReadError`` for anything else."""
        try:
            return cls.from_dict(json.loads(data), where)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{where} is no JSON: {error}", where) from None


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept beside a collection on this machine of the store it is in."""

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
        _add_line(collection, [self.journal, path, {"key": upload.key, "upload": upload.id}])
        return self.began(path, upload)

    def add_stored(self, collection: Path, path: str, stored: Stored) -> Note:
        """As :meth:`stored`, and keep that in the journal of a note that was written. Raises ``OSError``."""
        _add_line(collection, [self.journal, path, _entry(stored)])
        return self.stored(path, stored)

    def write(self, collection: Path) -> Note:
        """Keep it as a whole, and return it as it is kept. Raises ``OSError``."""
        token = token_hex(8)
        access = {"endpoint": self.access.endpoint, "region": self.access.region, "read_back": self.access.read_back}
        write_json(
            collection / FILE,
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
        (collection / JOURNAL).unlink(missing_ok=True)
        return replace(self, journal=token)


def read_note(collection: Path) -> Note | None:
    """The note beside a collection; None where it is in no store. Raises ``ReadError``, ``OSError``."""
    file = collection / FILE
    try:
        values = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
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
        note = Note(address, access, manifest, begun, values.get("writing"), replaced, journal)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(f"{file} can't be understood ({error}); delete it and `wirecopy push` again", file) from None
    return _with_journal(note, collection / JOURNAL)


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
                else note.stored(path, _stored(entry))
            )
        except (ValueError, TypeError, KeyError):
            continue  # cut off while it was written: what it would tell did not begin, or is looked for again
    return note


def _add_line(collection: Path, values: object) -> None:
    file = collection / JOURNAL
    is_new = not file.exists()
    with file.open("ab") as out:
        out.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    if is_new:
        sync_folder(collection)


def _entry(stored: Stored) -> dict[str, Any]:
    return {"key": stored.key, "bytes": stored.size, "sha256": stored.digest}


def _stored(entry: Any) -> Stored:
    return Stored(str(entry["key"]), int(entry["bytes"]), str(entry["sha256"]))


def read_manifest(objects: Objects) -> Manifest | None:
    """The manifest that a store holds; None where there is none. Raises ``ReadError``, ``StoreError``."""
    try:
        data = objects.read(FILE)
    except NoObject:
        objects.see(FILE)  # where the bucket itself is missing, this says so
        return None
    return Manifest.from_bytes(data, objects.where(FILE))
