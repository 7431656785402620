"""How much memory the long works take: a crawl of 100,000 pages, a pack of 20 GB, an extraction from 5 GB.

    python benchmarks/memory.py [--pages N] [--pack GB] [--extract GB] [--json]

Peak of resident memory (VmHWM) of a process of its own for each, in MiB. The crawl runs twice, over a tenth of the
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
from pathlib import Path

from crawl import measure, serving
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


def peak(*words: str) -> float:
    """MiB that ``wirecopy`` took at most."""
    done = subprocess.run([sys.executable, "-c", COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        raise SystemExit(f"wirecopy {words[0]}: {done.stderr.decode()[-2000:]}")
    return int(done.stderr.split()[-1]) / 1024


def crawl(count: int) -> tuple[float, float]:
    """MiB of a crawl, and those that a million more rows of the ledger would take."""
    with serving() as port:
        few = measure("wirecopy", sys.executable, port, count // 10)["peak_mib"]
        many = measure("wirecopy", sys.executable, port, count)["peak_mib"]
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
    return peak("extract", str(folder / "many"), "--processes", "1")


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
