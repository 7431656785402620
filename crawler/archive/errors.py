"""What can go wrong with an archive, as exceptions that say what happened, where, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any


class ArchiveError(OSError):
    """An archive could not be read or written; ``path`` is where."""

    def __init__(self, message: str, path: Path | str) -> None:
        super().__init__(message)
        self.path = Path(path)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes back from another process."""
        return type(self), (str(self), self.path), {"errno": self.errno}


class ReadError(ArchiveError):
    """What was to be read as an archive is none, or cannot be read."""


class CollectionError(ArchiveError):
    """A folder that is no collection, or one of a layout this version does not know."""


class CollectionLocked(CollectionError):  # noqa: N818 - says what is the case, not that it is an error
    """Another process is writing the collection."""


class LedgerDamaged(ArchiveError):  # noqa: N818 - says what is the case
    """A ledger that SQLite cannot read; it can be made again from the WARCs."""


def explain(error: OSError, doing: str, path: Path | str) -> ArchiveError:
    """``error`` as one line that names the path and the remedy."""
    if isinstance(error, ArchiveError):
        return error
    remedy = _REMEDIES.get(type(error)) or _REMEDIES_BY_NUMBER.get(error.errno or 0, "")
    reason = error.strerror or str(error)
    explained = ArchiveError(f"cannot {doing} {path}: {reason}{remedy}", path)
    explained.errno = error.errno
    return explained


def explain_reading(error: OSError, path: Path | str) -> ArchiveError:
    """``error`` while an archive was read, as one line that names the path and the remedy."""
    if isinstance(error, ArchiveError):
        return error
    remedy = "; make it readable for this user" if isinstance(error, PermissionError) else ""
    explained = ReadError(f"cannot read the archive {path}: {error.strerror or error}{remedy}", path)
    explained.errno = error.errno
    return explained


_REMEDIES: dict[type[OSError], str] = {
    PermissionError: "; make it writable for this user, or name another place",
    FileNotFoundError: "; check the path, or name another place",
    NotADirectoryError: "; a folder is needed there, name another place",
}
NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""What a file system says that keeps no locks, as some network shares do."""
_REMEDIES_BY_NUMBER = {
    **dict.fromkeys(NO_LOCKS, "; two writers are kept apart by locks of the file system: name a place on another one"),
    errno.ENOSPC: "; free some space and run again, what was captured so far is kept",
    errno.EDQUOT: "; the quota is used up: free some space and run again, what was captured so far is kept",
    errno.EFBIG: "; the file may grow no further (ulimit -f): what was captured so far is kept",
    errno.EROFS: "; name another place",
    errno.EIO: "; the disk failed: run again on a sound one, what was captured so far is kept",
}
