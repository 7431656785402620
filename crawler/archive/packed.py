"""A WACZ as an archive: its WARCs are read in place, and found by its own index."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from crawler.archive.base import Archive
from crawler.archive.cdxj import look_up, nearest
from crawler.archive.errors import ReadError, explain_reading
from crawler.archive.layout import WARC_SUFFIXES
from crawler.archive.reader import Damage, read_records
from crawler.archive.row import Row
from crawler.archive.scan import scan
from crawler.archive.scratch import subfolder
from crawler.archive.source import Source
from crawler.archive.window import BROKEN, ZippedSource
from crawler.model import Capture

_BEGIN = re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|WARC/1\.")
_BEFORE = 8192
"""Request and metadata of an exchange lie before its response; together they are rarely a kilobyte."""
_INDEX_LEAST, _INDEX_RATIO = 16 << 20, 100
"""An index is ten to twenty times its compressed size; what grows further is a bomb, once it is worth a word."""
_INDEXES = (".cdxj", ".cdx", ".cdx.gz", ".cdxj.gz")


class PackedArchive(Archive):
    """The WARCs of a WACZ. ``opening`` opens it anew, ``path`` is what it is called.

    Raises ``ReadError`` where it is none, ``OSError``.
    """

    def __init__(self, path: Path, opening: Callable[[], BinaryIO]) -> None:
        self._opening = opening
        try:
            with opening() as file, zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
        except BROKEN as error:
            raise ReadError(f"{path} is no whole WACZ: {error}; a sound copy of it is needed", path) from error
        warcs = [entry for entry in entries if entry.filename.endswith(WARC_SUFFIXES)]
        if not warcs:
            raise ReadError(f"{path} is a zip without WARCs, no WACZ", path)
        super().__init__(path, [ZippedSource(opening, entry) for entry in warcs])
        self._indexes = [entry for entry in entries if entry.filename.endswith(_INDEXES)]
        self._looked: list[Path] | None = None

    def find(self, url: str, at: datetime | None = None) -> Capture | None:
        """The capture of ``url`` nearest in time to ``at``, or the latest, by the index that is packed with it.

        Without one, or where it names no record that can be read, all WARCs are gone through.
        """
        try:
            return self._find(url, at)
        except OSError as error:  # the file went, or is out of reach
            raise explain_reading(error, self.path) from error

    def _find(self, url: str, at: datetime | None) -> Capture | None:
        if not self._unpacked():
            return super().find(url, at)
        entries = (entry for index in self._unpacked() for entry in look_up(index, url))
        entry = nearest((entry for entry in entries if entry.filename in self.sources), url, at)
        if entry is None:
            return None
        source = self.sources[entry.filename]
        row = _row_at(source, entry.offset)
        if row is None or row.type == "revisit":
            return super().find(url, at)  # what a revisit refers to is found by going through all
        return self._found(row)

    def _unpacked(self) -> list[Path]:
        """The packed indexes as files that can be searched by halves."""
        if self._looked is None:
            folder = Path(self._closing.enter_context(subfolder()))
            looked: list[Path] = []
            with self._opening() as file, zipfile.ZipFile(file) as archive:
                for number, entry in enumerate(self._indexes):
                    target = folder / f"{number}.cdxj"
                    try:
                        with archive.open(entry) as packed, target.open("wb") as out:
                            _copy(gzip.GzipFile(fileobj=packed) if _is_gzip(entry) else packed, out, entry)
                    except (*BROKEN, gzip.BadGzipFile) as error:
                        self.note(Damage(entry.filename, 0, f"the index can't be read: {error}"))
                        looked = []
                        break
                    looked.append(target)
            self._looked = looked  # all at once: another thread that found a part of them would find no capture
        return self._looked

    def close(self) -> None:
        """Let go of the indexes."""
        super().close()
        self._looked = None


def _copy(packed: IO[bytes] | gzip.GzipFile, out: BinaryIO, entry: zipfile.ZipInfo) -> None:
    """Raises ``zipfile.BadZipFile`` for an index that unpacks to more than any index does."""
    most = _INDEX_LEAST + _INDEX_RATIO * entry.compress_size
    while piece := packed.read(1 << 18):
        most -= len(piece)
        if most < 0:
            raise zipfile.BadZipFile(f"it unpacks to more than {_INDEX_RATIO} times its size")
        out.write(piece)


def _row_at(source: Source, offset: int) -> Row | None:
    """The capture whose response lies at ``offset``, with what the records just before it say of it."""
    with source.open() as file:
        start = max(0, offset - _BEFORE)
        file.seek(start)
        before = file.read(offset - start)
    begins = [start + match.start() for match in _BEGIN.finditer(before)]
    for begin in (*begins, offset):
        unread: list[Damage] = []
        for found in scan(read_records(source, unread.append, begin), source.name, unread.append):
            if found.row.offset == offset and not unread:
                return found.row
            if found.row.offset >= offset or unread:
                break
    return None


def _is_gzip(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(".gz")
