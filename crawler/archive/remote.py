"""A file on a web server, read in place by ranges (RFC 9110, section 14)."""

from __future__ import annotations

import errno
import urllib.request
from http.client import HTTPException

from crawler import __version__

_PATIENCE = 60.0
"""Seconds without a byte."""
_WITHOUT_RANGES = "the server does not serve parts of files (Range); download it first"


def is_web(place: object) -> bool:
    """True for the address of a file on a web server."""
    return isinstance(place, str) and place.startswith(("https://", "http://"))


class WebRanges:
    """The file at ``url``.

    Raises ``OSError`` where the server can't be reached, does not serve ranges, or has put another file in its place.
    """

    def __init__(self, url: str) -> None:
        self.name = url
        self._state: tuple[str | None, int] | None = None
        self.size: int | None = None

    def fetch(self, start: int, size: int) -> bytes:
        """Bytes of the file. Raises ``OSError``."""
        fields = {"Range": f"bytes={start}-{start + size - 1}", "User-Agent": f"wirecopy/{__version__}"}
        request = urllib.request.Request(self.name, headers=fields)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                if answer.status != 206:
                    raise OSError(errno.ENOTSUP, _WITHOUT_RANGES, self.name)
                state = answer.headers["ETag"], int(str(answer.headers["Content-Range"]).rpartition("/")[2])
                data: bytes = answer.read(size)
        except (HTTPException, ValueError) as error:
            raise OSError(errno.EPROTO, f"not understood: {error}", self.name) from error
        except OSError as error:
            reason = getattr(error, "reason", error)  # urllib wraps what the system said
            words = reason.strerror if isinstance(reason, OSError) else str(error)
            raise OSError(error.errno or errno.EIO, words or str(reason), self.name) from error
        if self._state is not None and state != self._state:
            raise OSError(errno.ESTALE, "another file has taken its place while it was read", self.name)
        self._state = state
        self.size = state[1]
        if len(data) < min(size, state[1] - start):
            raise OSError(errno.EIO, "the server broke off", self.name)
        return data
