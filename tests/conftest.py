"""What every test can ask for: the command line as a user runs it, and one capture of the demo's web."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import freezegun
import hypothesis
import pytest

from tests.forkserver import ForkServer
from tests.order import dealt
from tests.shared import Shared
from tests.turns import end_turn, take_turn

turn = take_turn()
pytest_plugins = ["pytester", "tests.archive.store.stores"]
if not any(point.name == "wirecopy" for point in entry_points(group="pytest11")):
    pytest_plugins.append("crawler.testing.plugin")  # a source tree that is not installed

# A server of one test's file may run while another freezes the clock: a timer of its loop set then would never fire.
freezegun.configure(extend_ignore_list=["asyncio", "uvicorn"])

# No test is timed: a busy machine is no finding.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")

# A shell has what it starts in the background hear no Ctrl-C, and programs that are to hear it would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

Wirecopy = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:] = dealt(items, getattr(config, "workerinput", {}).get("workercount", 1))


@hypothesis.given(hypothesis.strategies.none())
def nothing_given(_: None) -> None:
    """What hypothesis makes once, for its first test of all: on Python 3.14 it must be able to see who refers to it."""


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: none of the collector's rounds need look through it."""
    nothing_given()
    gc.collect()
    gc.freeze()
    end_turn(turn)


def pytest_sessionfinish() -> None:
    gc.unfreeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A reactor stays, and what is tested without one then fails behind this test: crawl by ``wirecopy``."""
    if "twisted.internet.reactor" in sys.modules:
        sys.modules.pop("twisted.internet.reactor")
        pytest.fail(f"{item.nodeid} installed a Twisted reactor in the tests' own process", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What is skipped because something is not installed here fails in CI, where everything is."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{item.nodeid}: CI skips nothing. {reason}"
    return report


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What all processes of the tests have in common."""
    mine = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        return Shared(mine.parent, os.getppid())
    return Shared(mine, os.getpid())


@pytest.fixture(scope="session")
def forks(shared: Shared) -> ForkServer:
    """Runs Python programs in processes of their own that need not import anything."""
    return ForkServer(shared.folder, shared.tests)


@pytest.fixture(scope="session")
def wirecopy(forks: ForkServer) -> Wirecopy:
    """The command line in a process of its own: ``wirecopy("capture", url, cwd=folder)``."""

    def run(*words: str | Path, cwd: Path | None = None, stdin: bytes = b"", file_limit: int | None = None,
            **environment: str) -> Any:  # fmt: skip
        variables = {**os.environ, "WIRECOPY_CONTACT": "tests@wirecopy.example", **environment}
        return forks.run("crawler.cli:main", words, stdin=stdin, cwd=cwd, environment=variables, file_limit=file_limit)

    return run


@dataclass(frozen=True)
class Demo:
    collection: Path
    report: dict[str, Any]
    summary: str


@pytest.fixture(scope="session")
def demo(wirecopy: Wirecopy, shared: Shared) -> Demo:
    """One capture of the demo's web, shared by every test that reads, in all processes, and none that writes."""
    folder = shared.folder / "demos" / "demo"

    def capture() -> list[Any]:
        done = wirecopy("demo", "-c", folder, "--json")
        assert done.returncode == 0, done.stderr
        offline = wirecopy("capture", json.loads(done.stdout)["pages"][0]["story"], "--from", folder)
        return [json.loads(done.stdout), offline.stdout]

    return Demo(folder, *shared.once("demo", capture))
