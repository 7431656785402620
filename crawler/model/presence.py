"""Whether anything lies at a path, as every Python tells it: from 3.14 on, its own word for what is shut away is no."""

from __future__ import annotations

import errno
from pathlib import Path

_NOTHING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP})


def is_there(path: Path) -> bool:
    """Whether there is a file or folder. Raises ``OSError`` where that cannot be known, as below a shut folder."""
    try:
        path.stat()
    except OSError as error:
        if error.errno in _NOTHING:
            return False
        raise
    return True
