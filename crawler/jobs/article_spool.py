"""The articles of a crawl, on the disk as they come, so that memory does not grow with their text."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from crawler.export.jsonl import line, read_articles
from crawler.model import Article

logger = logging.getLogger(__name__)


class ArticleSpool:
    """A file of articles that is written, and then read; a context manager.

    Where its disk is full it takes no more: what it lacks is read from the archive, which has the pages. It is held
    open, for later there may be no file free. Raises ``OSError`` where it can't be begun.
    """

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file = file.open("wb", buffering=0)  # a buffer would keep what the disk did not take, and fail again
        self._size = 0
        self._full = False

    def add(self, article: Article) -> None:
        """Take an article, whole or not at all."""
        if self._full:
            return
        data = memoryview(line(article.to_dict()).encode("utf-8", "replace"))
        end = self._size + len(data)
        try:
            while data:
                data = data[self._file.write(data) or 0 :]
            self._size = end
        except OSError as error:
            self._full = True
            logger.warning(
                "%s can't be written (%s): pages that still come are read from the archive at the end.",
                self._path, error.strerror,
            )  # fmt: skip
            with suppress(OSError):
                self._file.truncate(self._size)

    def articles(self) -> Iterator[Article]:
        """What was taken, in the order in which it came."""
        return read_articles(self._path)

    def __enter__(self) -> ArticleSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
