"""The fault campaign: crawls of the demo's web that are killed or fail at every kind of operation on the file system.

``python benchmarks/faults.py --trials 10000`` prints a table; ``benchmarks/faults_processes.py`` does the same, fewer
times, to whole ``wirecopy capture`` processes.

A trial is one capture, begun and cut off up to three times at a random operation (see ``faults.c``), then run to its
end. What must hold after it:

* every exchange that was ever reported as captured is in the archive, whole, with its ledger row and index line;
* the archive is read without damage by wirecopy, ``gzip -t``, warcio and FastWARC, with the same records, and
  ``verify`` has nothing to say;
* what was reported as captured was never fetched again, and nothing is there twice but what was in flight at a fault.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import logging
import os
import pickle
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastWarc
from warcio.archiveiterator import ArchiveIterator as Warcio

from crawler.archive import ArchiveError, Collection, Recorder, end_run
from crawler.archive.cdxj import parse
from crawler.archive.verify import Finding, Verdict, verify
from crawler.model import Exchange, Outcome, Purpose, Role

HERE = Path(__file__).parent
OFF, KILL, TORN, POWER, SHORT, FULL, BROKEN = range(7)
CLOCK = 7
KINDS = {
    KILL: "killed between two operations",
    TORN: "killed within a write",
    POWER: "power cut, what was not synced partly lost",
    SHORT: "a write that takes a part",
    FULL: "disk full",
    BROKEN: "input/output error",
    CLOCK: "killed at a moment by the clock",
}
ASKED = "the demo's story"
_SOON = 3000
"""Bytes at which a WARC is full: some exchanges. All of a trial are no more than 15,000."""


@dataclass(frozen=True)
class Fetched:
    """An exchange of the demo's web."""

    url: str
    role: str
    request: bytes
    response: bytes


@dataclass
class Tally:
    trials: int = 0
    faults: Counter[int] = field(default_factory=Counter)
    captures: int = 0
    resumed: int = 0
    problems: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "faults": dict(self.faults)}


def compile_shim(folder: Path) -> Path:
    """The shared library made of ``faults.c``. Raises ``FileNotFoundError`` without a C compiler."""
    shim = folder / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, HERE / "faults.c", "-ldl"], check=True)
    return shim


def demo_exchanges(collection: Path) -> list[Fetched]:
    """What a capture of the demo's web consists of."""
    found = []
    with Collection(collection) as archive:
        for capture in archive.captures():
            (exchange,) = archive.raw_records(capture)[-1:]
            blocks = {}
            for record in exchange.records:
                if record.type in ("request", "response"):
                    head, _, rest = b"".join(record_pieces(record)).partition(b"\r\n\r\n")
                    blocks[record.type] = rest[:-4]
                    assert head
            if "response" in blocks and capture.purpose:
                found.append(Fetched(capture.url, capture.purpose.role.value, blocks["request"], blocks["response"]))
    return list({each.url: each for each in found}.values())


def record_pieces(record: Any) -> list[bytes]:
    import gzip

    return [gzip.decompress(b"".join(record.pieces()))]


# One run of a crawl, in a process of its own.


def crawl(folder: Path, pages: list[Fetched], group: int, rotate: int, say: Any) -> None:
    """Fetch what the collection does not have; every line told is one fact: F fetched, A on the disk, R resumed."""
    recorder = Recorder(folder, software="faults", rotate_bytes=rotate)
    try:
        run = recorder.begin_run(ASKED)
        with Collection(folder) as known:
            missing = [page for page in pages if not known.latest(page.url, since=run.started_at)]
        say(f"R {len(pages) - len(missing)}")
        waiting: list[tuple[str, Future[Any]]] = []
        for page in missing:
            say(f"F {page.url}")
            exchange = Exchange(
                page.url, datetime.now(UTC), io.BytesIO(page.request), io.BytesIO(page.response),
                Purpose(Role(page.role)), Outcome.OK,
            )  # fmt: skip
            waiting.append((page.url, recorder.record(exchange)))
            if len(waiting) >= group:
                settle(waiting, say)
        settle(waiting, say)
    finally:
        recorder.close()
    say(".")  # all is written; whether what follows is noted or not, the capture is done
    end_run(folder, ASKED)


def settle(waiting: list[tuple[str, Future[Any]]], say: Any) -> None:
    while waiting:
        url, future = waiting.pop(0)
        done = future.result(60)
        say(f"A {url} {done.record.id} {done.payload_digest}")


class Trial:
    """One capture, cut off and gone on with until it is whole."""

    def __init__(self, shim: Any, pages: list[Fetched], folder: Path, seed: int, tally: Tally) -> None:
        self.shim = shim
        self.pages = pages
        self.folder = folder
        self.side = folder.with_name(folder.name + ".side")
        self.random = random.Random(seed)
        self.seed = seed
        self.tally = tally
        self.acknowledged: dict[str, tuple[str, str]] = {}
        self.fetched: Counter[str] = Counter()
        self.finished = False
        self.story: list[str] = []
        """What happened, for whoever looks into a problem."""

    def run(self, operations: int) -> None:
        self.side.mkdir()
        group = self.random.choice([1, 3, 8, 100])
        rotate = self.random.choice([1_000_000_000, _SOON, 3 * _SOON])
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            if not self.finished:
                kind = self.random.choice([KILL, KILL, TORN, TORN, POWER, POWER, POWER, SHORT, FULL, BROKEN, CLOCK])
                self.once(group, rotate, kind, self.random.randrange(1, operations))
        for _ in range(2):
            if not self.finished:
                self.once(group, rotate, OFF, 0)
        if not self.finished:
            self.problem("the last run, which met no fault, did not finish")
        Recorder(self.folder, software="faults").close()  # what a fault after the last page left is mended, too
        self.check()
        self.tally.trials += 1
        shutil.rmtree(self.folder)
        shutil.rmtree(self.side)

    def problem(self, words: str) -> None:
        self.tally.problems.append(f"seed {self.seed}: {words} ({'; '.join(self.story)})")

    def once(self, group: int, rotate: int, kind: int, at: int) -> None:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            self.child(write, group, rotate, kind, at)
        os.close(write)
        if kind == CLOCK:
            time.sleep(self.random.uniform(0, 0.06))
            os.kill(child, signal.SIGKILL)
        with os.fdopen(read, "rb") as told:
            lines = told.read().decode().splitlines()
        _, status = os.waitpid(child, 0)
        self.hear(lines, kind, at, status)

    def child(self, write: int, group: int, rotate: int, kind: int, at: int) -> None:
        code = 70
        try:
            if kind not in (OFF, CLOCK):
                once = self.random.random() < 0.5
                told = (str(self.folder).encode(), str(self.side).encode())
                self.shim.faults_arm(*told, ctypes.c_long(at), kind, once, self.random.randrange(1 << 31))

            def say(line: str) -> None:
                os.write(write, line.encode() + b"\n")

            try:
                crawl(self.folder, self.pages, group, rotate, say)
                code = 0
            except ArchiveError as error:
                say(f"E {error}")
                code = 4
            if kind not in (OFF, CLOCK) and self.shim.faults_done() >= at:
                say("!")
        except BaseException:  # noqa: BLE001 - told, and counted as a problem
            os.write(write, b"X " + traceback.format_exc().replace("\n", " | ").encode() + b"\n")
        finally:
            os._exit(code)

    def hear(self, lines: list[str], kind: int, at: int, status: int) -> None:
        hit = os.WIFSIGNALED(status)
        for line in lines:
            what, _, rest = line.partition(" ")
            if what == "F":
                if rest in self.acknowledged:
                    self.problem(f"{rest} was fetched again though it had been reported as captured")
                self.fetched[rest] += 1
            elif what == "A":
                url, record, digest = rest.split(" ")
                self.acknowledged[url] = record, digest
            elif what == "R":
                self.tally.resumed += int(rest)
            elif what == "X" or (what == "E" and (kind in (OFF, CLOCK) or "cannot" not in rest)):
                self.problem(f"{KINDS.get(kind, 'no fault')}: {rest}")
            elif what == "!":
                hit = True
            elif what == ".":
                self.finished = True
        told = " ".join(line[0] for line in lines)
        self.story.append(f"{KINDS.get(kind, 'no fault')} at {at}{'' if hit else ' not met'}: {told}")
        if hit:
            self.tally.faults[kind] += 1

    def check(self) -> None:
        """Everything that must hold, each by its own means."""
        here = sorted(file for file in (self.folder / "archive").iterdir())
        warcs = [file for file in here if file.name.endswith(".warc.gz")]
        if odd := [
            file.name for file in here if not re.search(r"\.warc\.gz(\.tail\d*|\.damaged\d*|\.\w+\.new)?$", file.name)
        ]:
            self.problem(f"left over: {odd}")
        if (tested := subprocess.run(["gzip", "-t", *warcs], capture_output=True, text=True)).returncode:
            self.problem(f"gzip -t: {tested.stderr.strip()}")
        try:
            ids, others = read_by_warcio(warcs), read_by_fastwarc(warcs)
        except Exception as error:  # noqa: BLE001 - whatever a reader makes of a file that is no WARC
            self.problem(f"warcio or FastWARC cannot read the archive: {str(error)[:200]!r}")
            return
        if ids != others:
            self.problem("warcio and FastWARC do not read the same records")
        findings: list[Finding] = []
        if verify(self.folder, findings.append) >= Verdict.WARNING:
            self.problem(f"verify: {findings[0].code} {findings[0].message} and {len(findings) - 1} more")
        expected = {page.url: page for page in self.pages}
        with Collection(self.folder) as archive:
            captures = list(archive.captures())
            if archive.damage:
                self.problem(f"damage: {archive.damage[:3]}")
            found = {capture.record.id: capture for capture in captures}
            rows = {row.ref for row in archive.index().in_order_of_capture()}
            for url, (record, digest) in self.acknowledged.items():
                capture = found.get(record)
                if capture is None or f"<{record}>" not in ids:
                    self.problem(f"{url} was reported as captured and is lost ({record})")
                elif capture.payload_digest != digest or capture.url != url:
                    self.problem(f"{url} is not what was captured")
            if rows != (places := {capture.record for capture in captures}):
                self.problem(f"ledger and archive differ by {len(rows ^ places)}")
            with (self.folder / "indexes" / "index.cdxj").open("rb") as index:
                if sum(parse(line) is not None for line in index) != len(captures):
                    self.problem("the index does not list what is there")
            for capture in captures:
                with archive.read(capture.record) as block:
                    if not expected[capture.url].response.startswith(block.read()):
                        self.problem(f"{capture.url} is not byte for byte what was received")
            times = Counter(capture.url for capture in captures)
        if self.finished and times.keys() != expected.keys():
            self.problem(f"missing: {sorted(expected.keys() - times.keys())}")
        for url, count in times.items():
            if count > self.fetched[url]:
                self.problem(f"{url} is there {count} times and was fetched {self.fetched[url]} times")
        self.tally.captures += len(captures)


def read_by_warcio(warcs: list[Path]) -> set[str]:
    ids = set()
    for warc in warcs:
        with warc.open("rb") as file:
            ids |= {record.rec_headers.get_header("WARC-Record-ID") for record in Warcio(file)}
    return ids


def read_by_fastwarc(warcs: list[Path]) -> set[str]:
    ids = set()
    for warc in warcs:
        with warc.open("rb") as file:
            ids |= {record.headers["WARC-Record-ID"] for record in FastWarc(file, parse_http=False)}
    return ids


def work(pages: list[Fetched], folder: Path, trials: int, seed: int, only: int | None = None) -> Tally:
    """Run in a process that has the shim loaded."""
    logging.disable(logging.WARNING)  # of ledgers that could not be tidied once all was noted
    shim = ctypes.CDLL(None)
    shim.faults_done.restype = ctypes.c_long
    tally = Tally()
    operations = count_operations(shim, pages, folder / "count")
    numbers = range(trials) if only is None else [only % 1_000_003]
    for number in numbers:
        Trial(shim, pages, folder / f"{seed}-{number}", seed * 1_000_003 + number, tally).run(operations)
        if len(tally.problems) > 20:
            break
        if number % 500 == 499:
            print(f"{number + 1} trials, {len(tally.problems)} problems", file=sys.stderr, flush=True)
    return tally


def count_operations(shim: Any, pages: list[Fetched], folder: Path) -> int:
    """How many operations a whole crawl takes that waits for every exchange."""
    read, write = os.pipe()
    if os.fork() == 0:
        shim.faults_arm(str(folder).encode(), b"/", ctypes.c_long(1 << 40), BROKEN, True, 0)
        crawl(folder, pages, 3, 3 * _SOON, lambda _: None)
        os.write(write, str(shim.faults_done()).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        operations = int(told.read())
    os.wait()
    shutil.rmtree(folder)
    return operations


def commit() -> str:
    """What is tried here: the commit and its date."""
    shown = ["git", "-C", HERE, "log", "-1", "--format=%h of %cs"]
    return subprocess.run(shown, capture_output=True, text=True).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=14, help="exchanges of the demo's web in one trial")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="SEED", help="repeat one trial, as a problem names it")
    parser.add_argument("--demo", type=Path, metavar="COLLECTION", help="a capture of the demo made before")
    parser.add_argument("--out", type=Path, help="write the result as JSON")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        pages, folder, trials = pickle.loads(Path(options.work[0]).read_bytes()), *options.work[1:]
        json.dump(work(pages, Path(folder), int(trials), options.seed, options.only).to_dict(), sys.stdout)
        return 0
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        return campaign(Path(name), options)


def campaign(folder: Path, options: argparse.Namespace) -> int:
    shim = compile_shim(folder)
    demo = options.demo or folder / "demo"
    if options.demo is None:
        subprocess.run([sys.executable, "-m", "crawler.cli", "demo", "-c", demo], check=True, capture_output=True)
    pages = sorted(demo_exchanges(demo), key=lambda page: len(page.response))[: options.pages]
    (folder / "pages").write_bytes(pickle.dumps(pages))
    began = time.monotonic()
    if options.only is not None:
        options.trials, options.workers, options.seed = 1, 1, options.only // 1_000_003
    workers = []
    for number in range(options.workers):
        place = folder / f"worker{number}"
        place.mkdir()
        share = options.trials // options.workers + (number < options.trials % options.workers)
        command = [sys.executable, __file__, "--work", folder / "pages", place, share, "--seed", options.seed + number]
        command += [] if options.only is None else ["--only", options.only]
        variables = os.environ | {
            "LD_PRELOAD": str(shim),
            "TMPDIR": str(folder),
        }  # what `verify` sets down, in memory too
        workers.append(subprocess.Popen(map(str, command), stdout=subprocess.PIPE, env=variables))
    tallies = [json.loads(worker.communicate()[0]) for worker in workers]
    faults: Counter[int] = Counter()
    for tally in tallies:
        faults.update({int(kind): count for kind, count in tally["faults"].items()})
    problems = [problem for tally in tallies for problem in tally["problems"]]
    result = {
        "commit": commit(),
        "trials": sum(tally["trials"] for tally in tallies),
        "faults": {KINDS[kind]: count for kind, count in sorted(faults.items())},
        "captures_checked": sum(tally["captures"] for tally in tallies),
        "captures_resumed": sum(tally["resumed"] for tally in tallies),
        "seconds": round(time.monotonic() - began),
        "problems": problems,
    }
    for kind, count in result["faults"].items():
        print(f"{count:8,}  {kind}")
    print(f"{faults.total():8,}  faults in {result['trials']:,} captures, {result['seconds']} s")
    print(f"{result['captures_checked']:8,}  captures read back, {result['captures_resumed']:,} not fetched again")
    print(f"{len(problems):8,}  problems")
    print(*{problem.partition(":")[0]: problem for problem in reversed(problems)}.values(), sep="\n")
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(result, indent=1) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
