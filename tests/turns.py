"""Processes that load the tests at once all compile what nobody has compiled yet; in turn, only the first ones do."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path
from typing import IO


def take_turn() -> IO[str] | None:
    """Wait until a core of this machine is free of others that load the tests of this run; for `end_turn`."""
    run, worker = os.environ.get("PYTEST_XDIST_TESTRUNUID"), os.environ.get("PYTEST_XDIST_WORKER", "")
    if not run or not worker.startswith("gw"):
        return None
    core = int(worker[2:]) % (os.cpu_count() or 1)
    turn = Path(tempfile.gettempdir(), f"wirecopy-tests-{run}-{core}").open("w")  # noqa: SIM115 - `end_turn` closes it
    fcntl.flock(turn, fcntl.LOCK_EX)
    return turn


def end_turn(turn: IO[str] | None) -> None:
    """Let the next one load them."""
    if turn is not None:
        Path(turn.name).unlink(missing_ok=True)
        turn.close()
