"""How many files a crawl may hold open: each connection is one, and so is each response that is too big for memory."""

from __future__ import annotations

import errno
import resource
from contextlib import suppress

MOST = 8192
"""Enough for the connections that a crawl has, or keeps for a next request."""
NO_FILE_FREE = frozenset({errno.EMFILE, errno.ENFILE})
"""What is said where all are taken; connections end all the time, and then some are free."""


def allow_many() -> None:
    """Let this process open ``MOST`` files, where it may say so itself: systems begin with 1,024, or with 256."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
