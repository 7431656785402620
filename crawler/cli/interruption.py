"""What a call leaves that was interrupted, in words: it depends on what the verb was about to do."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

_CAPTURES = frozenset({"demo", "capture", "discover", "run", "worker", "record", "newsite"})
_WHOLE = frozenset({"extract", "stories", "export"})
"""Verbs that put what they write in place as a whole, or print."""


def left_of(options: argparse.Namespace) -> str:
    """What is there now, and how to go on; nothing where there is nothing to tell."""
    if options.verb in _CAPTURES:
        return "what was captured until now is kept"
    if options.verb == "import":
        return "what was taken over until now is kept; the same call goes on from there"
    if options.verb not in _WHOLE:
        return ""
    target = options.output
    if target is not None and _is_replaced(target):
        return f"{target} is as it was before; call again to have it written"
    return "what was printed until now is not all; call again for that"


def _is_replaced(target: Path | str) -> bool:
    """Whether what is written takes the old one's place at the end; a pipe or device gets it as it comes."""
    with suppress(OSError):
        return not isinstance(target, Path) or not target.exists() or target.is_file() or target.is_dir()
    return True
