"""Errors that a user can do something about, as one line and an exit code."""

from __future__ import annotations

import errno
import sqlite3

from crawler.cli import exit_codes


class UsageError(Exception):
    """The call's words are off; the message says which and what is expected."""


def exit_code_of(error: BaseException) -> tuple[int, str] | None:
    """The exit code and the line for ``error``; None for one that is a fault of ours and deserves its traceback."""
    if isinstance(error, UsageError):
        return exit_codes.USAGE, str(error)
    if _is_interrupted(error):
        return exit_codes.INTERRUPTED, "interrupted"
    if isinstance(error, MemoryError) or _is_short_of_memory(error):
        said = str(error) or "no more is to be had"
        return exit_codes.STORAGE, f"not enough memory: {said}; end other programs, or allow this one more (ulimit -v)"
    from crawler.archive import ArchiveError, CollectionError, CollectionLocked, ReadError
    from crawler.archive.signing import StampingMissing
    from crawler.archive.store import NoStore
    from crawler.export.sources import ExportError, NotWritten, UnknownTable
    from crawler.export.store_delivery import Occupied
    from crawler.fetch.logins import LoginError
    from crawler.jobs.captured_pages import SourceError
    from crawler.jobs.run.engine import EngineError, NoAddress, NotInstalled
    from crawler.jobs.run.lock import RunActive
    from crawler.jobs.schedule.timer import TimerError
    from crawler.jobs.watchlist import WatchlistError
    from crawler.testing.recording import RecordingError

    if isinstance(error, (NotInstalled, StampingMissing, NoStore)):
        return exit_codes.USAGE, str(error)
    if isinstance(error, (WatchlistError, LoginError, NoAddress, Occupied, UnknownTable)):
        return exit_codes.USAGE, str(error)
    if isinstance(error, (CollectionLocked, RunActive)):
        return exit_codes.LOCKED, str(error)
    if isinstance(error, NotWritten):
        return exit_codes.STORAGE, str(error)
    if isinstance(error, (CollectionError, ReadError, SourceError, RecordingError, ExportError)):
        return exit_codes.UNREADABLE, str(error)
    if isinstance(error, EngineError):
        return exit_codes.ENGINE, str(error)
    if isinstance(error, TimerError):
        return exit_codes.STORAGE, str(error)
    if isinstance(error, sqlite3.Error):
        damaged = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
        remedy = (
            "move NAME.schedule.sqlite in the folder of the archives away, the next run begins a new one"
            if damaged
            else "free some space, or see who uses it"
        )
        return exit_codes.STORAGE, f"the schedule can't be kept: {error}; {remedy}"
    if isinstance(error, ArchiveError):
        return exit_codes.STORAGE, str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return exit_codes.STORAGE, f"{error.filename}: {_REASONS.get(error.errno or 0, error.strerror)}"
    if isinstance(error, OSError) and error.errno in _STORAGE:
        return exit_codes.STORAGE, f"{error.strerror}: free some space, or write elsewhere"
    return None


def _is_interrupted(error: BaseException) -> bool:
    """Whether it was Ctrl-C, also where it came while a class was made, or in DuckDB: they raise their own."""
    if type(error) is RuntimeError and str(error) == "Query interrupted":  # DuckDB 2.0, with nothing behind it
        return True
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)


def _is_short_of_memory(error: BaseException) -> bool:
    """Whether memory is what was missing for a thread, a library or a system call."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    words = str(error)
    if "static TLS block" in words:  # which a library loaded too late finds full, however much memory there is
        return False
    return isinstance(error, (RuntimeError, ImportError)) and any(sign in words for sign in _SHORT_OF_MEMORY)


_SHORT_OF_MEMORY = ("can't start new thread", "failed to map segment", "cannot allocate memory")
"""What Python, and the dynamic linker, say of it."""
_STORAGE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Failures of a write, whose exceptions don't say which file it was."""

_REASONS = {
    errno.EEXIST: "there is a file of that name; a folder is needed there, name another",
    errno.ENOTDIR: "there is a file where a folder is needed; name another place",
    errno.EISDIR: "is a folder; name a file",
    errno.ENOENT: "there is no such folder; make it first, or name another place",
    errno.EACCES: "permission denied; name another place, or change its rights",
    errno.ENOSPC: "the disk is full; free some space, or write elsewhere",
    errno.EROFS: "the file system is read-only; name another place",
}
"""Failures at a file that the exception names, with what to do."""
