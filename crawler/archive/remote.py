"""A file on a web server, read in place by ranges (RFC 9110, section 14): of a large WACZ comes what is asked for."""

from __future__ import annotations

import io
import urllib.request
from collections import OrderedDict
from http.client import HTTPException
from typing import Any

from crawler import __version__

BLOCK = 1 << 18
"""Bytes asked for at once."""
_KEPT = 128
"""Blocks held in memory: 32 MiB."""
_PATIENCE = 60.0


def is_remote(place: object) -> bool:
    """True for the address of a file on a web server."""
    return isinstance(place, str) and place.startswith(("https://", "http://"))


class RemoteBlocks:
    """The blocks of the file at ``url``, the latest of them held in memory.

    Raises ``OSError`` where the server can't be reached, does not serve ranges, or has put another file in its place.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        self._state: tuple[str | None, int] | None = None
        self.block(0)

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._state[1] if self._state else 0

    def block(self, number: int) -> bytes:
        """The bytes of one block."""
        if number in self._blocks:
            self._blocks.move_to_end(number)
            return self._blocks[number]
        data = self._fetch(number * BLOCK, BLOCK if self._state is None else min(BLOCK, self.size - number * BLOCK))
        self._blocks[number] = data
        if len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return data

    def _fetch(self, start: int, size: int) -> bytes:
        fields = {"Range": f"bytes={start}-{start + size - 1}", "User-Agent": f"wirecopy/{__version__}"}
        request = urllib.request.Request(self.url, headers=fields)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                if answer.status != 206:
                    raise OSError(95, "the server does not serve parts of files (Range); download it first", self.url)
                state = answer.headers["ETag"], int(str(answer.headers["Content-Range"]).rpartition("/")[2])
                data: bytes = answer.read(size)
        except (HTTPException, ValueError) as error:
            raise OSError(71, f"not understood: {error}", self.url) from error
        except OSError as error:
            reason = getattr(error, "reason", error)  # urllib wraps what the system said
            words = reason.strerror if isinstance(reason, OSError) else str(error)
            raise OSError(error.errno or 5, words or str(reason), self.url) from error
        if self._state is not None and state != self._state:
            raise OSError(116, "another file has taken its place while it was read", self.url)
        self._state = state
        if len(data) < min(size, state[1] - start):
            raise OSError(5, "the server broke off", self.url)
        return data


class RemoteFile(io.RawIOBase):
    """A file on a web server, seekable; several may share its blocks."""

    def __init__(self, blocks: RemoteBlocks) -> None:
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
            raise OSError(22, "a place before the file's first byte", self._blocks.url)
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
