"""Standard streams that whoever started the program had closed (``>&-``), as some timers and supervisors do."""

from __future__ import annotations

import os
import sys


def open_closed() -> None:
    """Put the null device where a standard stream is closed, so that what is printed there is dropped.

    Else the next file that is opened, a WARC for one, takes the stream's number, and gets what a library or another
    program prints there.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            device = os.open(os.devnull, os.O_RDWR)  # the lowest number free, which is the stream's
            os.set_inheritable(device, device == number)
            setattr(sys, name, os.fdopen(device, "w" if number else "r", encoding="utf-8"))
