"""Paths as users write them: a leading ``~`` is their home, also where no shell has seen it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def from_home(path: Path) -> Path:
    """``path`` with its leading ``~`` as the user's home, as it stands in ``--collection=~/news`` or a watchlist."""
    if path.parts[:1] == ("~",):
        with suppress(RuntimeError):  # whose home it is can't be told
            return path.expanduser()
    return path
