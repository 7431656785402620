"""A small part of the fault campaign (``benchmarks/faults.py``): the same trials every time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CAMPAIGN = Path(__file__).parents[2] / "benchmarks" / "faults.py"


@pytest.mark.skipif(
    shutil.which("cc") is None,
    reason="no C compiler here to make the library that injects the faults: apt-get install gcc",
)
def test_kills_power_cuts_and_failing_disks_lose_nothing_and_fetch_nothing_twice(demo: Any) -> None:
    command = [sys.executable, CAMPAIGN, "--trials", "60", "--workers", "1", "--seed", "8", "--demo", demo.collection]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0  problems" in done.stdout
    assert all(kind in done.stdout for kind in ("power cut", "within a write", "disk full", "input/output error"))
