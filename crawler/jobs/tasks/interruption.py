"""Interruptions that Python forgets, told again: it only prints what is raised in a destructor or in a callback.

Every import ends with such a callback, so that Ctrl-C was lost every few hundred starts.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress

_MOMENT = 0.05
"""Seconds in which a destructor has ended."""


def hear_again(ignored: sys.UnraisableHookArgs) -> None:
    """Interrupt again a moment later where an interruption was ignored (``sys.unraisablehook``)."""
    if not isinstance(ignored.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(ignored)
        return
    timer = threading.Timer(_MOMENT, os.kill, (os.getpid(), signal.SIGINT))
    timer.daemon = True
    with suppress(RuntimeError):  # there are no new threads at the interpreter's end, which is what was asked for
        timer.start()
