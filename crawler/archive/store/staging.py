"""Files that are put into a store and do not count yet: each is whole and verified, and nobody sees it until it does.

So a table of many files can be made on many machines, for as long as it takes, beside the older one. Here for any of
fsspec's file systems: an object of a hidden name, renamed when it is to count.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from io import UnsupportedOperation
from pathlib import Path
from secrets import token_hex

from crawler.archive.store.address import FROM_ENVIRONMENT, Access
from crawler.archive.store.faults import Altered, StoreError, telling
from crawler.archive.store.objects import Objects, open_objects

_PIECE = 1 << 20
"""Bytes read at a time."""
_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds, of which a random part is waited before what another call has taken is claimed again."""
_HIDDEN = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{16}\.new", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Staged:
    """A file in a store that does not count yet. Whoever staged it, on whatever machine, another can publish it."""

    key: str
    """What it is to be called."""
    size: int
    digest: str
    """Its SHA-256, hexadecimal."""
    id: str | None
    """What it is known by until then; None for an empty file, of which nothing was sent."""
    parts: tuple[tuple[str, str], ...] = ()
    """Of an upload in parts, the ETag of each and its SHA-256 in Base64."""


@dataclass(frozen=True, slots=True)
class Claim:
    """That a call writes to an address: something staged there that is never published."""

    staged: Staged
    told: bool = True
    """Whether the store tells of it; of one that does not, nobody knows whether it stands."""


class Staging:
    """Where files below an address are staged. Every method raises ``StoreError``; from any thread."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects

    def open(self, key: str) -> Writing:
        """A new file on its way to ``key``."""
        return Writing(self.objects, key)

    def put(self, key: str, file: Path) -> Staged:
        """Stage a file of this machine; what arrives altered is sent once more. Raises ``OSError`` too."""
        with file.open("rb") as source:
            digest = file_digest(source, "sha256").hexdigest()
        for last in (False, True):
            writing = self.open(key)
            try:
                with file.open("rb") as source:
                    while piece := source.read(_PIECE):
                        writing.write(piece)
                staged = writing.finish()
                if staged.digest != digest:
                    self.discard(staged)
                    raise Altered(f"{file} was changed while it was sent; run again", file)
            except Altered:
                with suppress(StoreError):
                    writing.discard()
                if last:
                    raise
            except BaseException:
                with suppress(StoreError):  # the next call drops it
                    writing.discard()
                raise
            else:
                return staged
        raise AssertionError

    def publish(self, staged: Staged) -> None:
        """Have a file count, in the place of the older one: from now on whoever asks for it gets all of it."""
        assert staged.id
        self.objects.rename(staged.id, staged.key)

    def discard(self, staged: Staged) -> None:
        """Drop a file that is not to count."""
        if staged.id is not None:
            self.objects.remove(staged.id)

    def claim(self, key: str) -> Claim:
        """Claim what is below the address, by something of this name; who had claimed it before has it no more.

        Of calls that do so in the same moment, each may take it from the other: they try again after different pauses.
        """
        for pause in _PAUSES:
            claim = self._claim(key)
            try:
                if self.stands(claim):
                    break
            except BaseException:
                with suppress(StoreError):  # the next claim drops it
                    self.discard(claim.staged)
                raise
            time.sleep(pause * random.random())
        return claim

    def _claim(self, key: str) -> Claim:
        claim = Claim(self.open(key).finish())
        for name in self.objects.files():
            hidden = _HIDDEN.fullmatch(name)
            if hidden and hidden["name"] == key and name != claim.staged.id:
                self.objects.remove(name)
        return claim

    def stands(self, claim: Claim) -> bool:
        """Whether nobody has claimed it since."""
        assert claim.staged.id
        return self.objects.see(claim.staged.id) is not None

    def clear(self, is_mine: Callable[[str], bool]) -> None:
        """Drop what was staged or begun directly below the address for names that are ``mine`` and does not count."""
        for name in self.objects.files():
            hidden = _HIDDEN.fullmatch(name)
            if hidden and is_mine(hidden["name"]):
                self.objects.remove(name)


class Writing:
    """A file on its way; ends with :meth:`finish` or :meth:`discard`. Every method raises ``StoreError``."""

    def __init__(self, objects: Objects, key: str) -> None:
        self.objects = objects
        self.key = key
        self.size = 0
        self.state = sha256()
        self._begin()

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self.size += len(data)
        self.state.update(data)
        self._add(data)

    def finish(self) -> Staged:
        """No more comes. Raises ``Altered`` where what arrived is not what was sent, and nothing is left of it."""
        try:
            return self._finish()
        except Altered:
            self.discard()
            raise

    def discard(self) -> None:
        """Drop it."""
        with suppress(OSError):
            self._out.close()
        self.objects.remove(self._hidden)

    def _begin(self) -> None:
        folder, _, name = self.key.rpartition("/")
        self._hidden = f"{folder}/" * bool(folder) + f".{name}.{token_hex(8)}.new"
        with telling("write", self.objects.where(self.key)):
            self._out = self.objects.create(self._hidden)

    def _add(self, data: bytes) -> None:
        with telling("write", self.objects.where(self.key)):
            self._out.write(data)

    def _finish(self) -> Staged:
        with telling("write", self.objects.where(self.key)):
            self._out.flush()
            with suppress(AttributeError, UnsupportedOperation):  # a folder, perhaps of a mounted share
                os.fsync(self._out.fileno())
            self._out.close()
        staged = Staged(self.key, self.size, self.state.hexdigest(), self._hidden)
        if not self.objects.holds(self._hidden, staged.size, staged.digest):
            where = self.objects.where(self.key)
            raise Altered(f"{where}: what arrived is not what was sent; run again", where)
        return staged


def staging_at(address: str, access: Access = FROM_ENVIRONMENT) -> Staging:
    """Where files below ``address`` are staged. Nothing is asked of the store yet.

    Raises ``NoStore``, ``StoreError``.
    """
    from crawler.archive.store.s3 import S3Objects
    from crawler.archive.store.s3_staging import S3Staging

    objects = open_objects(address, access)
    return S3Staging(objects) if isinstance(objects, S3Objects) else Staging(objects)
