"""What is made once for all processes of the tests: by the first that asks for it, while the others wait."""

from __future__ import annotations

import fcntl
import json
import os
import select
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.forkserver import PATIENCE, ForkServer


@dataclass(frozen=True)
class Shared:
    """A folder, and the process that all the others belong to."""

    folder: Path
    tests: int

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gave to the first that asked for it by this name; it goes through JSON."""
        file = self.folder / f"{name}.json"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                fresh = file.with_suffix(".new")
                fresh.write_text(json.dumps(make()))
                fresh.rename(file)  # at once: whoever is killed in mid-write leaves nothing to be read
        return json.loads(file.read_text())

    def server(self, name: str, forks: ForkServer, program: str, *words: str | Path) -> str:
        """Where a server is that ends with the tests: ``program`` calls ``serving`` with the words after its own."""

        def start() -> str:
            told = self.folder / f"{name}.address"
            process = forks.start(program, [*words, told, str(self.tests)])
            end = time.monotonic() + PATIENCE
            while not told.exists():
                assert not process.ended(), process.finish()
                assert time.monotonic() < end, f"{name} did not say where it is within {PATIENCE:.0f} s"
                time.sleep(0.02)
            process.leave()
            return told.read_text()

        return str(self.once(name, start))


def serving(address: str, told: str, tests: str) -> None:
    """Tell where a server is, and wait for the end of the tests."""
    Path(f"{told}.new").write_text(address)
    Path(f"{told}.new").rename(told)
    with suppress(ProcessLookupError):
        select.select([os.pidfd_open(int(tests))], [], [])
