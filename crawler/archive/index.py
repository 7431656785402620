"""Making index, ledger and datapackage of a collection again from its WARCs: what ``wirecopy index`` does."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from crawler.archive.cdxj import write_index
from crawler.archive.datapackage import altered, write_datapackage
from crawler.archive.errors import CollectionError, explain
from crawler.archive.layout import INDEX, WARCS, prepare
from crawler.archive.ledger import Ledger
from crawler.archive.lock import Lock
from crawler.archive.pages import write_first_pages
from crawler.archive.reader import Damage, read_records
from crawler.archive.recovery import finish_open, measured, open_ledger
from crawler.archive.row import Row
from crawler.archive.scan import scan
from crawler.archive.source import Source
from crawler.archive.store.sources import warc_sources
from crawler.model.presence import is_there


def rebuild_index(
    collection: Path | str,
    *,
    progress: Callable[[int], None] | None = None,
    damage: Callable[[Damage], None] | None = None,
) -> int:
    """Go through the WARCs of a collection and write ledger, CDXJ and datapackage anew; failures in the ledger stay.

    Finishes what a killed crawl left open. ``progress`` is told how many more bytes of the WARCs were read, ``damage``
    what could not be read and which files are not those that were captured; the digests of such files stay as they
    were. Returns the number of captures. Raises ``CollectionLocked`` while a crawl runs,
    ``CollectionError`` where ``collection`` holds no WARC folder, ``ArchiveError`` where it cannot be written.
    """
    path = Path(collection)
    if not (is_there(path / WARCS) and (path / WARCS).is_dir()):
        raise CollectionError(f"{path} has no folder {WARCS} with WARCs: check the path", path)
    try:
        with Lock(path):
            prepare(path)
            return _build(path, progress or _nobody, damage or _nobody)
    except OSError as error:
        raise explain(error, "index", path) from error


def _build(path: Path, progress: Callable[[int], None], damage: Callable[[Damage], None]) -> int:
    ledger = open_ledger(path, checked=True)
    try:
        finish_open(path, ledger)
        ledger.clear_captures()
        for source in warc_sources(path):
            _enter(source, ledger, progress, damage)
        ledger.commit()
        write_index(ledger, path / INDEX)
        write_first_pages(ledger, path)
        captures = ledger.count()
    finally:
        ledger.close()
    for name, problem in altered(path):
        damage(Damage(Path(name).name, 0, problem))
    write_datapackage(path)
    return captures


def _enter(source: Source, ledger: Ledger, progress: Callable[[int], None], damage: Callable[[Damage], None]) -> None:
    with source.open() as opened:
        size, read = opened.seek(0, io.SEEK_END), 0
    if not size:
        damage(Damage(source.name, 0, "the file is empty"))

    def rows() -> Iterator[Row]:
        nonlocal read
        for row, _, _ in scan(read_records(source, damage), source.name, damage, measuring=True):
            yield measured(row, ledger)
            end = row.offset + row.length
            progress(end - read)
            read = end

    ledger.enter(rows())
    ledger.enter_file(source.name, size)
    progress(size - read)


def _nobody(_: object) -> None:
    """Told something, does nothing."""
