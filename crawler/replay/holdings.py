"""What is held below a folder: every collection, WACZ and WARC in it, looked up as one archive.

Look-ups halve the CDXJ files on the disk, so that memory does not grow with the archive. An archive without one gets a
temporary one. What a crawl adds is seen once the collection's index was written and :meth:`Holdings.keep_fresh` looks.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from heapq import merge
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import urljoin

from crawler.archive import Archive, ReadError, open_archive
from crawler.archive.cdxj import Entry, between, of_key, write_index
from crawler.archive.damage import nothing_readable
from crawler.archive.layout import INDEX, WARC_SUFFIXES, is_collection
from crawler.archive.scratch import Scratch
from crawler.archive.surt import surt
from crawler.model import Capture
from crawler.model.presence import is_there

_SUFFIXES = (*WARC_SUFFIXES, ".wacz")
_FOUND = 4096
"""Look-ups that are remembered."""
CHECK_EVERY = 2.0
"""Seconds between two looks for what is new."""
_STILL_ASKED = 30.0
"""Seconds for which an archive that was replaced stays open, for the threads that are at it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A capture, and the archive that holds it by the name it has below the folder."""

    archive: str
    capture: Capture

    def open(self) -> BinaryIO:
        """The entity body. Raises ``ArchiveError`` where it cannot be read."""
        return self.capture.open_body()


@dataclass(frozen=True, slots=True)
class _Shelf:
    """An open archive with its index."""

    name: str
    archive: Archive
    index: Path
    stamp: tuple[int, int]


class Holdings:
    """The archives below ``root``, or the one that ``root`` is; thread-safe. Close it, or use a ``with`` block.

    Raises ``ReadError`` where ``root`` does not exist.
    """

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)
        if not is_there(self.root):
            raise ReadError(f"{self.root}: there is no such folder or archive", self.root)
        self._lock = threading.Lock()
        self._shelves: dict[str, _Shelf] = {}
        self._closing = ExitStack()
        self._scratch = Path(self._closing.enter_context(Scratch()))
        self.problems: dict[str, str] = {}
        """Archives that could not be opened, each with the reason."""
        self._remembered = lru_cache(_FOUND)(self._look_up)
        self._sizes: dict[tuple[str, str], int] = {}
        self._seen: tuple[object, ...] = ()
        self._checked = 0.0
        self._retired: deque[tuple[float, Archive]] = deque()
        self.refresh()

    def names(self) -> list[str]:
        """The archives in order of name."""
        return sorted(self._shelves)

    def is_empty(self) -> bool:
        """Whether no archive has a capture to show."""
        return not any(shelf.index.stat().st_size for shelf in list(self._shelves.values()))

    def archive(self, name: str) -> Archive | None:
        """An archive by its name."""
        shelf = self._shelves.get(name)
        return shelf.archive if shelf else None

    def refresh(self) -> None:
        """Open what is new below the root, and read again what has changed."""
        with self._lock:
            self._checked = time.monotonic()
            while self._retired and self._checked - self._retired[0][0] > _STILL_ASKED:
                self._retired.popleft()[1].close()
            paths = {self._name(path): path for path in _archives(self.root)}
            seen = tuple(sorted((name, _stamp(path)) for name, path in paths.items()))
            if seen == self._seen:
                return
            self._seen = seen
            for name in set(self._shelves) - set(paths):
                self._retired.append((self._checked, self._shelves.pop(name).archive))
            self.problems = {name: why for name, why in self.problems.items() if name in paths}
            for name, path in paths.items():
                shelf = self._shelves.get(name)
                if shelf is None or shelf.stamp != _stamp(path):
                    self._open(name, path)
            self._remembered.cache_clear()

    def keep_fresh(self) -> None:
        """As :meth:`refresh`, but seldom, and never while another thread does; what cannot be looked at stays."""
        if time.monotonic() - self._checked > CHECK_EVERY and not self._lock.locked():
            with suppress(OSError):
                self.refresh()

    def find(self, url: str, at: datetime | None = None) -> Held | None:
        """The capture of ``url`` nearest in time to ``at``, or the latest; None where there is none.

        Raises ``ArchiveError`` where its record cannot be read.
        """
        return self._remembered(url, at)

    def size(self, held: Held) -> int:
        """How many bytes its entity body has: read through once, then remembered. Raises ``ArchiveError``."""
        key = (held.archive, held.capture.record.id)
        if (size := self._sizes.get(key)) is None:
            with held.open() as stream:
                size = sum(map(len, iter(lambda: stream.read(1 << 18), b"")))
            if len(self._sizes) >= _FOUND:
                self._sizes.clear()
            self._sizes[key] = size
        return size

    def has(self, url: str) -> bool:
        """Whether there is any capture of ``url``."""
        key = surt(url)
        return any(next(of_key(shelf.index, key), None) for shelf in list(self._shelves.values()))

    def of_url(self, url: str) -> list[Entry]:
        """The index lines of ``url``, earliest first."""
        key = surt(url)
        found = [entry for shelf in list(self._shelves.values()) for entry in of_key(shelf.index, key)]
        return sorted(found, key=lambda entry: entry.at)

    def between(self, first: str, end: str | None) -> Iterator[Entry]:
        """The index lines that sort at or after ``first`` and before ``end``, by key and time."""
        found = (between(shelf.index, first, end) for shelf in list(self._shelves.values()))
        return merge(*found, key=lambda entry: (entry.key, entry.at))

    def close(self) -> None:
        """Let go of every archive and of temporary indexes."""
        self._retired.extend((0.0, shelf.archive) for shelf in self._shelves.values())
        self._shelves.clear()
        while self._retired:
            self._retired.popleft()[1].close()
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self, path: Path) -> str:
        return path.name if path == self.root else path.relative_to(self.root).as_posix()

    def _open(self, name: str, path: Path) -> None:
        old = self._shelves.get(name)  # it is asked until its successor is in place
        try:
            with ExitStack() as opened:
                archive = opened.enter_context(open_archive(path))
                index = self._index(archive, path)
                opened.pop_all()
            self.problems.pop(name, None)
            self._shelves[name] = _Shelf(name, archive, index, _stamp(path))
        except OSError as error:
            self._shelves.pop(name, None)
            self.problems[name] = str(error)
        if old is not None:
            self._retired.append((self._checked, old.archive))

    def _index(self, archive: Archive, path: Path) -> Path:
        """The index of an archive, which is made where it has none. Raises ``ReadError`` where damage left nothing."""
        archive.index()  # made now, by one thread
        index = path / INDEX
        if not (path.is_dir() and index.exists()):
            index = self._scratch / f"{len(list(self._scratch.iterdir()))}.cdxj"
            write_index(archive.index(), index)
        if archive.damage and not index.stat().st_size:
            raise ReadError(nothing_readable(archive), path)
        return index

    def _look_up(self, url: str, at: datetime | None) -> Held | None:
        key = surt(url)
        found = [(entry, shelf) for shelf in list(self._shelves.values()) for entry in of_key(shelf.index, key)]

        def distance(pair: tuple[Entry, _Shelf]) -> tuple[bool, float]:
            return pair[0].url != url, abs((pair[0].at - at).total_seconds()) if at else -pair[0].at.timestamp()

        for entry, shelf in sorted(found, key=distance):
            capture = shelf.archive.find(entry.url, entry.at)
            if capture is not None and not _leads_back(capture, url):
                return Held(shelf.name, capture)
        return None


def _leads_back(capture: Capture, url: str) -> bool:
    """Whether another spelling of ``url`` was captured that only redirects to it: shown for it, it would never end."""
    if capture.url == url or capture.status is None or not 300 <= capture.status < 400:
        return False
    location = next((value for name, value in capture.headers if name.lower() == "location"), "")
    try:
        return urljoin(capture.url, location.strip()) == url
    except ValueError:
        return True


def _archives(root: Path) -> Iterator[Path]:
    if root.is_file() or is_collection(root):
        yield root
        return
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if is_collection(path) or any(file.name.endswith(_SUFFIXES) for file in path.glob("*.w*")):
                yield path
        elif path.name.endswith(".wacz"):
            # The pack of a collection beside it would show every capture twice.
            if not is_collection(path.with_suffix("")):
                yield path
        elif path.name.endswith(_SUFFIXES):
            yield path


def _stamp(path: Path) -> tuple[int, int]:
    index = path / INDEX if path.is_dir() else path
    try:
        status = index.stat() if index.exists() else path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
