"""The files of tables on their way to a folder here, or to the address of a store: they take the older ones' place.

All are made before any does, so that a call which fails or is interrupted leaves the older ones as they were.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from crawler.archive.scratch import Scratch
from crawler.archive.store import StoreError
from crawler.archive.store.staging import Claim, Staged, staging_at

SCRATCH = "wirecopy-"
"""What folders begin with that are there while a table is written; a process that is killed leaves its own behind."""
PART = f"{SCRATCH}part-"
"""What files begin with of which others are made."""
Place = Path | str
"""A folder or file of this machine, or the address of a store."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a file goes that is sent to a store for a call, whoever sends it."""

    folder: str
    """An address."""
    name: str
    claim: Claim
    """The call's, to what is below that address."""


Target = Path | Sent
"""Where a file goes, both with its ``name``."""


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
    def target(self, name: str) -> Target:
        """Where :func:`deliver` is to bring a file, on whatever machine that is called."""

    @abstractmethod
    def part(self, name: str) -> Target:
        """Where :func:`deliver` is to bring a file to make others of, which no other call has."""

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
    def bring(self, part: Target, staged: Staged | None) -> Path:
        """Have a :meth:`part` in ``folder``, with what :func:`deliver` returned where it was made."""

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
    from crawler.export.folder_delivery import FolderDelivery
    from crawler.export.store_delivery import StoreDelivery

    if isinstance(place, Path):
        return FolderDelivery(place, kind, numbered)
    return StoreDelivery(place, is_mine, numbered)


def deliver(target: Target, make: Callable[[Path], Made]) -> tuple[Made, Staged | None]:
    """Have ``make`` write a file, and bring it to ``target``; what it returned, and what the delivery is to accept.

    Nothing stays in a store of what comes there when the call that it is for has ended, or another has begun. Raises
    ``StoreError``, ``OSError``, and what ``make`` raises.
    """
    if isinstance(target, Path):
        return make(target), None
    with Scratch() as scratch:
        file = Path(scratch) / target.name
        made = make(file)
        staging = staging_at(target.folder)
        staged = staging.put(target.name, file)
    if not staging.stands(target.claim):
        staging.discard(staged)
        raise dropped(target.folder)
    return made, staged


def dropped(address: str) -> StoreError:
    """That a call has lost an address to another."""
    return StoreError(
        f"{address}: what was sent there was dropped by another call that writes there; run again", address
    )


def to_the_end(do: Callable[[], None]) -> None:
    """Do something that Ctrl-C, which a thread does not hear, may interrupt when it is over."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()
