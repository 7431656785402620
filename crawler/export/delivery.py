"""The files of tables on their way to a folder here, or to the address of a store: they take the older ones' place.

All are made before any does, so that a call which fails or is interrupted leaves the older ones as they were.
"""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self, TypeVar

from crawler.archive.store import StoreError
from crawler.archive.store.address import below, name_of, plain
from crawler.archive.store.manifest import FILE
from crawler.archive.store.objects import open_objects
from crawler.archive.store.staging import Staged, Staging, staging_at

SCRATCH = "wirecopy-"
"""What folders begin with that are there while a table is written; a process that is killed leaves its own behind."""
PROBE = f"{SCRATCH}probe"
"""What is begun in a store and given up, to see whether files may be written there."""
_AT_ONCE = 8
"""Files of a store that take their places at the same time."""
_OF_COLLECTIONS = ("archive", "indexes", "pages", "tables")
Place = Path | str
"""A folder or file of this machine, or the address of a store."""
Made = TypeVar("Made")


class Occupied(StoreError):  # noqa: N818 - says what is the case
    """An address where something else is than what was to be written there."""


class Numbered:
    """Files of one table that are told apart by a number, from 0: ``articles-000000.parquet`` and so on."""

    def __init__(self, stem: str, suffix: str) -> None:
        self._stem, self._suffix = stem, suffix
        self._pattern = re.compile(rf"{re.escape(stem)}-\d{{6,}}{re.escape(suffix)}")

    def name(self, number: int) -> str:
        """What a file is called."""
        return f"{self._stem}-{number:06}{self._suffix}"

    def __contains__(self, name: str) -> bool:
        return self._pattern.fullmatch(name) is not None


class Delivery(ABC):
    """A context manager; what was taken when :meth:`commit` is called takes its place, and nothing else does."""

    folder: Path
    """A folder of this machine to make files in."""

    @abstractmethod
    def target(self, name: str) -> Place:
        """Where :func:`deliver` is to bring a file, on whatever machine that is called."""

    @abstractmethod
    def where(self, name: str) -> Place:
        """What a file is called in the end."""

    @abstractmethod
    def take(self, file: Path) -> tuple[int, str]:
        """Have a file that was made in ``folder``; its size in bytes, and its SHA-256, hexadecimal."""

    @abstractmethod
    def accept(self, name: str, staged: Staged | None) -> None:
        """Have a file that was made elsewhere, with what :func:`deliver` returned there."""

    @abstractmethod
    def commit(self) -> None:
        """Have all files take their places, the last one when all others have."""

    @abstractmethod
    def __enter__(self) -> Self:
        """Begin."""

    @abstractmethod
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was not committed."""


def delivery(place: Place, kind: str, is_mine: Callable[[str], bool], numbered: Numbered | None = None) -> Delivery:
    """To a folder, or to an address.

    ``kind`` is a word, and ``is_mine`` tells the names, by which the leftovers of a killed call are known. Files that
    are ``numbered`` go when those that are delivered have other numbers.
    """
    if isinstance(place, Path):
        return _ToFolder(place, kind, numbered)
    return _ToStore(place, is_mine, numbered)


def deliver(target: Place, make: Callable[[Path], Made]) -> tuple[Made, Staged | None]:
    """Have ``make`` write a file, and bring it to ``target``; what it returned, and what the delivery is to accept.

    Raises ``StoreError``, ``OSError``, and what ``make`` raises.
    """
    if isinstance(target, Path):
        return make(target), None
    folder, _, name = target.rpartition("/")
    with TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
        file = Path(scratch) / name
        made = make(file)
        return made, staging_at(folder).put(name, file)


class _ToFolder(Delivery):
    """By a folder in the folder; whoever makes files sees both under the same paths."""

    def __init__(self, place: Path, kind: str, numbered: Numbered | None) -> None:
        self._place = place
        self._prefix = f"{SCRATCH}{kind}-"
        self._numbered = numbered
        self._names: list[str] = []

    def target(self, name: str) -> Path:
        return self.folder / name

    def where(self, name: str) -> Path:
        return self._place / name

    def take(self, file: Path) -> tuple[int, str]:
        self._names.append(file.name)
        with file.open("rb") as opened:
            return file.stat().st_size, file_digest(opened, "sha256").hexdigest()

    def accept(self, name: str, staged: Staged | None) -> None:
        self._names.append(name)

    def commit(self) -> None:
        to_the_end(self._commit)

    def _commit(self) -> None:
        for name in self._names:
            (self.folder / name).replace(self._place / name)
        if self._numbered:
            for file in self._place.iterdir():
                if file.name in self._numbered and file.name not in self._names:
                    file.unlink()

    def __enter__(self) -> Self:
        self._place.mkdir(parents=True, exist_ok=True)
        for left in self._place.glob(f"{self._prefix}*"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        self._scratch = TemporaryDirectory(prefix=self._prefix, dir=self._place.absolute(), ignore_cleanup_errors=True)
        self.folder = Path(self._scratch.name)
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.cleanup()


class _ToStore(Delivery):
    """By way of files that are staged in the store; each is on this machine only until it is."""

    def __init__(self, address: str, is_mine: Callable[[str], bool], numbered: Numbered | None) -> None:
        self._address = plain(address)
        self._is_mine = is_mine
        self._numbered = numbered
        self._staged: list[Staged] = []

    def target(self, name: str) -> str:
        return below(self._address, name)

    def where(self, name: str) -> str:
        return below(self._address, name)

    def take(self, file: Path) -> tuple[int, str]:
        staged = self._staging.put(file.name, file)
        self._staged.append(staged)
        file.unlink()
        return staged.size, staged.digest

    def accept(self, name: str, staged: Staged | None) -> None:
        assert staged
        self._staged.append(staged)

    def commit(self) -> None:
        to_the_end(self._commit)

    def _commit(self) -> None:
        published = 0
        try:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                publishing = [pool.submit(self._staging.publish, staged) for staged in self._staged[:-1]]
                wait(publishing)
            published = sum(each.exception() is None for each in publishing)
            for each in publishing:
                each.result()
            for staged in self._staged[-1:]:
                self._staging.publish(staged)
                published += 1
            self._remove_outdated()
        except StoreError as error:
            if not published:
                raise
            many = f"{published} of {len(self._staged)} files"
            raise StoreError(f"{error}; {many} of {self._address} are the new ones by now", self._address) from error
        self._staged = []

    def _remove_outdated(self) -> None:
        """Delete what an older table had more; a listing may be late, so those that follow are asked for too."""
        if self._numbered is None:
            return
        objects, mine = self._staging.objects, {staged.key for staged in self._staged}
        for name in objects.files():
            if name in self._numbered and name not in mine:
                objects.remove(name)
        number = len(mine)
        while objects.see(name := self._numbered.name(number)):
            objects.remove(name)
            number += 1

    def __enter__(self) -> Self:
        self._staging = begin_at(self._address)
        self._staging.clear(self._is_left)
        self._scratch = TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True)
        self.folder = Path(self._scratch.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.cleanup()
        try:
            for staged in self._staged:
                self._staging.discard(staged)
            self._staging.clear(self._is_left)  # what workers began and did not finish, too
        except StoreError:
            if error is None:  # else the first error counts, and the next call drops what is left
                raise

    def _is_left(self, name: str) -> bool:
        return name == PROBE or self._is_mine(name)


def begin_at(address: str) -> Staging:
    """Where the files of tables are staged at an address, once the store was seen to let files be written there.

    Raises ``Occupied`` where a file or a collection is, ``StoreError``.
    """
    staging = staging_at(address)
    objects = staging.objects
    parent, _, name = address.rpartition("/")
    is_bucket = parent.endswith("/")
    if not is_bucket and objects.see("") is not None:
        raise Occupied(f"{address} is a file; name a folder with -o", address)
    if objects.see(FILE) is not None:
        raise Occupied(f"{address} is a collection; name another address with -o", address)
    if not is_bucket and name in _OF_COLLECTIONS and open_objects(parent).see(FILE) is not None:
        raise Occupied(f"{address} belongs to the collection {name_of(parent)}; name another with -o", address)
    staging.open(PROBE).discard()
    return staging


def to_the_end(do: Callable[[], None]) -> None:
    """Do something that Ctrl-C, which a thread does not hear, may interrupt when it is over."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()
