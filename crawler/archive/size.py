"""How large files are in folders where others are at work: what they take away meanwhile is not counted.

A worker tidies its ledger, a crawl finishes the file it writes under another name, and a run removes what is in a store
by now, or whole folders that have been kept long enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG


def bytes_below(folder: Path) -> int:
    """How many bytes the files below ``folder`` have; 0 where there is none."""
    return bytes_of(Path(within, name) for within, _, names in os.walk(folder) for name in names)


def bytes_of(files: Iterable[Path]) -> int:
    """How many bytes files have. Raises ``OSError``, but for what is not there any more."""
    return sum(map(_size, files))


def _size(file: Path) -> int:
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0
    return found.st_size if S_ISREG(found.st_mode) else 0
