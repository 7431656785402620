"""Folders for temporary files, each held by its process: those that a killed one left are deleted by the next.

A folder is held by a lock on itself, which the kernel lets go with the process. It has its name only while it is
held, so that nobody finds one that is just being made; what has the name and is not held, nobody uses. A process that
was forked from the one that made it shares the lock, and deletes nothing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from types import TracebackType

_START = Path("/proc/sys/kernel/random/boot_id")
"""What tells this start of this machine from others."""


class Scratch:
    """A new folder in that for temporary files, deleted with what is in it on :meth:`cleanup` or the end of ``with``.

    Raises ``OSError`` where none can be made.
    """

    def __init__(self) -> None:
        within = tempfile.gettempdir()
        sweep(within)
        self.name = tempfile.mkdtemp(prefix="wirecopy-", dir=within)
        prefix = _prefix()
        held = _held(self.name) if prefix else None
        if prefix and held is not None:
            made = Path(self.name)
            self.name = str(made.rename(made.with_name(prefix + made.name.removeprefix("wirecopy-"))))
        self._finalizer = weakref.finalize(self, _end, self.name, held, os.getpid())

    def cleanup(self) -> None:
        """Delete the folder; nothing happens the second time."""
        self._finalizer()

    def __enter__(self) -> str:
        return self.name

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cleanup()


_lock = Lock()
_of_process: dict[tuple[str, int], Scratch] = {}


def subfolder() -> tempfile.TemporaryDirectory[str]:
    """A new folder in one that this process holds: of thousands, a lock each would be as many files kept open.

    Raises ``OSError`` where none can be made.
    """
    place = (tempfile.gettempdir(), os.getpid())
    with _lock:
        if place not in _of_process or not Path(_of_process[place].name).is_dir():
            _of_process[place] = Scratch()
        return tempfile.TemporaryDirectory(dir=_of_process[place].name, ignore_cleanup_errors=True)


@cache
def sweep(within: str) -> None:
    """Delete what killed processes of this user left in the folder ``within``; once a process.

    Only of this start of this machine: the locks of another, which shares a disk with us, may not be seen here.
    """
    if (prefix := _prefix()) is None:
        return
    with suppress(OSError), os.scandir(within) as entries:
        left = [entry for entry in entries if entry.name.startswith(prefix) and _is_mine(entry)]
        for entry in left:
            held = _held(entry.path)
            if held is not None:
                _remove(entry.path, held)


def _is_mine(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):
        return entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
    return False


def _held(folder: str) -> int | None:
    """The lock on a folder, None where another process has it, or this disk knows no locks of folders."""
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _end(folder: str, lock: int | None, owner: int) -> None:
    if os.getpid() == owner:
        _remove(folder, lock)


def _remove(folder: str, lock: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


@cache
def _prefix() -> str | None:
    """What the names of folders begin with that processes of this start of this machine hold.

    None where starts are not told apart: of two machines of one name that share a disk, neither may delete anything.
    """
    try:
        return f"wirecopy-scratch-{_START.read_text('ascii')[:8]}-"
    except (OSError, ValueError):
        return None
