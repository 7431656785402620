"""Fuzzing of every reader of what others wrote, round after round with fresh seeds, until the time is up.

    python benchmarks/fuzz.py [--hours H] [--examples N]

Each round runs the property tests of tests/fuzz with N examples each; one that fails is shown with the smallest input
that does it. A round that takes ten times as long as the first is taken to hang.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--examples", type=int, default=2000)
    options = parser.parse_args()
    end = time.monotonic() + options.hours * 3600
    environment = {**os.environ, "WIRECOPY_FUZZ_EXAMPLES": str(options.examples)}
    rounds, patience = 0, 3600.0
    while time.monotonic() < end:
        seed = random.randrange(1 << 32)
        command = [sys.executable, "-m", "pytest", "tests/fuzz", "-q", "-x", f"--hypothesis-seed={seed}"]
        began = time.monotonic()
        try:
            done = subprocess.run(command, cwd=ROOT, env=environment, timeout=patience, capture_output=True, text=True)
        except subprocess.TimeoutExpired:
            print(f"round {rounds}, seed {seed}: hangs")
            return 1
        took = time.monotonic() - began
        patience = max(120.0, 10 * took) if not rounds else patience
        rounds += 1
        if done.returncode:
            print(done.stdout)
            print(f"round {rounds}, seed {seed}: failed")
            return 1
        print(f"round {rounds}, seed {seed}: nothing found in {took:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
