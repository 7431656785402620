"""A file read in place by ranges, wherever it is: of a large archive comes what is asked for.

Read from one place to another, a file is fetched in ever larger pieces; where records are looked up here and there, in
small ones.
"""

from __future__ import annotations

import errno
import io
from collections import OrderedDict
from itertools import count
from threading import Lock
from typing import Any, Protocol

BLOCK = 1 << 18
"""Bytes in a block."""
AHEAD = 32
"""Blocks fetched at once at most, when a file is read from one place on: 8 MiB."""
_KEPT = 128
"""Blocks held in memory: 32 MiB."""
_IDS = count()


class Ranges(Protocol):
    """A file of which parts can be had."""

    name: str
    """What it is called in errors."""
    size: int | None
    """Its bytes; None until something was fetched."""

    def fetch(self, start: int, size: int) -> bytes:
        """``size`` bytes from ``start`` on, fewer only at the end. Raises ``OSError``."""


class BlockCache:
    """The latest blocks of some files. From any thread."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, file: int, number: int) -> bytes | None:
        """A block, if it is held."""
        with self._lock:
            if (file, number) not in self._blocks:
                return None
            self._blocks.move_to_end((file, number))
            return self._blocks[file, number]

    def put(self, file: int, number: int, data: bytes) -> None:
        """Hold a block, and let go of the one that was not asked for longest."""
        with self._lock:
            self._blocks[file, number] = data
            if len(self._blocks) > _KEPT:
                self._blocks.popitem(last=False)


class Blocks:
    """The blocks of one file, the latest of them held in ``cache``. From any thread."""

    def __init__(self, ranges: Ranges, cache: BlockCache) -> None:
        self.name = ranges.name
        self._id = next(_IDS)
        self._ranges = ranges
        self._cache = cache
        self._lock = Lock()
        self._next = -1
        self._run = 0

    @property
    def size(self) -> int:
        """Bytes of the file. Raises ``OSError`` where it can't be reached."""
        if self._ranges.size is None:
            self.block(0)
        assert self._ranges.size is not None
        return self._ranges.size

    def block(self, number: int) -> bytes:
        """The bytes of one block. Raises ``OSError``."""
        if (held := self._cache.get(self._id, number)) is not None:
            return held
        with self._lock:
            if (held := self._cache.get(self._id, number)) is not None:
                return held
            self._run = self._run + 1 if number == self._next else 0
            ahead = min(1 << max(0, self._run - 1), AHEAD)
            start, size = number * BLOCK, ahead * BLOCK
            if self._ranges.size is not None:
                size = min(size, self._ranges.size - start)
            data = self._ranges.fetch(start, size)
            for each in range(ahead):
                if each == 0 or each * BLOCK < len(data):
                    self._cache.put(self._id, number + each, data[each * BLOCK : (each + 1) * BLOCK])
            self._next = number + ahead
            return data[:BLOCK]


class RangeFile(io.RawIOBase):
    """A file that is read by ranges, seekable; several may share its blocks."""

    def __init__(self, blocks: Blocks) -> None:
        super().__init__()
        self._blocks = blocks
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._blocks.size}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, "a place before the file's first byte", self._blocks.name)
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """The place in the file."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` from here on; 0 at the end of the file."""
        if self._at >= self._blocks.size:
            return 0
        number, within = divmod(self._at, BLOCK)
        data = self._blocks.block(number)[within : within + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
