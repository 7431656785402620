"""A file, here or in a store, that is replaced as a whole: its old content stands until the new one is complete."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from crawler.archive.store import StoreError
from crawler.archive.store.address import plain
from crawler.export.delivery import to_the_end
from crawler.export.store_delivery import Occupied, unoccupied

_PIECE = 1 << 20
"""Bytes that are gathered before they are sent."""


def whole(place: Path | str) -> WholeFile | WholeObject:
    """Text on its way to a path, or to the address of a store."""
    return WholeFile(place) if isinstance(place, Path) else WholeObject(place)


class WholeFile:
    """Text on its way into ``path``: written beside it, and put in its place at the end of a ``with`` block.

    After an exception, or :meth:`discard`, the old file stands as it was. What is no regular file (a pipe, a device) is
    written at once. Raises ``OSError`` that names ``path``.
    """

    def __init__(self, path: Path) -> None:
        self._named = path
        self._path = Path(os.path.realpath(path))  # `resolve` fails for a circle, but only before Python 3.13
        if self._path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        apart = not self._path.exists() or self._path.is_file()
        self._fresh = self._path.with_name(f".{self._path.name}.new") if apart else self._path
        self._apart = apart
        self._kept = True
        try:
            self._out: TextIO = self._fresh.open("w", encoding="utf-8", errors="replace")
        except OSError as error:
            raise self._about(error) from error

    def write(self, text: str) -> None:
        """Add ``text``."""
        try:
            self._out.write(text)
        except OSError as error:
            raise self._about(error) from error

    def discard(self) -> None:
        """Leave the old file as it is."""
        self._kept = False

    def __enter__(self) -> WholeFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._out.close()
            if self._apart and self._kept and error is None:
                self._fresh.replace(self._path)
        except OSError as failure:
            if error is None:
                raise self._about(failure) from failure
        finally:
            if self._apart:
                self._fresh.unlink(missing_ok=True)

    def _about(self, error: OSError) -> OSError:
        return type(error)(error.errno, error.strerror, str(self._named))


class WholeObject:
    """Text on its way to the address of one object in a store, sent as it comes; it counts at the end of ``with``.

    After an exception, or :meth:`discard`, the old object stands as it was, and so it does where the process is killed.
    Raises ``Occupied`` where a folder or a collection is, ``StoreError``.
    """

    def __init__(self, address: str) -> None:
        folder, _, name = plain(address).rpartition("/")
        if folder.endswith("/"):
            raise Occupied(f"{address} is a bucket; name a file in it: {address.rstrip('/')}/articles.jsonl", address)
        self._staging = unoccupied(folder)
        if address.endswith("/") or name in self._staging.objects.folders():
            raise Occupied(f"{address} is a folder; name a file in it: {address.rstrip('/')}/articles.jsonl", address)
        self._staging.clear(name.__eq__)
        self._writing = self._staging.open(name)
        self._waiting: list[str] = []
        self._size = 0
        self._kept = True

    def write(self, text: str) -> None:
        """Add ``text``."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= _PIECE:
            self._send()

    def discard(self) -> None:
        """Leave the old object as it is."""
        self._kept = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None or not self._kept:
            self._drop(quietly=error is not None)
            return
        try:
            self._send()
            staged = self._writing.finish()
            to_the_end(lambda: self._staging.publish(staged))
        except BaseException:
            self._drop(quietly=True)
            raise

    def _drop(self, *, quietly: bool) -> None:
        try:
            self._writing.discard()
        except StoreError:
            if not quietly:  # else another error counts, and the next call drops what is left
                raise

    def _send(self) -> None:
        self._writing.write("".join(self._waiting).encode("utf-8", "replace"))
        self._waiting, self._size = [], 0
