"""Reads chunked bodies as servers write them, so that a slip in the framing does not cost the rest of a page.

Twisted's decoder takes padded chunk sizes and bare line feeds for an attack and hangs up. A crawler that only reads
has nothing to be smuggled into, and browsers read on.
"""

from __future__ import annotations

from collections.abc import Callable

from twisted.web.http import _DataLoss

from crawler.archive.message import CHUNK_SIZE

_LINE_LIMIT = 1 << 16
"""Bytes of the line before a chunk, and of all trailers together."""


class MalformedChunks(ValueError):  # noqa: N818  # says what is the case
    """A body that calls itself chunked and is not."""


def shown(data: bytes) -> str:
    """The beginning of what came, for a message."""
    return repr(data[:40].decode("latin-1").strip())


class ChunkDecoder:
    """Takes a body in any segments and calls ``on_data`` with its content and ``on_end`` with what follows it.

    The interface is that of Twisted's transfer decoders. RFC 9112, section 7.1; extensions and trailers are passed
    over here, the archive has them.
    """

    def __init__(self, on_data: Callable[[bytes], None], on_end: Callable[[bytes], None]) -> None:
        self._on_data = on_data
        self._on_end = on_end
        self._buffer = bytearray()
        self._step: Callable[[], bool] | None = self._size
        self._left = 0
        self._trailers = 0

    def dataReceived(self, data: bytes) -> None:
        """Read on. Raises ``MalformedChunks``."""
        self._buffer += data
        while self._step is not None and self._buffer and self._step():
            pass

    def noMoreData(self) -> None:  # noqa: N802
        """Told when the connection ended. Raises Twisted's ``_DataLoss`` before the last chunk and its trailers."""
        if self._step is not None:
            raise _DataLoss("the connection ended within a chunked body")

    def _size(self) -> bool:
        line = self._take_line("chunk size")
        if line is None:
            return False
        match = CHUNK_SIZE.fullmatch(line)
        if match is None:
            raise MalformedChunks(f"no chunk size: {shown(line)}")
        self._left = int(match[1], 16)
        self._step = self._content if self._left else self._trailer
        return True

    def _content(self) -> bool:
        content = bytes(self._buffer[: self._left])
        del self._buffer[: self._left]
        self._left -= len(content)
        if not self._left:
            self._step = self._content_end
        self._on_data(content)
        return True

    def _content_end(self) -> bool:
        line = self._take_line("end of a chunk")
        if line is None:
            return False
        if line.strip(b"\r\n"):
            raise MalformedChunks(f"a chunk runs over its size: {shown(line)}")
        self._step = self._size
        return True

    def _trailer(self) -> bool:
        line = self._take_line("trailer")
        if line is None:
            return False
        self._trailers += len(line)
        if self._trailers > _LINE_LIMIT:
            raise MalformedChunks(f"trailers of more than {_LINE_LIMIT} bytes")
        if not line.strip(b"\r\n"):
            rest = bytes(self._buffer)
            self._buffer.clear()
            self._step = None
            self._on_end(rest)
        return True

    def _take_line(self, what: str) -> bytes | None:
        end = self._buffer.find(b"\n") + 1
        if not end:
            if len(self._buffer) > _LINE_LIMIT:
                raise MalformedChunks(f"{what}: a line of more than {_LINE_LIMIT} bytes")
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[:end]
        return line
