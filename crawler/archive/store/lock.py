"""The lock that keeps two processes from pushing a collection, or fetching into a folder, at the same time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.archive.errors import CollectionLocked
from crawler.archive.layout import make_folder

_LOCK = ".store.lock"


@contextmanager
def alone(folder: Path, *, patient: bool) -> Iterator[None]:
    """Hold the lock of ``folder``, which is made; the system lets go of it whatever ends the process.

    Waits for another process where ``patient``, else raises ``CollectionLocked``. Raises ``OSError``.
    """
    make_folder(folder)
    with (folder / _LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
        except BlockingIOError:
            words = f"{folder} is being pushed by another wirecopy: wait for it"
            raise CollectionLocked(words, folder) from None
        yield
