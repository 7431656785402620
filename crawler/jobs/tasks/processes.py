"""Tasks in processes of this machine; what a process that was killed had is done by another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType

from crawler.jobs.run.engine import EngineError
from crawler.jobs.tasks.pool import Pool, ProcessKilledError
from crawler.model.each import Given, Made

AHEAD = 3
"""Tasks for each process that are on their way or wait for those before them."""
DEATHS = 3
"""A task that so many processes were killed over is given up."""
FEW = 8
"""Tasks that are done in this process, before it is worth while to start others."""


class Processes:
    """An ``Each`` of so many processes, which start when ``few`` tasks were done here; a context manager.

    Raises ``EngineError`` where processes are killed again and again.
    """

    def __init__(self, number: int, few: int = FEW) -> None:
        self._number = number
        self._few = few
        self._pool = Pool(number)

    def __call__(self, do: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Raises what ``do`` raises, too."""
        tasks = iter(given)
        for early in tasks if self._number == 1 else islice(tasks, max(0, self._few)):
            self._few -= 1
            yield do(early)
        waiting = deque(self._pool.submit(do, each) for each in islice(tasks, 1))
        while waiting:
            waiting.extend(self._pool.submit(do, each) for each in islice(tasks, AHEAD * self._number - len(waiting)))
            task = waiting.popleft()
            try:
                made = task.result(tries=DEATHS)
            except ProcessKilledError as error:
                raise EngineError("too many processes were killed; is there enough memory for them?") from error
            yield made

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()
