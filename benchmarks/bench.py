"""Every work that has a peer or a bound, peers and wirecopy in turn, as one table; kept with versions and machine.

    python benchmarks/bench.py [--quick] [--only WORK]... [--peers ENVIRONMENT] [--webarchive ENVIRONMENT]

Peers that need an environment of their own are in ``.venv-peers`` and ``.venv-webarchive``, which `make bench` makes;
what is not there has no row. Each row is explained in ``docs/benchmarks.md``. What a work measured is printed and kept
when it ends. Results are in
``benchmarks/results/bench.json``, where ``--only`` keeps those of other works, and the curves of growth beside them.
Exit code 0 whatever was reached: the table says it; 1 where something could not be measured.
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
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGES = HERE.parents[1] / "shared" / "pages"
WIDE = (48, 9, 32, 8, 8, 8)
"""Characters of the table's columns."""
PEERS = ("scrapy", "twisted", "warcio", "fastwarc", "lxml", "isal", "duckdb", "starlette")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; ``ratio`` is our speed in that of the peer, or what was measured where there is none."""

    work: str
    ours: str
    peer: str
    ratio: float
    to_reach: float | None
    """None for what is only reported."""
    most: bool = False
    """Whether ``to_reach`` is the most allowed."""

    @property
    def reached(self) -> str:
        if self.to_reach is None:
            return "reported"
        good = self.ratio <= self.to_reach if self.most else round(self.ratio, 2) >= self.to_reach
        return "yes" if good else "NO"

    @property
    def goal(self) -> str:
        return "" if self.to_reach is None else f"{'<=' if self.most else '>='} {self.to_reach:g}"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the peers are, and how much is to be done."""

    peers: Path
    webarchive: Path
    quick: bool

    def program(self, name: str) -> Path | None:
        found = self.peers / "bin" / name
        return found if found.exists() else None


def run(command: list[str | Path], python: Path | str = sys.executable) -> Any:
    """What a benchmark prints as JSON. Raises ``RuntimeError`` with its last words."""
    done = subprocess.run([python, HERE / command[0], *map(str, command[1:])], capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"{command[0]}: {done.stdout[-500:]}{done.stderr[-1500:]}") from None


def start(places: Places) -> Iterator[Row]:
    """Seconds until help is printed, as medians."""
    told = {"ours": ["-m", "crawler.cli", "--help"], "scrapy": ["-m", "scrapy", "-h"]}
    times: dict[str, list[float]] = {name: [] for name in told}
    for _ in range(5 if places.quick else 15):
        for name, words in told.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            times[name].append(time.perf_counter() - began)
    ours, scrapy = (statistics.median(times[name]) for name in ("ours", "scrapy"))
    yield Row("start: wirecopy --help, seconds", f"{ours:.3f} s", "", ours, 0.25, most=True)
    yield Row("start: wirecopy --help", f"{ours:.3f} s", f"scrapy -h {scrapy:.3f} s", scrapy / ours, 2.0)


def crawl(places: Places) -> Iterator[Row]:
    python = places.webarchive / "bin" / "python"
    peer = ["--webarchive", python] if python.exists() else []
    works: list[tuple[str, list[str | Path], float]] = [("crawl 2 KB pages", [], 0.92)]
    if PAGES.is_dir():
        works.append(("crawl real pages by proxy", ["--files", PAGES / "pages"], 0.95))
    for work, files, goal in works:
        count, rounds = ("600", "1") if places.quick else ("2000" if not files else "1000", "3")
        found = run(["crawl.py", "--json", "--pages", count, "--rounds", rounds, *files, *peer])
        rates, spent = found["pages_per_second"], found["processor_ms_per_page"]
        ours = rates["wirecopy"]
        for who, name, to_reach in (
            ("scrapy", "Scrapy as it comes", goal),
            ("scrapy, same", "Scrapy, same settings", goal),
            ("webarchive", "scrapy-webarchive", 3.0),
            ("wget", "wget --warc-file", None),
        ):
            if who in rates:
                yield Row(work, f"{ours:.0f}/s", f"{name} {rates[who]:.0f}/s", ours / rates[who], to_reach)
                mine = f"{spent['wirecopy']:.2f} ms"
                ratio = spent[who] / spent["wirecopy"]
                yield Row(f"{work}, processor", mine, f"{name} {spent[who]:.2f} ms", ratio, None)


def warc(places: Places) -> Iterator[Row]:
    indexer = places.program("cdxj-indexer")
    sizes = ["--pages", "600", "--rounds", "1"] if places.quick else ["--pages", "3000", "--rounds", "5"]
    found = run(["warc.py", "--json", *sizes, *(["--indexer", indexer] if indexer else [])])
    goals: dict[str, dict[str, float | None]] = {
        "write": {"warcio": 10.0, "FastWARC": 1.0},
        "read": {"warcio": 3.0, "FastWARC": 0.9},
        "index": {"cdxj-indexer": 4.0},
        "lines": {"cdxj-indexer": None},
    }
    names = {
        "write": "write WARC from memory",
        "read": "read and digest-check WARC",
        "index": "index and ledger, one core",
        "lines": "CDXJ alone, one core",
    }
    for size, works in found.items():
        for work, peers in goals.items():
            mine = works[work]["wirecopy"]
            for peer, goal in peers.items():
                if peer in works[work]:
                    theirs = works[work][peer]
                    work_named = f"{names[work]}, pages of {size}"
                    told = f"{peer} {theirs['seconds']:.2f} s"
                    yield Row(work_named, f"{mine['seconds']:.2f} s", told, theirs["ratio"], goal)


def extract(places: Places) -> Iterator[Row]:
    python = places.program("python")
    found = run(["extract_speed.py", "--json", "--step", "60" if places.quick else "12"], python or sys.executable)
    each, kind = found["processor_ms_per_page"], "real pages" if found["real"] else "small pages of the tests"
    for peer, goal in (("trafilatura", 3.0), ("newspaper4k", 10.0), ("resiliparse", None)):
        if peer in each:
            theirs = f"{peer} {each[peer]:.1f} ms"
            mine = each["wirecopy"]
            yield Row(f"extract articles, {kind}", f"{mine:.1f} ms", theirs, each[peer] / mine, goal)


def extract_on_all_cores(places: Places) -> Iterator[Row]:
    cores = os.cpu_count() or 1
    found = run(["extract_speed.py", "--cores", "--step", "60" if places.quick else "1"])
    one, every = found["1"], found[str(cores)]
    yield Row(
        f"extract a WARC, {cores} processes", f"{every:.1f} s", f"one process {one:.1f} s", one / every, 0.9 * cores
    )


def memory(places: Places) -> Iterator[Row]:
    less = ["--pages", "2000", "--pack", "0.5", "--extract", "0.5"] if places.quick else []
    found = run(["memory.py", "--json", *less])
    for work, mib in found["peak_mib"].items():
        yield Row(f"memory: {work}, MiB", f"{mib:.0f} MiB", "", mib, 300.0, most=True)
    grown = found["mib_per_million_rows"]
    yield Row("memory: per million rows of the ledger, MiB", f"{grown:.0f} MiB", "", grown, None)


def growth(places: Places) -> Iterator[Row]:
    out = HERE / "results"
    less: list[str | Path] = []
    if places.quick:
        less = ["--most", "10000", "--stories-most", "1000", "--plot", out / "quick.svg"]
    done = subprocess.run([sys.executable, HERE / "growth.py", *less, "--out", out], capture_output=True, text=True)
    if "slowest look-up" not in done.stdout:
        raise RuntimeError(done.stderr[-1500:])
    for line in done.stdout.splitlines():
        if line.startswith("not measured"):
            print(line)
    found = json.loads((out / "growth.json").read_text())
    for what, curve in found["curves"].items():
        new = {size: value for size, value in curve.items() if found["measured"][what].get(size) == found["last"]}
        if not new:
            continue
        size, value = max(new.items(), key=lambda held: int(held[0]))
        look_up = what.startswith(("ledger", "index", "payload"))
        yield Row(f"growth: {what}, at {int(size):,}", f"{value:.3g}", "", value, 10.0 if look_up else None, most=True)


WORKS: dict[str, Callable[[Places], Iterator[Row]]] = {
    "start": start,
    "crawl": crawl,
    "warc": warc,
    "extract": extract,
    "extract on all cores": extract_on_all_cores,
    "memory": memory,
    "growth": growth,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer pages and rounds: to see that it works")
    parser.add_argument("--peers", type=Path, default=HERE.parent / ".venv-peers")
    parser.add_argument("--webarchive", type=Path, default=HERE.parent / ".venv-webarchive")
    parser.add_argument("--only", action="append", choices=WORKS, help="this work, and others named so")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "bench.json")
    options = parser.parse_args()
    places = Places(options.peers.absolute(), options.webarchive.absolute(), options.quick)
    kept = json.loads(options.out.read_text())["works"] if options.only and options.out.exists() else {}
    results = {
        "python": platform.python_version(),
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
        "versions": {name: version(name) for name in ("wirecopy", *PEERS)},
        "peers": (HERE / "peers" / "requirements.txt").read_text().split(),
        "works": kept,
    }
    missing: list[str] = []
    show("work", "ours", "peer", "ratio", "to reach", "reached")
    for name in options.only or WORKS:
        print(f"{datetime.now(UTC):%H:%M:%S}  {name} ...", file=sys.stderr, flush=True)
        began, measured, problem = time.monotonic(), [], None
        try:
            measured += WORKS[name](places)
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            problem = str(error)
            missing.append(f"{name}: {error}")
        kept[name] = {
            "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "seconds": round(time.monotonic() - began),
            "quick": options.quick,
            "load": round(os.getloadavg()[0], 1),
            "not_measured": problem,
            "rows": [asdict(row) | {"reached": row.reached} for row in measured],
        }
        options.out.parent.mkdir(exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        for row in measured:
            show(row.work, row.ours, row.peer, f"{row.ratio:.2f}", row.goal, row.reached)
    for line in missing:
        print(f"not measured: {line}")
    return int(bool(missing))


def show(*cells: str) -> None:
    """Print a line of the table, at once: a run that is cut keeps what it had."""
    print("  ".join(text.ljust(size) for text, size in zip(cells, WIDE, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
