"""The bytes one connection received for one request: interim heads split off, the rest kept whole, on disk when big.

The split depends on the bytes alone, never on how they were cut into segments on the way.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from crawler.archive.http_head import EMPTY_LINE
from crawler.fetch.open_files import NO_FILE_FREE

SPILL = 1 << 20
"""Bytes of a message kept in memory before it moves to a file."""
MAX_HEADS = 1 << 18
"""Bytes that the heads of one response, interim ones included, may take together."""
MAX_INTERIM = 100
"""Interim heads before one response."""


class Transcript:
    """Collects a response as it arrives.

    ``folder`` is where a big message spills to (None: the system's folder for temporary files); ``max_body`` is the
    number of body bytes, as on the wire, after which no more are kept (0: no limit).
    """

    __slots__ = ("_file", "_folder", "_left_out", "_max_body", "_pending", "_pieces", "_size", "head", "interim")

    def __init__(self, folder: Path | None = None, max_body: int = 0) -> None:
        self._folder = folder
        self._max_body = max_body
        self._pending = bytearray()
        self._pieces: list[bytes] = []
        self._file: BinaryIO | None = None
        """The message, once it is big or finished."""
        self._size = 0
        self._left_out = 0
        self.head: bytes | None = None
        """The head of the final response with its empty line; None until it is complete."""
        self.interim: list[bytes] = []
        """The heads of 1xx responses, as received."""

    @property
    def size(self) -> int:
        """Bytes of the final response so far, head included."""
        return self._size + len(self._pending)

    @property
    def empty(self) -> bool:
        """True while not one byte came."""
        return not (self._size or self._pending or self.interim)

    @property
    def full(self) -> bool:
        """True when body bytes came that ``max_body`` left no room for."""
        return self._left_out > 0

    @property
    def overlong(self) -> bool:
        """True when the heads have grown beyond ``MAX_HEADS``, or there are too many of them."""
        return self.head is None and (
            len(self.interim) > MAX_INTERIM or len(self._pending) + sum(map(len, self.interim)) > MAX_HEADS
        )

    def feed(self, data: bytes) -> None:
        """Take the bytes of one segment. Raises ``OSError`` where they must go to a file and cannot."""
        if self.head is None:
            data = self._take_heads(data)
            if self.head is None:
                return
        if self._max_body:
            room = max(0, len(self.head) + self._max_body - self._size)
            self._left_out += max(0, len(data) - room)
            data = data[:room]
        self._keep(data)

    def finish(self, rest: int = 0) -> None:
        """End the message; the last ``rest`` bytes that came are not part of it."""
        if self._pending:
            self._keep(bytes(self._pending))
            self._pending = bytearray()
        unkept = min(rest, self._left_out)
        self._left_out -= unkept
        self._size -= min(rest - unkept, self._size)
        if self._file is not None:
            self._file.truncate(self._size)
        elif self._pieces:
            self._file = BytesIO(b"".join(self._pieces)[: self._size])
            self._pieces = []

    def beginning(self, length: int) -> bytes:
        """The first ``length`` bytes of a finished message's body, or of the message where it has no whole head."""
        if self._file is None:
            return b""
        self._file.seek(len(self.head or b""))
        return self._file.read(length)

    def message(self) -> BinaryIO | None:
        """The finished message from its first byte, to be closed by whoever takes it; None where no byte of it came."""
        if self._file is not None:
            self._file.seek(0)
        return self._file

    def drop(self) -> None:
        """Give up what was kept."""
        self._pieces = []
        if self._file is not None:
            with contextlib.suppress(OSError):  # What could not be written before cannot be now.
                self._file.close()
            self._file = None

    def _take_heads(self, data: bytes) -> bytes:
        """Split off interim heads; what is returned begins with the final head once that is complete."""
        pending = self._pending
        if not pending and not _is_interim(data) and (found := EMPTY_LINE.search(data)):
            self.head = data[: found.end()]  # as good as always: nothing is copied
            return data
        scanned = max(0, len(pending) - 2)
        pending += data
        while len(self.interim) <= MAX_INTERIM and (found := EMPTY_LINE.search(pending, scanned)):
            if not _is_interim(pending):
                self.head = bytes(pending[: found.end()])
                data = bytes(pending)
                pending.clear()
                return data
            self.interim.append(bytes(pending[: found.end()]))
            del pending[: found.end()]
            scanned = 0
        return b""

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._file is not None:
            self._file.write(data)
            return
        self._pieces.append(data)
        if self._size > SPILL:
            try:
                # Not opened with a `with`: the exchange owns it, and closing deletes it.
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
            except OSError as error:
                if error.errno not in NO_FILE_FREE:
                    raise
                return  # it is tried again with the next piece
            self._file.writelines(self._pieces)
            self._pieces = []


def _is_interim(head: bytes | bytearray) -> bool:
    """Whether a head's status is of the 1xx class, as Twisted's parser reads it."""
    code = head.find(b" ") + 1
    # The first digit decides almost always; only then is the rest looked at.
    return (
        head[code : code + 1] == b"1"
        and head.startswith(b"HTTP/")
        and re.match(rb"\d\d(?:[ \r\n])", head[code + 1 : code + 4]) is not None
        and b"\n" not in head[:code]
    )
