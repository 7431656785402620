"""The spool of a run: the collections it writes on this machine, each in its folder, and there as long as is said."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from crawler.archive import ArchiveError
from crawler.jobs.run.retention import folder_name, outlived
from crawler.jobs.run.shift import Shift
from crawler.jobs.run.uploads import Uploads


class Spool:
    """The folders below the watchlist's ``archives``; ``uploads`` takes what is in them to its store, if it has one."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self.uploads = Uploads(shift.watchlist, self._tell_upload, shift.tally.unsent.append, shift.stopping)

    def folder(self, collection: str) -> Path:
        """Where a collection is written at present."""
        watchlist = self._shift.watchlist
        return watchlist.archives / folder_name(collection, watchlist, self._shift.started)

    def is_at_hand(self, folder: Path) -> bool:
        """Whether a collection may be written: that of a spool that was lost is fetched first."""
        tally = self._shift.tally
        try:
            if self.uploads.restore(folder):
                tally.note(f"{folder.name} was not in the spool any more, and is fetched from the store")
        except ArchiveError as error:
            tally.storage = str(error)
            return False
        return True

    def clear_out(self) -> None:
        """Delete the folders that the watchlist keeps no longer. Raises ``OSError``."""
        for folder in outlived(self._shift.watchlist, self._shift.started):
            if not self.uploads.remove(folder):
                continue
            self._shift.journal.tell("collection_deleted", folder=str(folder))
            self._shift.tally.note(f"{folder.name} has been kept as long as the watchlist says, and is deleted")
            shutil.rmtree(folder)

    def _tell_upload(self, folder: Path, sent: int, size: int, removed: Sequence[str]) -> None:
        self._shift.journal.tell("uploaded", folder=folder.name, files=sent, bytes=size, removed=list(removed))
