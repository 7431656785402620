"""The objects below an address, on any of fsspec's file systems: read by ranges, written whole and verified.

A file counts as stored once its SHA-256 was seen again on the other side. What exists is never taken from a listing,
which may be late: an object is asked for by its key.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from io import UnsupportedOperation
from pathlib import Path
from typing import Any, BinaryIO

from crawler.archive.store.address import FROM_ENVIRONMENT, Access, below
from crawler.archive.store.faults import EXTRA, Altered, NoObject, NoStore, StoreError, explain_store, telling
from crawler.archive.store.stored import Seen, Upload, check_same

PIECE = 8 << 20
"""Bytes of an object that are asked for at once when all of it is wanted."""
WAITS = (0.1, 0.3, 1.0, 3.0)
"""Seconds after which an object that was written and is not there yet is asked for again."""
Progress = Callable[[int], None]


def open_objects(address: str, access: Access = FROM_ENVIRONMENT) -> Objects:
    """The objects below ``address``. Nothing is asked of the store yet.

    Raises ``NoStore`` where there is no such kind of store, or its client is not installed; ``StoreError``.
    """
    scheme = address.partition("://")[0]
    try:
        from fsspec import core

        if scheme in ("s3", "s3a"):
            from crawler.archive.store.s3 import S3Objects

            return S3Objects(address, access)
        file_system, root = core.url_to_fs(  # type: ignore[no-untyped-call]
            address, use_listings_cache=False, skip_instance_cache=scheme != "memory"
        )
    except ImportError as error:
        known = scheme in ("s3", "s3a", "memory", "file", "local")
        remedy = EXTRA if known else "install the fsspec package for such addresses"
        raise NoStore(f"{address}: {error.name or error} is not installed; {remedy}", address) from None
    except ValueError as error:
        raise NoStore(f"{address}: {error}; write s3://BUCKET/PREFIX/NAME", address) from None
    except StoreError:
        raise
    except OSError as error:  # some clients connect as they are made
        raise explain_store(error, "reach", address) from error
    return Objects(file_system, root, address, access)


class Objects:
    """The objects below one address. Every method raises ``StoreError``; from any thread."""

    def __init__(self, file_system: Any, root: str, address: str, access: Access = FROM_ENVIRONMENT) -> None:
        self.address = address
        self.access = access
        self._fs = file_system
        self._root = root.rstrip("/")

    def see(self, key: str) -> Seen | None:
        """The object ``key``; None where there is none."""
        with telling("look for", self.where(key)):
            try:
                found = self._fs.info(self._path(key))
            except FileNotFoundError:
                return None
        return Seen(int(found["size"])) if found.get("type") == "file" else None

    def read(self, key: str, start: int = 0, size: int | None = None) -> bytes:
        """``size`` bytes of an object from ``start`` on, or all of it. Raises ``NoObject`` too."""
        with telling("read", self.where(key)):
            bounds = {} if size is None else {"start": start, "end": start + size}
            data: bytes = self._fs.cat_file(self._path(key), **bounds)
            return data

    def pieces(self, key: str, size: int) -> Iterator[bytes]:
        """An object of ``size`` bytes, piece by piece. Raises ``StoreError``, ``Altered`` where it is shorter."""
        for start in range(0, size, PIECE):
            piece = self.read(key, start, min(PIECE, size - start))
            if len(piece) != min(PIECE, size - start):
                raise Altered(f"{self.where(key)}: shorter than the {size:,} bytes it should have", self.where(key))
            yield piece

    def write(self, key: str, data: bytes) -> None:
        """Write a small object and see it again."""
        with telling("write", self.where(key)):
            self._make_folder(key)
            self._fs.pipe_file(self._path(key), data)
        self.confirm(key, len(data), sha256(data).hexdigest(), None)

    def put(
        self,
        key: str,
        file: Path,
        digest: str,
        *,
        upload: Upload | None = None,
        began: Callable[[Upload], None] | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Store ``file``, whose SHA-256 is ``digest`` (hexadecimal), and see to it that it arrived.

        ``upload`` is what an earlier try had begun, ``began`` is told what this one begins. What arrives altered is
        sent once more. Raises ``Altered`` where it does again, or where the file is not what ``digest`` says.
        """
        for last in (False, True):
            try:
                checksum = self._send(key, file, digest, upload, began or _nobody, progress or _nobody)
                self.confirm(key, file.stat().st_size, digest, checksum)
            except Altered:
                if last:
                    raise
            else:
                return

    def holds(self, key: str, size: int, digest: str, checksum: str | None = None) -> bool:
        """Whether the object ``key`` is there with these bytes, by the store's checksum or by reading it."""
        return self._is(key, self.see(key), size, digest, checksum)

    def _is(self, key: str, found: Seen | None, size: int, digest: str, checksum: str | None) -> bool:
        if found is None or found.size != size:
            return False
        if checksum and found.checksum and not self.access.read_back and found.tells(checksum):
            return True
        state = sha256()
        for piece in self.pieces(key, size):
            state.update(piece)
        return state.hexdigest() == digest

    def checksum_of(self, file: Path) -> str | None:
        """What the store's own checksum of ``file`` would be; None where such stores have none."""
        del file
        return None

    def give_up(self, upload: Upload) -> None:
        """Drop the parts of an upload that will not be finished."""

    def remove(self, key: str) -> None:
        """Delete an object; nothing happens where there is none."""
        with telling("delete", self.where(key)), suppress(FileNotFoundError):
            self._fs.rm_file(self._path(key))

    def create(self, key: str) -> BinaryIO:
        """A new object to write into, where the store is no S3-compatible one. Raises what its client does."""
        self._make_folder(key)
        return self._fs.open(self._path(key), "wb")  # type: ignore[no-any-return]

    def rename(self, key: str, new: str) -> None:
        """Have an object take the place of another."""
        with telling("write", self.where(new)):
            self._fs.mv(self._path(key), self._path(new))

    def folders(self) -> list[str]:
        """The names of folders that a listing shows below the address; the newest may be missing."""
        return self._listed("directory")

    def files(self) -> list[str]:
        """The names of objects that a listing shows directly below the address; the newest may be missing."""
        return self._listed("file")

    def _listed(self, kind: str) -> list[str]:
        with telling("list", self.address):
            try:
                found = self._fs.ls(self._root, detail=True)
            except FileNotFoundError:
                return []
        return sorted({entry["name"].rstrip("/").rpartition("/")[2] for entry in found if entry["type"] == kind})

    def where(self, key: str) -> str:
        """The address of an object."""
        return below(self.address, key) if key else self.address

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}" if key else self._root

    def _make_folder(self, key: str) -> None:
        self._fs.makedirs(self._fs._parent(self._path(key)), exist_ok=True)

    def _send(
        self,
        key: str,
        file: Path,
        digest: str,
        upload: Upload | None,
        began: Callable[[Upload], None],
        progress: Progress,
    ) -> str | None:
        """Send the bytes; the checksum that the store should tell, where it tells any."""
        del upload
        began(Upload(key))
        state = sha256()
        with telling("write", self.where(key)), file.open("rb") as source, self.create(key) as out:
            while piece := source.read(1 << 20):
                state.update(piece)
                out.write(piece)
                progress(len(piece))
            out.flush()
            with suppress(AttributeError, UnsupportedOperation):  # a folder, perhaps of a mounted share
                os.fsync(out.fileno())
        check_same(file, state.hexdigest(), digest)
        return None

    def confirm(self, key: str, size: int, digest: str, checksum: str | None) -> None:
        """See an object that was written, however late it shows. Raises ``NoObject``, ``Altered``."""
        for wait in (*WAITS, None):
            if found := self.see(key):
                break
            if wait is None:
                raise NoObject(f"{self.where(key)}: was written, and is not there; run again", self.where(key))
            time.sleep(wait)
        if not self._is(key, found, size, digest, checksum):
            raise Altered(
                f"{self.where(key)}: what arrived is not what was sent (SHA-256 {digest[:12]}… of {size:,} bytes); "
                "the local copy stays, run again",
                self.where(key),
            )


def _nobody(_: object) -> None:
    """Told something, does nothing."""
