"""A WARC file that can be read, wherever it lies; others than those on the disk are where they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


class Source(Protocol):
    """A WARC file wherever it lies."""

    @property
    def name(self) -> str:
        """What records of the file are referred to by."""

    def open(self) -> BinaryIO:
        """The file's bytes, seekable."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A WARC in the file system."""

    path: Path
    name: str

    def open(self) -> BinaryIO:
        """The file's bytes."""
        return self.path.open("rb")
