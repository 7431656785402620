"""The files a WACZ consists of, whether they lie in a folder or in a ZIP."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

from crawler.archive.layout import INDEX, PAGES, WARCS, files_below
from crawler.archive.store.sources import StoredSource, absent

SET_ASIDE = re.compile(r"\.(tail|damaged)\d*$")
"""Ends of the names of what was cut from a WARC and kept beside it."""
_ENCRYPTED = 0x1
"""Bit of a ZIP entry's flags (APPNOTE, 4.4.4)."""
Made = TypeVar("Made")


class Parts(Protocol):
    """Files by the names that a datapackage gives them."""

    def names(self) -> list[str]:
        """Every file there is."""

    def size(self, name: str) -> int:
        """Bytes in a file. Raises ``KeyError``."""

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file. Raises ``KeyError``, ``OSError``."""


class FolderParts:
    """The files of a folder: those that make up a WACZ, and the ledger and tables beside them left out.

    WARCs that only the store of a collection has are among them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._look_up()

    def names(self) -> list[str]:
        """WARCs, indexes, pages and what is listed beside them."""
        folders = (WARCS, str(Path(INDEX).parent), str(Path(PAGES).parent))
        files = (file for folder in folders for file in files_below(self._path / folder))
        kept = [file for file in files if not file.name.endswith((".new", ".open")) and not SET_ASIDE.search(file.name)]
        self._look_up()
        return sorted({*(file.relative_to(self._path).as_posix() for file in kept), *self._away})

    def size(self, name: str) -> int:
        """Bytes in a file. Raises ``KeyError``."""
        return self._wherever(name, lambda file: file.stat().st_size, lambda source: source.stored.size)

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file. Raises ``KeyError``, ``OSError``."""
        return self._wherever(name, lambda file: file.open("rb"), StoredSource.open)

    def _wherever(self, name: str, here: Callable[[Path], Made], there: Callable[[StoredSource], Made]) -> Made:
        """What is made of a file, or of the WARC in a store; a run may remove one here while others are looked at."""
        if name not in self._away:
            try:
                return here(self._file(name))
            except (KeyError, FileNotFoundError):
                self._look_up()
                if name not in self._away:
                    raise KeyError(name) from None
        return there(self._away[name])

    def _look_up(self) -> None:
        """See which WARCs only a store has by now."""
        self._away = {f"{WARCS}/{source.name}": source for source in absent(self._path)}

    def _file(self, name: str) -> Path:
        file = self._path / name
        if not file.is_file():
            raise KeyError(name)
        return file


class ZipParts:
    """The files of an open ZIP."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        """Every file; folders left out."""
        return sorted({name for name in self._archive.namelist() if not name.endswith("/")})

    def size(self, name: str) -> int:
        """Bytes in a file, unpacked. Raises ``KeyError``."""
        return self._archive.getinfo(name).file_size

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file, unpacked. Raises ``KeyError``, ``zipfile.BadZipFile``."""
        if self._archive.getinfo(name).flag_bits & _ENCRYPTED:
            raise zipfile.BadZipFile(f"{name} is encrypted")
        return cast(BinaryIO, self._archive.open(name))


def is_unsafe(name: str) -> bool:
    """Whether a path leads out of the folder it is unpacked in, on any system."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name
