"""``--engine``: whether what can be done at the same time is done by processes here, or by Dask's workers."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.cli.errors import UsageError
from crawler.cli.numbers import some

if TYPE_CHECKING:
    from crawler.model.each import Each


def add_engine(parser: argparse.ArgumentParser, *, see: str) -> None:
    """``--engine``, ``--processes`` and ``--scheduler``; ``see`` says what workers need to see."""
    parser.add_argument(
        "--processes", type=some, metavar="N", help="work in so many processes (as many as there are cores)"
    )
    parser.add_argument(
        "--engine", choices=("local", "dask"), default="local",
        help="dask gives the work to its workers; processes is the size of its cluster (local)",
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", metavar="ADDRESS",
        help=f"with --engine dask: a scheduler, tcp://HOST:8786, {see} (a cluster on this machine)",
    )  # fmt: skip


@contextmanager
def engine(options: argparse.Namespace, *, few: int | None = None) -> Iterator[Each]:
    """What does the work; where processes do, the first ``few`` tasks are done in this one.

    Raises ``UsageError``, and what the engine raises.
    """
    from crawler.jobs.tasks.pool import cores

    processes = options.processes or cores()
    if options.engine == "dask":
        from crawler.jobs.tasks.dask import dask

        with interrupted_by_sigterm(), dask(options.scheduler, processes) as each:
            yield each
        return
    if options.scheduler:
        raise UsageError("--scheduler belongs to --engine dask")
    from crawler.jobs.tasks.processes import FEW, Processes

    with interrupted_by_sigterm(), Processes(processes, FEW if few is None else few) as each:
        yield each


@contextmanager
def interrupted_by_sigterm() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C: the old output stands, and no process is left behind."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
