"""What every test can ask for: the command line as a user runs it, and one capture of the demo's web."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["pytester"]
if not any(point.name == "wirecopy" for point in entry_points(group="pytest11")):
    pytest_plugins.append("crawler.testing.plugin")  # a source tree that is not installed

Wirecopy = Callable[..., "subprocess.CompletedProcess[str]"]


def run_wirecopy(*words: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", "import sys, crawler.cli; sys.exit(crawler.cli.main())"]
        + [str(word) for word in words],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
        env={**os.environ, "WIRECOPY_CONTACT": "tests@wirecopy.example", **environment},
    )
    done.stdout = done.stdout.decode()
    done.stderr = done.stderr.decode()
    return done


@pytest.fixture(scope="session")
def wirecopy() -> Wirecopy:
    """The command line in a process of its own: ``wirecopy("capture", url, cwd=folder)``."""
    return run_wirecopy


@dataclass(frozen=True)
class Demo:
    collection: Path
    report: dict[str, Any]
    summary: str


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One capture of the demo's web, shared by every test that reads and none that writes."""
    collection = tmp_path_factory.mktemp("demo") / "demo"
    done = run_wirecopy("demo", "-c", collection, "--json")
    assert done.returncode == 0, done.stderr
    offline = run_wirecopy("capture", json.loads(done.stdout)["pages"][0]["story"], "--from", collection)
    return Demo(collection, json.loads(done.stdout), offline.stdout)
