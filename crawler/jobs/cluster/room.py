"""Whether a worker can write its collections at all: where it can't, as on a full disk, others may do its jobs."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from tempfile import TemporaryFile

from crawler.jobs.cluster.presence import WAKE
from crawler.jobs.run.apart import Stopping

ROOM = 64 * 2**20
"""Bytes that have to be free: a page with its pictures is mostly smaller."""
_UNKNOWN = frozenset((errno.EOPNOTSUPP, errno.EINVAL))
"""File systems that can't reserve room: whether there is any is not known before it is written."""
LOOK_AGAIN = 10.0
"""Seconds between two looks whether there is room again."""


def why_unwritable(folder: Path) -> OSError | None:
    """Why ``folder`` takes no more files, as tried; None where it does."""
    try:
        with TemporaryFile(dir=folder) as file:
            os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError as error:
        return None if error.errno in _UNKNOWN else error
    return None


def becomes_writable(folder: Path, stopping: Stopping) -> bool:
    """Wait until ``folder`` takes files again; False where ``stopping()`` comes first."""
    looked = time.monotonic()
    while not stopping():
        if time.monotonic() - looked >= LOOK_AGAIN:
            if why_unwritable(folder) is None:
                return True
            looked = time.monotonic()
        time.sleep(WAKE)
    return False
