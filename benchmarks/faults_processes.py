"""The fault campaign on whole ``wirecopy capture`` processes: killed or failing at a random operation, and run again.

``python benchmarks/faults_processes.py --trials 100``. The demo's web counts what it is asked for. What must hold: what
the collection holds after a fault is not asked for again, the last run ends well, every page is in the tables once a
record, and every reader reads the archive.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

from faults import BROKEN, FULL, KILL, KINDS, POWER, SHORT, TORN, compile_shim, read_by_fastwarc, read_by_warcio

from crawler import demo
from crawler.archive import Collection, Recorder
from crawler.archive.layout import LEDGER
from crawler.archive.row import from_micros
from crawler.archive.verify import Finding, Verdict, verify
from crawler.export.jsonl import read_articles
from crawler.fetch.known import _ASKED_AGAIN
from crawler.jobs.demo import answer
from crawler.replay.asked import Asked
from crawler.replay.authority import Authority
from crawler.replay.proxy import Answer, ProxyServer

OPERATIONS = 900
"""About as many as a whole capture of the demo takes."""


class Web:
    """The demo's web, writing down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._gate = threading.Lock()

    def __call__(self, asked: Asked) -> Answer:
        with self._gate:
            self.asked.append(asked.url)
        return answer(asked)


def trial(shim: Path, folder: Path, seed: int, faults: Counter[int]) -> list[str]:
    chance = random.Random(seed)
    web, authority, problems = Web(), Authority.create(), []
    collection, side = folder / "c", folder / "side"
    side.mkdir(parents=True)
    (folder / "authority.pem").write_bytes(authority.pem)
    with ProxyServer(web, authority=authority) as proxy:
        command = [sys.executable, "-m", "crawler.cli", "capture", demo.SEED, "-c", collection, "--proxy", proxy.url]
        command += ["--ca-file", folder / "authority.pem", "--delay", "0", "--contact", "faults@wirecopy.example"]
        command += [word for copy in demo.COPIES for word in ("--copy", copy)]
        held: set[str] = set()
        for _ in range(chance.choice([1, 1, 2])):
            kind, at = chance.choice([KILL, TORN, POWER, POWER, SHORT, FULL, BROKEN]), chance.randrange(1, OPERATIONS)
            told = f"{collection}|{side}|{at}|{kind}|{chance.randrange(2)}|{chance.randrange(1 << 31)}"
            before = len(web.asked)
            done = subprocess.run(
                list(map(str, command)), capture_output=True, text=True,
                env=os.environ | {"LD_PRELOAD": str(shim), "FAULTS": told},
            )  # fmt: skip
            if again := held & set(web.asked[before:]):
                problems.append(f"asked again for what was held: {sorted(again)[:3]}")
            if "Traceback" in done.stderr:
                problems.append(f"{KINDS[kind]} at {at}: {done.stderr[-2000:]}")
            faults[kind] += done.returncode not in (0, 1)
            if done.returncode in (0, 1):
                break
            held = held_by(collection)
            noted = runs(collection)
            done_with = noted and all(ended for _, ended in noted)
            if done_with and (done.returncode >= 0 or "pages of the story" not in done.stdout):
                problems.append(f"{KINDS[kind]} at {at}: noted as done, and told otherwise ({done.returncode})")
        else:
            before = len(web.asked)
            done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
            if done.returncode != 1:  # one copy is gone and one is walled, as ever
                problems.append(f"the last run ended with {done.returncode}: {done.stderr[-2000:]}")
            if again := held & set(web.asked[before:]):
                problems.append(f"asked again for what was held: {sorted(again)[:3]}")
    warcs = sorted((collection / "archive").glob("*.warc.gz"))
    if (tested := subprocess.run(["gzip", "-t", *warcs], capture_output=True, text=True)).returncode:
        problems.append(tested.stderr)
    if read_by_warcio(warcs) != read_by_fastwarc(warcs):
        problems.append("warcio and FastWARC do not read the same records")
    findings: list[Finding] = []
    if verify(collection, findings.append) >= Verdict.WARNING:
        problems += [f"verify: {finding.code} {finding.message}" for finding in findings]
    with Collection(collection) as archive:
        captures = list(archive.captures())
        rows = [
            article.record.id for article in read_articles(collection / "tables" / "articles.jsonl") if article.record
        ]
        if archive.damage:
            problems.append(f"damage: {archive.damage}")
        if {capture.record.id for capture in captures} != {row.id for row in archive.index().in_order_of_capture()}:
            problems.append("ledger and archive differ")
        if len(rows) != len(set(rows)):
            problems.append("a page is in the tables twice")
    return [f"seed {seed}: {problem}" for problem in problems]


def held_by(collection: Path) -> set[str]:
    """What the collection holds after recovery and need not be asked for again: what came since a run began that is
    not noted as done. One that is done, killed at the very last, is another capture of the same pages the next time.
    """
    if not (collection / "datapackage.json").exists():
        return set()
    Recorder(collection, software="faults").close()
    begun = [at for at, ended in runs(collection) if ended is None]
    with Collection(collection) as archive:
        came = [capture for capture in archive.captures() if capture.outcome not in _ASKED_AGAIN]
    return {capture.url for capture in came if begun and capture.captured_at >= min(begun)}


def runs(collection: Path) -> list[tuple[datetime, datetime | None]]:
    """When the runs of a collection began and ended."""
    if not (collection / LEDGER).exists():
        return []
    with closing(sqlite3.connect(f"file:{collection / LEDGER}?mode=ro", uri=True)) as ledger:
        found = ledger.execute("SELECT started_at, ended_at FROM runs").fetchall()
    return [(from_micros(began), from_micros(ended) if ended else None) for began, ended in found]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults: Counter[int] = Counter()
    problems: list[str] = []
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        shim = compile_shim(Path(name))
        for number in range(options.seed, options.seed + options.trials):
            found = trial(shim, Path(name) / str(number), number, faults)
            problems += found
            print(*found, sep="\n", end="\n" * bool(found), file=sys.stderr, flush=True)
            shutil.rmtree(Path(name) / str(number))
    for kind, count in sorted(faults.items()):
        print(f"{count:8,}  {KINDS[kind]}")
    print(f"{faults.total():8,}  faults in {options.trials:,} captures")
    print(f"{len(problems):8,}  problems")
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
