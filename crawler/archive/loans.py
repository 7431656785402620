"""Payloads that a collection has from those beside it, copied into it: what makes it whole by itself again."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from crawler import __version__
from crawler.archive.collection import Collection
from crawler.archive.errors import CollectionError
from crawler.archive.payloads import holder_beside
from crawler.archive.recorder import Recorder
from crawler.archive.row import Row


def bring_home(collection: Path | str) -> int:
    """Copy into ``collection``, record by record, every payload that its revisits refer to in collections beside it.

    Returns how many were copied. Raises ``CollectionError`` where one is nowhere to be found, ``ArchiveError``.
    """
    path = Path(collection)
    found: dict[str, tuple[Path, Row]] = {}
    with Collection(path) as borrowing:
        for row in borrowing.index().borrowing():
            holder = holder_beside(path, row)
            if holder is None:
                raise CollectionError(
                    f"{path}: the payload of {row.url} is in record {row.refers_to} of another collection, "
                    "which is not beside this one: put it there again",
                    path,
                )
            found[holder[1].id] = holder
    if not found:
        return 0
    with ExitStack() as opened:
        recorder = opened.enter_context(Recorder(path, software=f"wirecopy/{__version__}"))
        lenders = {place: opened.enter_context(Collection(place)) for place, _ in found.values()}
        copied = [recorder.copy(lenders[place].raw_exchange(row)) for place, row in found.values()]
        for promise in copied:
            promise.result()
    return len(found)
