"""The index of payloads at ten million of them: memory, size on the disk, and what a question costs.

``python benchmarks/payloads.py [--payloads 10000000] [--filled 9800000]``; with ``--filled`` so many are put in at
once, in a process of their own, so that the last ones are measured in minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID

from crawler.archive.payloads import FILE, Payloads
from crawler.archive.row import Row

ROW = Row("", "x.warc.gz", 0, 0, 0, 0, "response", "http://a.example/", "", 0, 200, None, "", 0, None, None)


def digest(number: int) -> str:
    return "sha256:" + hashlib.sha256(str(number).encode()).hexdigest()


def memory() -> int:
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


FILL = """
import os, sqlite3, sys
database, count = sqlite3.connect(sys.argv[1]), int(sys.argv[2])
random = os.urandom(16 * count)
keys = sorted(random[at : at + 16] for at in range(0, len(random), 16))
database.executemany("INSERT OR IGNORE INTO payloads VALUES (?, 1, ?)", ((key, key) for key in keys))
database.commit()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payloads", type=int, default=10_000_000)
    parser.add_argument("--filled", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        payloads = Payloads(Path(name) / "c")
        if options.filled:
            subprocess.run([sys.executable, "-c", FILL, Path(name) / FILE, str(options.filled)], check=True)
        began, spent = time.monotonic(), time.process_time()
        for start in range(options.filled, options.payloads, 1024):
            payloads.add(
                ROW._replace(id=f"urn:uuid:{UUID(int=number)}", payload_digest=digest(number))
                for number in range(start, min(start + 1024, options.payloads))
            )
            if start % (1 << 20) == 0:
                print(f"{start:12,} payloads, {memory()} MiB, {time.monotonic() - began:.0f} s", flush=True)
        each = 1e6 * (time.process_time() - spent) / max(1, options.payloads - options.filled)
        times = []
        for number in range(options.filled, 2 * options.payloads, max(1, options.payloads // 1000)):
            asked = time.perf_counter()
            payloads.find(digest(number))
            times.append(1e6 * (time.perf_counter() - asked))
        size = sum(file.stat().st_size for file in Path(name).glob(f"{FILE}*"))
        print(f"{options.payloads:12,} payloads, {memory()} MiB at most, {size / 1e6:.0f} MB on the disk")
        print(f"{'':12} one more takes {each:.0f} µs of processor time")
        print(f"{'':12} a question takes {statistics.median(times):.0f} µs, the slowest {max(times):.0f} µs")
        payloads.close()


if __name__ == "__main__":
    main()
