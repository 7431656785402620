"""Any archive there is, verified: a WARC, a folder of them, a collection, a WACZ."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from crawler.archive.errors import ArchiveError, ReadError, explain_reading
from crawler.archive.frames import is_zstd
from crawler.archive.layout import DATAPACKAGE, LEDGER, OPEN, WARC_SUFFIXES, WARCS, files_below, is_collection
from crawler.archive.ledger import Ledger
from crawler.archive.lock import Lock
from crawler.archive.payloads import holder_beside
from crawler.archive.size import bytes_of
from crawler.archive.source import FileSource
from crawler.archive.store.sources import KeptSource, absent
from crawler.archive.verify.finding import Finding, Sink, Teller, Verdict
from crawler.archive.verify.folder import check_folder
from crawler.archive.verify.register import Register
from crawler.archive.verify.relations import Beside, check_relations
from crawler.archive.verify.wacz import check_wacz
from crawler.archive.verify.warcs import check_warc

SUFFIXES = (*WARC_SUFFIXES, f".warc{OPEN}", f".warc.gz{OPEN}")


def verify(
    path: Path | str,
    tell: Callable[[Finding], None],
    *,
    progress: Callable[[int], None] | None = None,
    roots: Path | None = None,
) -> Verdict:
    """Check the archive at ``path`` and hand every finding to ``tell``; the verdict is that of the gravest.

    A collection or unpacked WACZ, a WARC, a folder of WARCs, or a WACZ file. Memory stays flat: blocks are read in
    pieces, and what records say of one another is kept in a temporary file. ``progress`` is told how many more bytes
    were read. ``roots`` is a file of trusted certificates (PEM) for signatures and time stamps.

    Raises ``ReadError`` where there is no archive, ``CollectionLocked`` while a crawl is writing it, ``ArchiveError``
    where the folder for temporary files is full.
    """
    path = Path(path)
    verdict = Verdict.SOUND

    def note(finding: Finding) -> None:
        nonlocal verdict
        verdict = max(verdict, Verdict.of(finding.severity))
        tell(finding)

    try:
        _check(path, note, progress or _nobody, roots)
    except OSError as error:
        raise explain_reading(error, path) from error
    except sqlite3.Error as error:
        raise ArchiveError(
            f"cannot check {path}: the folder for temporary files {gettempdir()} does not hold what has to be kept of"
            f" it ({error}); free some space there, or name another in TMPDIR",
            path,
        ) from error
    return verdict


def size_of(path: Path) -> int:
    """The bytes that verifying ``path`` will read of WARCs. Raises ``OSError``."""
    if not path.is_dir():
        return path.stat().st_size
    return bytes_of(_warcs(path)) + sum(source.stored.size for source in absent(path))


def _check(path: Path, sink: Sink, progress: Callable[[int], None], roots: Path | None) -> None:
    if path.is_dir():
        with Lock(path, writing=False):
            _check_dir(path, sink, progress, roots)
        return
    if not path.is_file():
        raise ReadError(f"{path} is neither a file nor a folder", path)
    with path.open("rb") as file:
        start = file.read(9)
    if start[:2] == b"PK" or path.suffix == ".wacz":
        check_wacz(path, sink, progress, roots)
        return
    known = start[:2] == b"\x1f\x8b" or start[:4].upper() == b"WARC" or start[:4] == b"file" or is_zstd(start)
    if not known and not path.name.endswith(SUFFIXES):
        raise ReadError(f"{path} is no archive: a collection folder, .warc, .warc.gz, .warc.zst or .wacz is due", path)
    with Register(sink) as register:
        check_warc(FileSource(path, path.name), Teller(path.name, sink), register, progress)
        register.complete()
        check_relations(register)


def _check_dir(path: Path, sink: Sink, progress: Callable[[int], None], roots: Path | None) -> None:
    package = (path / DATAPACKAGE).exists() or (path / WARCS).is_dir()
    files = _warcs(path)
    away = absent(path) if package else []
    if not files and not package:
        raise ReadError(f"{path} holds no .warc, .warc.gz or .warc.zst", path)
    with Register(sink) as register:
        for file in files:
            shown = file.relative_to(path).as_posix()
            teller = Teller(shown, sink)
            if file.name.endswith(OPEN):
                teller.tell("file-unfinished", "left by a crawl that was killed: `wirecopy repair` finishes it", 0)
            try:
                check_warc((KeptSource if package else FileSource)(file, file.name), teller, register, progress)
            except OSError as error:
                teller.tell("file-unreadable", error.strerror or str(error))
        for source in away:
            teller = Teller(f"{WARCS}/{source.name}", sink)
            try:
                check_warc(source, teller, register, progress)
            except OSError as error:
                teller.tell("file-unreadable", error.strerror or str(error))
        register.complete()
        with _looking_beside(path) as beside:
            check_relations(register, beside)
        if package:
            check_folder(path, sink, register, roots)


@contextmanager
def _looking_beside(path: Path) -> Iterator[Beside | None]:
    """A look into the collections beside a collection, which its revisits may refer to (``--deduplicate-beside``)."""
    if not (is_collection(path) and (path / LEDGER).exists()):
        yield None
        return
    try:
        ledger = Ledger(path / LEDGER, writing=False)
    except ArchiveError:  # told where the ledger is checked
        yield None
        return

    def look(record: str) -> tuple[Any, ...] | None:
        row = ledger.get(record) if record else None
        held = holder_beside(path, row) if row else None
        if held is None:
            return None
        where, original = held
        date = original.moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
        return original.type, original.url, date, original.payload_digest, where.name

    with closing(ledger):
        yield look


def _warcs(path: Path) -> list[Path]:
    return [file for file in files_below(path) if file.name.endswith(SUFFIXES)]


def _nobody(_: int) -> None:
    """Told of progress, does nothing."""
