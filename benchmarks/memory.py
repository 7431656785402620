"""How much memory the long works take: a crawl of 100,000 pages, a pack of 20 GB, an extraction from 5 GB.

    python benchmarks/memory.py [--pages N] [--pack GB] [--extract GB] [--json]

Peak of resident memory in MiB, of a process of its own for each (VmHWM) or of it and those it started together (looked
at ten times a second), whichever is more; the extraction is done by two. The crawl runs twice, over a tenth of the
pages and over all: the difference is what a row of the ledger costs. What is packed is a sparse file beside a few
captures, so that only the output takes room on the disk; what is extracted are pages of 60 KB among pictures of 10 MB.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import crawl as crawling
from crawl import serving
from warc import AT, HEAD, REQUEST, exchange, pages

from crawler.archive import Recorder
from crawler.archive.datapackage import write_datapackage
from crawler.model import Exchange, Outcome, Purpose, Role

PICTURE = 10_000_000
MOST = 300
COMMAND = """
import re, sys
from crawler.cli import main
code = main(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
sys.exit(code)
"""
EVERY = 0.1
"""Seconds between two looks at how much all processes of a work take together."""


def watched(command: list[str]) -> tuple[str, str, float]:
    """What a program prints and says, and the MiB that it and the processes it started took at most, together."""
    most = 0.0
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=out, stderr=said)
        while process.poll() is None:
            most = max(most, sum(map(resident, tree(process.pid))))
            time.sleep(EVERY)
        texts = []
        for file in (out, said):
            file.seek(0)
            texts.append(file.read())
    if process.returncode:
        raise SystemExit(f"{' '.join(command[2:])[-200:]}: {texts[1][-2000:]}")
    return texts[0], texts[1], most


def tree(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
    return found


def resident(process: int) -> float:
    """MiB of a process; what it shares with others is shared out among them."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(text.partition("\nPss:")[2].split()[0]) / 1024 if "\nPss:" in text else 0.0


def peak(*words: str) -> float:
    """MiB that ``wirecopy`` took at most."""
    _, said, together = watched([sys.executable, "-c", COMMAND, *words])
    return max(together, int(said.split()[-1]) / 1024)


def crawl(count: int) -> tuple[float, float]:
    """MiB of a crawl, and those that a million more rows of the ledger would take."""
    peaks = []
    with serving() as port:
        for pages in (count // 10, count):
            with tempfile.TemporaryDirectory() as folder:
                once = json.dumps(["wirecopy", port, pages, folder, False, True])
                printed, _, together = watched([sys.executable, "-P", crawling.__file__, "--once", once])
                peaks.append(max(together, json.loads(printed.splitlines()[-1])["peak_mib"]))
    few, many = peaks
    return many, (many - few) / (count - count // 10) * 1e6


def pack(folder: Path, gigabytes: float) -> float:
    with Recorder(folder / "big", software="bench") as recorder:
        for url, body in pages(50, 2000):
            recorder.record(exchange(url, body)).result()
    with (folder / "big/archive/sparse-20260301000000-00000.warc.gz").open("wb") as file:
        file.truncate(int(gigabytes * 1e9))
    write_datapackage(folder / "big")
    try:
        return peak("pack", str(folder / "big"))
    finally:
        (folder / "big.wacz").unlink(missing_ok=True)


def extract(folder: Path, gigabytes: float) -> float:
    number = int(gigabytes * 1e9 / PICTURE)
    noise = os.urandom(PICTURE)
    with Recorder(folder / "many", software="bench") as recorder:
        for each, (url, body) in enumerate(pages(number, 60_000)):
            recorder.record(exchange(url, body)).result()
            picture = HEAD.replace(b"text/html", b"image/jpeg") + b"\xff\xd8\xff%08d" % each + noise
            why = Purpose(Role.IMAGE, story=url)
            address = f"https://paper.example/{each}.jpg"
            taken = Exchange(address, AT, io.BytesIO(REQUEST), io.BytesIO(picture), why, Outcome.OK)
            recorder.record(taken).result()
    return peak("extract", str(folder / "many"), "--processes", "2")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--pack", type=float, default=20.0, metavar="GB")
    parser.add_argument("--extract", type=float, default=5.0, metavar="GB")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, float] = {}
    found[f"crawl of {options.pages:,} small pages"], growth = crawl(options.pages)
    with tempfile.TemporaryDirectory() as folder:
        found[f"pack of {options.pack:g} GB"] = pack(Path(folder), options.pack)
    with tempfile.TemporaryDirectory() as folder:
        found[f"extract of {options.extract:g} GB"] = extract(Path(folder), options.extract)
    if options.json:
        print(json.dumps({"peak_mib": found, "mib_per_million_rows": growth}))
    else:
        for what, mib in found.items():
            print(f"{what:32}{mib:7.0f} MiB")
        print(f"growth of the crawl per million rows of its ledger: {growth:.0f} MiB")
    return int(max(found.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
