"""A file that is replaced as a whole: its old content stands until the new one is complete."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import TracebackType
from typing import TextIO


class WholeFile:
    """Text on its way into ``path``: written beside it, and put in its place at the end of a ``with`` block.

    After an exception, or :meth:`discard`, the old file stands as it was. What is no regular file (a pipe, a device) is
    written at once. Raises ``OSError`` that names ``path``.
    """

    def __init__(self, path: Path) -> None:
        self._named = path
        try:
            self._path = path.resolve()
        except RuntimeError as error:  # links that lead in a circle, before Python 3.13
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error
        apart = not self._path.exists() or self._path.is_file()
        self._fresh = self._path.with_name(f".{self._path.name}.new") if apart else self._path
        self._apart = apart
        self._kept = True
        try:
            self._out: TextIO = self._fresh.open("w", encoding="utf-8")
        except OSError as error:
            raise self._about(error) from error

    def write(self, text: str) -> None:
        """Add ``text``."""
        try:
            self._out.write(text)
        except OSError as error:
            raise self._about(error) from error

    def discard(self) -> None:
        """Leave the old file as it is."""
        self._kept = False

    def __enter__(self) -> WholeFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._out.close()
            if self._apart and self._kept and error is None:
                self._fresh.replace(self._path)
        except OSError as failure:
            if error is None:
                raise self._about(failure) from failure
        finally:
            if self._apart:
                self._fresh.unlink(missing_ok=True)

    def _about(self, error: OSError) -> OSError:
        return type(error)(error.errno, error.strerror, str(self._named))
