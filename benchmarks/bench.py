"""Every benchmark that has a peer, one after the other, and what each said kept with versions and machine.

    python benchmarks/bench.py [--quick] [--peers ENVIRONMENT] [--only NAME]...

Peers that need an environment of their own (pywb, cdxj-indexer) are looked for in ``.venv-interop``, which `make
interop` makes; what is not there is said so. The results are in ``benchmarks/results/bench.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = ("scrapy", "warcio", "fastwarc", "lxml", "duckdb", "starlette")


def commands(peers: Path, *, quick: bool) -> dict[str, list[str]]:
    """The benchmarks by name, as they are called."""
    indexer = peers / "bin" / "cdxj-indexer"
    warc = ["warc.py", *(["--indexer", str(indexer)] if indexer.exists() else [])]
    return {
        "crawl": ["crawl.py", *(["--pages", "1000", "--rounds", "2"] if quick else [])],
        "warc": [*warc, *(["--pages", "1000", "--rounds", "1"] if quick else [])],
        "replay": ["replay.py", "--pywb", str(peers), *(["--seconds", "2"] if quick else [])],
        "desk": ["desk.py"],
        "stories at scale": ["scale.py", "--articles", "50000" if quick else "1000000"],
        "copies": ["copies.py"],
    }


def start_of_the_command_line() -> dict[str, float]:
    """Median seconds until ``--help`` is printed, beside Scrapy's."""
    said = {"wirecopy --help": ["-m", "crawler.cli", "--help"], "scrapy -h": ["-m", "scrapy", "-h"]}
    times: dict[str, list[float]] = {name: [] for name in said}
    for _ in range(7):
        for name, words in said.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            times[name].append(time.perf_counter() - began)
    return {name: round(statistics.median(each), 3) for name, each in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer pages and rounds: to see that it works")
    parser.add_argument("--peers", type=Path, default=HERE.parent / ".venv-interop")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "bench.json")
    options = parser.parse_args()
    results: dict[str, object] = {
        "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "python": platform.python_version(),
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
        "versions": {name: version(name) for name in ("wirecopy", *PEERS)},
    }
    if not options.only:
        results["start"] = start_of_the_command_line()
        print("start:", results["start"], flush=True)
    failed = 0
    for name, words in commands(options.peers, quick=options.quick).items():
        if options.only and name not in options.only:
            continue
        print(f"--- {name}", flush=True)
        began = time.monotonic()
        done = subprocess.run([sys.executable, str(HERE / words[0]), *words[1:]], capture_output=True, text=True)
        print(done.stdout, done.stderr[-2000:] if done.returncode else "", sep="", flush=True)
        failed += done.returncode != 0
        results[name] = {
            "seconds": round(time.monotonic() - began, 1),
            "code": done.returncode,
            "said": done.stdout.splitlines(),
        }
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1) + "\n")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
