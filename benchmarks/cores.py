"""Extraction of one WARC by several processes beside one: how much of the cores does it use?

    python benchmarks/cores.py [ARCHIVE or PAGES_DIR] [--processes 2] [--step 1] [--json]

Without an archive, every ``--step``-th page of a folder as ``benchmarks/extract.py`` takes it is put into one first.

Processor time is counted, not wall time, so that what else the machine does hits neither. With N processes, the work of
one process is W; N need W' for the same pages, start included, and the process that finds the pages and writes what
comes back needs P of the machine besides. On N idle cores the wall time is at least the larger of (W' + P) / N and P,
and the speed at most W over that; printed is that over N, the share of the cores that is used.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from warc import exchange

from crawler.archive import Recorder, open_archive
from crawler.cli.extract import as_line
from crawler.jobs.extraction.spread import Spread
from crawler.model import Article

HERE = Path(__file__).resolve().parent


def measured(article: Article) -> tuple[int, float, str]:
    """The process that extracted, the processor seconds it has used so far, and the line."""
    text = as_line(article)
    return os.getpid(), time.process_time(), text


def run(path: Path, processes: int) -> tuple[int, float, float, float]:
    """Pages, processor seconds of this process and of the others, wall seconds."""
    began, used = time.monotonic(), time.process_time()
    others: dict[int, float] = {}
    pages = 0
    with (
        Path(os.devnull).open("w") as out,
        open_archive(path) as archive,
        Spread(measured, processes) as spread,
    ):
        for pid, seconds, text in spread.archive(archive, path, str(path), print):
            others[pid] = max(seconds, others.get(pid, 0.0))
            out.write(text)
            pages += 1
    others.pop(os.getpid(), None)
    return pages, time.process_time() - used, sum(others.values()), time.monotonic() - began


def written(pages: Path, folder: Path, step: int) -> Path:
    """A collection of the pages in a folder, the first of each address."""
    with Recorder(folder / "pages", software="bench") as recorder:
        for line in itertools.islice((pages / "truth.jsonl").open(encoding="utf-8"), 0, None, step):
            truth = json.loads(line)
            if url := truth.get("url"):
                body = gzip.decompress((pages / "pages" / f"{truth['id']}.html.gz").read_bytes())
                recorder.record(exchange(url, body)).result()
    return folder / "pages"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("archive", nargs="?", type=Path, default=HERE.parents[1] / "shared" / "pages")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    number = options.processes
    with TemporaryDirectory() as folder:
        truth = (options.archive / "truth.jsonl").is_file()
        path = written(options.archive, Path(folder), options.step) if truth else options.archive
        pages, alone, _, wall = run(path, 1)
        again, parent, others, together = run(path, number)
    assert pages == again
    used = alone / max((parent + others) / number, parent) / number
    if options.json:
        print(json.dumps({"pages": pages, "processes": number, "used": used, "seconds": [alone, others, parent]}))
        return
    print(f"{pages} pages; one process: {alone:.1f} s of processor, {pages / alone:.1f} pages a second of a core")
    print(f"{number} processes: {others:.1f} s in them, {parent:.1f} s in the one that finds and writes; "
          f"share of {number} idle cores that is used: {used:.2f}")  # fmt: skip
    print(f"  that one could keep {others / parent:.0f} others busy; wall {wall:.1f} s and {together:.1f} s here")


if __name__ == "__main__":
    main()
