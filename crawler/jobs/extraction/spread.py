"""An archive's pages spread over the cores of this machine, and what is made of them in the archive's order.

One process goes through the archive and finds the pages; where they lie is told to the others, which read and extract
them. So a single WARC keeps all cores busy, and no more than a few batches are on their way at any time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from crawler.archive import Archive, open_archive
from crawler.archive.row import Row
from crawler.jobs.captured_pages import Tell, pages_of, readable
from crawler.jobs.tasks.pool import Pool, ProcessKilledError, Task
from crawler.model import Article

BATCH = 8
"""Pages that are handed over at once: as few as cost little, for at the end all but one wait for the last batch."""
AHEAD = 4
"""Batches for each process that are on their way or wait for those before them."""
ALONE = 2
"""Processes that a page may be read by alone, before it is left out: one may have been killed for another reason."""

Shown = TypeVar("Shown")


@dataclass(slots=True)
class _Batch:
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is to be told of the archive before them."""
    index: Path | None = None
    """Where the payload of revisits is looked up."""


Made = tuple[list[object], list[str]]
_Waiting = deque[tuple[_Batch, Task[Made] | None]]


class Spread(Generic[Shown]):
    """Makes something of each article by ``show``, a function of a module, in ``processes`` processes.

    They start when there is more than one batch of pages. Where one is killed its pages are given to another, and left
    out and told where that is killed too.
    """

    def __init__(self, show: Callable[[Article], Shown], processes: int) -> None:
        self._show = show
        self._processes = processes
        self._pool = Pool(processes)

    def article(self, article: Article) -> Shown:
        """Of a page that lies by itself, in this process."""
        return self._show(article)

    def archive(
        self, archive: Archive, where: Path | str, name: str, tell: Tell, warc: str | None = None
    ) -> Iterator[Shown]:
        """Of every page in an archive, opened from ``where``, or in one of its files, in the order of capture.

        ``tell`` is called with a line for each damage. Raises ``SourceError`` where that left no capture.
        """
        waiting: _Waiting = deque()
        for number, batch in enumerate(_batches(archive, name, warc)):
            if number == 1 and self._processes > 1:
                waiting = deque((early, self._submit(where, early)) for early, _ in waiting)
            waiting.append((batch, self._submit(where, batch) if number and self._processes > 1 else None))
            while len(waiting) > (self._processes * AHEAD if self._processes > 1 else 0):
                yield from self._made(archive, where, waiting, tell)
        while waiting:
            yield from self._made(archive, where, waiting, tell)

    def _made(self, archive: Archive, where: Path | str, waiting: _Waiting, tell: Tell) -> Iterator[Shown]:
        batch, task = waiting.popleft()
        for note in batch.notes:
            tell(note)
        if task is None:
            for row in batch.rows:
                if article := readable(archive.at(row), tell):
                    yield self._show(article)
            return
        try:
            values, problems = task.result()
        except ProcessKilledError:
            for _, other in waiting:
                if other:
                    other.wait()
            values, problems = self._one_by_one(where, batch)
        for problem in problems:
            tell(problem)
        yield from values  # type: ignore[misc]

    def _one_by_one(self, where: Path | str, batch: _Batch) -> Made:
        """What is made of each page with nothing beside it: together, and with others, they killed a process."""
        values, problems = list[object](), list[str]()
        for row in batch.rows:
            try:
                made, told = self._submit(where, replace(batch, rows=[row])).result(ALONE)
            except ProcessKilledError:
                problems.append(
                    f"{row.url}: left out, since the process that reads it is killed; is there memory enough?"
                )
            else:
                values += made
                problems += told
        return values, problems

    def _submit(self, where: Path | str, batch: _Batch) -> Task[Made]:
        return self._pool.submit(_extract, where, batch.index, batch.rows, self._show)

    def close(self) -> None:
        """End the processes."""
        self._pool.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _batches(archive: Archive, name: str, warc: str | None) -> Iterator[_Batch]:
    batch = _Batch()
    for found in pages_of(archive, name, warc):
        if isinstance(found, str):
            batch.notes.append(found)
            continue
        row, _ = found
        batch.rows.append(row)
        if row.type == "revisit" and batch.index is None:
            batch.index = archive.index_file()
        if len(batch.rows) == BATCH:
            yield batch
            batch = _Batch()
    if batch.rows or batch.notes:
        yield batch


_opened: dict[Path | str, Archive] = {}
"""The archive that this process reads; the one before is closed when another begins."""


def _extract(path: Path | str, index: Path | None, rows: list[Row], show: Callable[[Article], object]) -> Made:
    if path not in _opened:
        for other in _opened.values():
            other.close()
        _opened.clear()
        _opened[path] = open_archive(path)
    archive = _opened[path]
    if index is not None:
        archive.use_index(index)
    values, problems = [], list[str]()
    for row in rows:
        if article := readable(archive.at(row), problems.append):
            values.append(show(article))
    return values, problems
