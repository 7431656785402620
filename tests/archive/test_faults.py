"""A small part of the fault campaign (``benchmarks/faults.py``): the same trials every time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

CAMPAIGN = Path(__file__).parents[2] / "benchmarks" / "faults.py"


without_compiler = pytest.mark.skipif(
    shutil.which("cc") is None,
    reason="no C compiler here to make the library that injects the faults: apt-get install gcc",
)


@without_compiler
def test_kills_power_cuts_and_failing_disks_lose_nothing_and_fetch_nothing_twice(demo: Any) -> None:
    command = [sys.executable, CAMPAIGN, "--trials", "40", "--workers", "1", "--seed", "8", "--demo", demo.collection]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0  problems" in done.stdout
    assert all(kind in done.stdout for kind in ("power cut", "within a write", "disk full", "input/output error"))


ENDING = """
import ctypes, shutil, sqlite3, sys
from pathlib import Path
from crawler.archive import ArchiveError, Recorder, end_run

FULL, BROKEN = 5, 6
shim = ctypes.CDLL(None)
shim.faults_done.restype = ctypes.c_long
begun = Path(sys.argv[1], "begun")
with Recorder(begun, software="tests") as recorder:
    recorder.begin_run("a story")

def ended(folder, kind, at):
    shutil.copytree(begun, folder)
    shim.faults_arm(str(folder).encode(), b"/", ctypes.c_long(at), kind, False, 0)
    try:
        end_run(folder, "a story")
        told = True
    except ArchiveError:
        told = False
    met = shim.faults_done() >= at
    shim.faults_arm(b"/nowhere", b"/", ctypes.c_long(1 << 40), kind, False, 0)
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        noted = ledger.execute("SELECT ended_at FROM runs").fetchone() != (None,)
    return met, told, noted

for kind in (FULL, BROKEN):
    met, at = True, 0
    while met:
        at += 1
        met, told, noted = ended(Path(sys.argv[1], f"{kind}-{at}"), kind, at)
        print(f"{at} {told} {noted}")
"""


@without_compiler
def test_that_a_capture_is_done_is_told_just_when_it_is_noted_wherever_the_disk_fails(tmp_path: Path) -> None:
    sys.path.insert(0, str(CAMPAIGN.parent))
    try:
        from faults import compile_shim  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    (tmp_path / "ending.py").write_text(ENDING)
    variables = os.environ | {"LD_PRELOAD": str(compile_shim(tmp_path)), "PYTHONPATH": str(CAMPAIGN.parents[1])}
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as memory:
        command = [sys.executable, tmp_path / "ending.py", memory]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=variables)
    assert done.returncode == 0, done.stderr
    tried = [line.split() for line in done.stdout.splitlines()]
    assert len(tried) > 10
    assert [(at, told, noted) for at, told, noted in tried if told != noted] == []
    assert {told for _, told, _ in tried} == {"True", "False"}
