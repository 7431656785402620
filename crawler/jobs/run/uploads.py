"""The store of a watchlist: what a run captures into the spool goes there, WARC by WARC while it captures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from crawler.archive import ArchiveError
from crawler.archive.layout import is_collection
from crawler.archive.store import push, push_warcs, remove_pushed, restore, waiting
from crawler.archive.store.address import below
from crawler.jobs.watchlist import Watchlist

PAUSE = 2.0
"""Seconds between looks for a WARC that was finished."""
_LONGEST_PAUSE = 300.0
"""Seconds between two tries at a store that fails."""
_LOOK = 0.2
"""Seconds between two looks at whether the run is to stop."""
_PARTING = 10.0
"""Seconds that a run which is to stop waits for a part that is being sent."""
Told = Callable[[Path, int, int, Sequence[str]], None]
"""Told the folder, the files and bytes that were sent, and the WARCs that left this machine."""


class _Stopped(Exception):  # noqa: N818 - a state of the run, and no error of anyone
    """The run is to stop: what was sent counts, and the next run goes on with the rest."""


class Uploads:
    """Does nothing for a watchlist whose archives are a folder.

    ``fault`` is told a line for each collection that could not be stored whole: that stops no capture, since all of it
    is in the spool, and the next run goes on with it.
    """

    def __init__(
        self, watchlist: Watchlist, told: Told, fault: Callable[[str], None], stopping: Callable[[], bool]
    ) -> None:
        self.store = watchlist.store
        self.archives = watchlist.archives
        self._told = told
        self._fault = fault
        self._stopping = stopping

    def restore(self, folder: Path) -> bool:
        """Fetch what a spool needs of a collection that is in the store and not on this machine.

        Raises ``ArchiveError``: a collection must not be begun anew beside the one that is there.
        """
        return self.store is not None and restore(folder, self._address(folder), self.store.access)

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Send the WARCs that are finished while the block goes on, whoever writes them."""
        if self.store is None:
            yield
            return
        over = threading.Event()
        thread = threading.Thread(target=self._send_finished, args=(over,), name="uploads", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            while thread.is_alive() and not self._stopping():
                thread.join(_LOOK)
            thread.join(_PARTING)  # else what it has under way is sent anew by the next run

    def finish(self, now: datetime) -> None:
        """Bring the store up to date with every collection of the spool."""
        if self.store is None:
            return
        for folder in self._collections():
            if self._stopping():
                return
            try:
                pushed = push(
                    folder, self._address(folder), self.store.access,
                    keep=self.store.keep_local, progress=self._go_on, now=now,
                )  # fmt: skip
            except _Stopped:
                return
            except ArchiveError as error:
                self._fault(str(error))
                continue
            if pushed.sent or pushed.removed:
                self._told(folder, pushed.sent, pushed.size, pushed.removed)

    def remove(self, folder: Path) -> bool:
        """Delete what the store has of a collection; false where that failed, and the folder has to stay."""
        if self.store is None:
            return True
        try:
            remove_pushed(folder, self._address(folder))
        except ArchiveError as error:
            self._fault(str(error))
            return False
        return True

    def _send_finished(self, over: threading.Event) -> None:
        assert self.store is not None
        pause = PAUSE
        while not over.wait(pause):
            try:
                for folder in self._collections():
                    if not over.is_set() and waiting(folder, self._address(folder)):
                        push_warcs(folder, self._address(folder), self.store.access, progress=self._go_on)
                pause = PAUSE
            except _Stopped:
                return
            except OSError:
                pause = min(2 * pause, _LONGEST_PAUSE)  # told when the run ends, if it lasts

    def _go_on(self, _: int) -> None:
        """Told of every part that was sent. Raises ``_Stopped``."""
        if self._stopping():
            raise _Stopped

    def _collections(self) -> list[Path]:
        return [folder for folder in sorted(self.archives.iterdir()) if is_collection(folder)]

    def _address(self, folder: Path) -> str:
        assert self.store is not None
        return below(self.store.address, folder.name)
