"""The one alarm that a book can't hold: that it can't be kept itself, mostly for a full disk.

What was told is noted in the times of an empty file beside the book, for which a full disk has room; where there is no
room even for that, each run tells it anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from crawler.jobs.status.alarm import Alarm
from crawler.jobs.status.telling import tell
from crawler.jobs.watchlist import Alarms

KEY = "run:book"
_WRONG = "the schedule can't be kept, and nothing is captured"


def tell_unkept(error: Exception, book: Path, where: Alarms, watchlist: str, now: datetime) -> None:
    """Tell that ``book`` can't be kept, unless that was told less than ``where.repeat`` before ``now``."""
    since, told = _times(book) or (now, None)
    if told is not None and abs(now - told) < where.repeat:
        return
    alarm = Alarm(KEY, f"{_WRONG}: {error}", since)
    if len(tell(alarm, where, watchlist)) < where.ways:
        with suppress(OSError):
            _mark(book).touch()
            os.utime(_mark(book), (since.timestamp(), now.timestamp()))


def unkept(book: Path) -> Alarm | None:
    """The alarm, where the last run told it: the book itself, which can't be written, knows nothing of that run."""
    times = _times(book)
    return Alarm(KEY, f"{_WRONG}: so the last run told", times[0]) if times else None


def tell_kept(book: Path, where: Alarms, watchlist: str) -> None:
    """Tell that ``book`` can be kept again, if the contrary was told."""
    if times := _times(book):
        tell(Alarm(KEY, "the schedule can be kept again", times[0], over=True), where, watchlist)
        _mark(book).unlink(missing_ok=True)


def _times(book: Path) -> tuple[datetime, datetime] | None:
    """Since when it is so, and when it was told last."""
    try:
        mark = _mark(book).stat()
    except OSError:
        return None
    return datetime.fromtimestamp(mark.st_atime, UTC), datetime.fromtimestamp(mark.st_mtime, UTC)


def _mark(book: Path) -> Path:
    return book.with_suffix(".unkept")
