"""A bar on the terminal for work that may take longer than two seconds, and lines beside it for what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from crawler.cli.terminal import printable
from crawler.model.address import without_password


@dataclass(slots=True)
class Bar:
    """Where work stands; ``problems`` are the lines that were told."""

    verb: str
    advance: Callable[[int], None]
    reach: Callable[[int, int, str], None]
    """Called with how much is done, of how much, and what is begun now; without a terminal it writes a line."""
    problems: list[str] = field(default_factory=list)

    def tell(self, problem: str) -> None:
        """Write a line to the standard error, above the bar."""
        from tqdm import tqdm

        self.problems.append(problem)
        tqdm.write(f"wirecopy {self.verb}: {printable(without_password(problem))}", file=sys.stderr)


@contextmanager
def bar(verb: str, unit: str, total: int | None = None) -> Iterator[Bar]:
    """A bar in ``unit``; ``B`` counts bytes. Nothing is drawn where no terminal is attached, or in two seconds."""
    from tqdm import tqdm

    shape: dict[str, Any] = {"unit": unit, "total": total, "unit_scale": unit == "B"}
    with tqdm(disable=not sys.stderr.isatty(), leave=False, delay=2, file=sys.stderr, **shape) as progress:
        yield Bar(
            verb,
            lambda steps: _advance(progress, steps),
            lambda done, of, words: _reach(progress, done, of, f"wirecopy {verb}: {words}"),
        )


def _advance(progress: Any, steps: int) -> None:
    progress.update(steps)


def _reach(progress: Any, done: int, of: int, words: str) -> None:
    if progress.disable:
        print(words, file=sys.stderr, flush=True)
        return
    progress.delay = 0  # what is begun now is worth seeing at once
    progress.n, progress.total = done, of
    progress.set_description_str(words)
