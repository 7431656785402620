"""What the number means that ``wirecopy`` ends with."""

from __future__ import annotations

OK = 0
"""All that was asked for is there."""
PARTIAL = 1
"""Some of the pages named could not be captured, or some of the sources named not read; there are alarms (status)."""
USAGE = 2
"""The call's words are off, or the watchlist's: an unknown option, a malformed URL, an extra that is missing."""
UNREADABLE = 3
"""What was to be read can't be: no such file, no archive, an older layout."""
STORAGE = 4
"""What was to be written can't be: no permission, disk full, no memory; or a store (``s3://``) can't be reached."""
NOTHING = 5
"""None of the pages named could be captured."""
LOCKED = 6
"""Another process is writing to this collection, or running this watchlist."""
WARNINGS = 7
"""``verify`` found warnings and nothing worse."""
ERRORS = 8
"""``verify`` found errors."""
BLOCKED = 9
"""All that failed of a run was refused by its site."""
ENGINE = 10
"""The broker or scheduler can't be reached, or nobody works for it."""
FAULT = 70
"""An error that wirecopy should have foreseen; its traceback is printed."""
INTERRUPTED = 130
"""Stopped by the user; the line that says so tells what is there."""

EPILOG = (
    "Exit codes: 0 all there, 1 some of it, or alarms (status), 2 wrong call, 3 unreadable input, 4 can't be written, "
    "or a store can't be reached, 5 nothing captured, 6 collection or watchlist in use, 7 warnings found, 8 errors "
    "found, 9 refused by its site, 10 broker, scheduler or workers out of reach, 70 a fault of wirecopy's own, 130 "
    "interrupted."
)
