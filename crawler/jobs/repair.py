"""Repairing archives: their WARCs made whole, and in a collection all that is made from them made again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive.datapackage import forget, listed_warcs
from crawler.archive.errors import ArchiveError
from crawler.archive.layout import (
    LEDGER,
    WARCS,
    check_layout,
    is_collection,
    open_files,
    prepare,
    refuse_newer,
    warc_files,
)
from crawler.archive.ledger import Ledger
from crawler.archive.lock import Lock
from crawler.archive.recovery import not_entered, open_ledger, recover
from crawler.archive.repair import Repaired, repair_warc, warcs_at
from crawler.jobs.derive import Rebuilt, is_changed, note_changed, rebuild


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done to one path."""

    path: Path
    files: tuple[Repaired, ...]
    """Those that had to be repaired."""
    rebuilt: Rebuilt | None
    """What was made again from them; None where nothing had to be, or ``path`` is no collection."""

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        rebuilt = self.rebuilt
        return {
            "path": str(self.path),
            "files": [file.to_dict() for file in self.files],
            "rebuilt": None
            if rebuilt is None
            else {"captures": rebuilt.captures, "articles": rebuilt.articles, "problems": rebuilt.problems},
        }


def repair(path: Path, *, dry_run: bool = False, progress: Callable[[int], None] | None = None) -> Repair:
    """Repair what ``path`` is or holds: a WARC, a folder of them, a collection.

    In a collection, files that killed crawls left open are finished as the next crawl would, and index, ledger, pages
    and tables are made again where anything changed. Raises ``ReadError``, ``CollectionLocked``, ``ArchiveError``.
    """
    if not is_collection(path):
        files = [*warcs_at(path), *sorted(path.rglob("*.open"))] if path.is_dir() else warcs_at(path)
        return Repair(path, _repaired(files, dry_run, progress), None)

    refuse_newer(path)

    def changing(file: Path) -> None:
        note_changed(path)
        forget(path, [f"{WARCS}/{file.name}"])

    with Lock(path, writing=not dry_run):
        left = _finished(path, dry_run)
        repaired = _repaired(warcs_at(path), dry_run, progress, changing)
        made_whole = bool(left) or any(done.records for done in repaired)
        stale = not dry_run and (made_whole or is_changed(path) or not _is_entered(path))
    return Repair(path, (*left, *repaired), rebuild(path) if stale else None)


def _repaired(
    files: list[Path],
    dry_run: bool,
    progress: Callable[[int], None] | None,
    changing: Callable[[Path], None] | None = None,
) -> tuple[Repaired, ...]:
    found = (repair_warc(file, dry_run=dry_run, progress=progress, changing=changing) for file in files)
    return tuple(done for done in found if done is not None)


def _is_entered(path: Path) -> bool:
    """Whether the ledger, or the datapackage where there is none, knows the WARCs as they are.

    Neither does after a repair, though that was killed. A WACZ that was unzipped has no ledger.
    """
    if not (path / LEDGER).exists():
        return {f"{WARCS}/{file.name}" for file in warc_files(path)} <= listed_warcs(check_layout(path)).keys()
    try:
        with closing(Ledger(path / LEDGER, writing=False)) as ledger:
            return not not_entered(path, ledger)
    except ArchiveError:
        return False


def _finished(path: Path, dry_run: bool) -> tuple[Repaired, ...]:
    """What killed crawls left open, finished."""
    files = open_files(path)
    if dry_run or not files:
        return _repaired(files, True, None)
    prepare(path)
    with closing(open_ledger(path)) as ledger:
        return tuple(Repaired(done.file, done.captures, done.cut, done.tail, ()) for done in recover(path, ledger))
