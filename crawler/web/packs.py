"""Archives as files to take away: collections as WACZ, made when they are asked for, others as they are."""

from __future__ import annotations

import threading
from pathlib import Path

from crawler.archive import Archive, Collection, ReadError, pack
from crawler.archive.layout import DATAPACKAGE, WARC_SUFFIXES
from crawler.archive.scratch import Scratch

WACZ = ".wacz"


def ending(archive: Archive) -> str | None:
    """What the name of the file ends in that an archive is taken away as; None for a folder of WARCs, which is none."""
    if isinstance(archive, Collection):
        return WACZ
    if archive.path.is_dir():
        return None
    return next((known for known in (*WARC_SUFFIXES, WACZ) if archive.path.name.endswith(known)), None)


class Packs:
    """The WACZ beside a collection where it is as new as the collection, else one made in a scratch folder."""

    def __init__(self) -> None:
        self._scratch = Scratch()
        self._lock = threading.Lock()
        self._made: dict[Path, Path] = {}
        """The file that was last made of each collection."""

    def file(self, archive: Archive) -> Path:
        """The file. Raises ``ArchiveError`` where the collection cannot be packed."""
        if not isinstance(archive, Collection):
            if archive.path.is_dir():
                raise ReadError(
                    f"{archive.path} is a folder of WARCs; `wirecopy import` makes a collection of it", archive.path
                )
            return archive.path
        try:
            changed = (archive.path / DATAPACKAGE).stat().st_mtime_ns
        except FileNotFoundError:
            raise ReadError(f"{archive.path} is no collection any more", archive.path) from None
        beside = archive.path.with_name(archive.path.name + ".wacz")
        if beside.is_file() and beside.stat().st_mtime_ns >= changed:
            return beside
        made = Path(self._scratch.name) / f"{archive.path.name}-{changed}.wacz"
        with self._lock:
            if not made.exists():
                pack(archive.path, made)
            if (older := self._made.get(archive.path)) not in (None, made):
                older.unlink(missing_ok=True)  # whoever is being sent it has it open
            self._made[archive.path] = made
        return made

    def close(self) -> None:
        """Remove what was made."""
        self._scratch.cleanup()
