"""Tasks of the tests, in a module that a process loads without pytest."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def process_of(number: int) -> tuple[int, int]:
    return number, os.getpid()


def killed_once(given: tuple[int, Path]) -> int:
    number, trace = given
    if number == 3 and not trace.exists():
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def killed(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def met(folder: Path, number: int) -> int:
    """Waits until another process does the same."""
    (folder / str(number)).touch()
    end = time.monotonic() + 120
    while len(list(folder.iterdir())) < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    return os.getpid()


def refused(number: int) -> int:
    raise ValueError(f"{number} is none")


def doubled(data: bytes) -> bytes:
    return data + data


def unsaid(number: int) -> object:
    return lambda: number


class PickyError(Exception):
    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")


def picked(number: int) -> None:
    raise PickyError(str(number), "an odd one")


def held(trace: Path) -> None:
    try:
        trace.write_text("begun")
        time.sleep(600)
    except KeyboardInterrupt:
        trace.write_text("interrupted")
        raise


class Dropped:
    """Is interrupted in its destructor."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def dropping() -> None:
    Dropped()
    time.sleep(20)
