"""The lock that keeps two runs of one watchlist apart; the system lets go of it whatever ends the process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunActive(Exception):  # noqa: N818 - a state of the world, and no error of anyone
    """Another run of the same watchlist is going on."""


@contextmanager
def run_lock(book: Path) -> Iterator[None]:
    """Hold the lock of the watchlist whose book this is. Raises ``RunActive``, ``OSError``."""
    book.parent.mkdir(parents=True, exist_ok=True)
    file = book.with_suffix(".lock")
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
            by = f" (process {who})" if who else ""
            raise RunActive(f"another run of this watchlist is going on{by}; it does what is due") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
