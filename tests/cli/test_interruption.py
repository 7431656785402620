"""Ctrl-C ends a command wherever it comes, also where Python only prints what is raised."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.cli import exit_codes, proxy
from crawler.jobs.tasks.interruption import hear_again
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


def test_at_the_interpreters_end_nothing_is_left_to_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", refused)
    ignored: Any = SimpleNamespace(exc_value=KeyboardInterrupt())
    hear_again(ignored)


def test_a_proxy_that_is_interrupted_before_it_waits_leaves_no_file_to_write_signals_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(signal, "signal", interrupted)
    before = signal.set_wakeup_fd(-1)
    try:
        with pytest.raises(KeyboardInterrupt):
            proxy._wait_for_signal()
        assert signal.set_wakeup_fd(-1) == -1
    finally:
        signal.set_wakeup_fd(before)
