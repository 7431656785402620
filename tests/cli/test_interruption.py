"""Ctrl-C ends a command wherever it comes, also where Python only prints what is raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli import exit_codes
from tests.forkserver import ForkServer

DEAF = """\
import signal, sys, time, weakref
from types import SimpleNamespace
import crawler.cli

class Thing:
    def __del__(self):
        if sys.argv[1] == "destructor":
            signal.raise_signal(signal.SIGINT)

def gone(_):
    if sys.argv[1] == "callback":
        signal.raise_signal(signal.SIGINT)

def run(options):
    thing = Thing()
    kept = weakref.ref(thing, gone)
    del thing
    time.sleep(600)
    return 0

crawler.cli._module = lambda verb: SimpleNamespace(add_arguments=lambda parser: None, run=run)
sys.exit(crawler.cli.main(["index"]))
"""


@pytest.mark.parametrize("where", ["destructor", "callback"])
def test_an_interruption_that_python_ignores_comes_again(forks: ForkServer, tmp_path: Path, where: str) -> None:
    (tmp_path / "deaf.py").write_text(DEAF)
    done = forks.run(tmp_path / "deaf.py", [where])
    assert (done.returncode, done.stderr) == (exit_codes.INTERRUPTED, "wirecopy index: interrupted\n")
