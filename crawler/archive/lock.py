"""The lock of a collection, which keeps a second writer out."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from crawler.archive.errors import NO_LOCKS, CollectionLocked

LOCK = ".lock"
"""Name of its file in the collection."""


class Lock:
    """The right to write a collection, held until closed; the kernel gives it back when a process dies.

    With ``writing=False``, the promise that nobody writes it meanwhile; this leaves nothing in the folder and needs no
    leave to write there. Raises ``CollectionLocked`` where another process writes, ``OSError``.
    """

    def __init__(self, path: Path, *, writing: bool = True) -> None:
        self._file: BinaryIO | None = None
        try:
            self._file = (path / LOCK).open("a+b" if writing else "rb")
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
        except OSError as error:
            if not writing and error.errno in NO_LOCKS:
                return  # no wirecopy writes where there are none
            self._file.close()
            raise
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
