"""Writing, reading and indexing WARC beside warcio, FastWARC and cdxj-indexer: processor seconds, in turn, in one run.

    python benchmarks/warc.py [--rounds N] [--pages N] [--indexer PATH_OF_cdxj-indexer] [--json]

The same exchanges (a request and a response each) from memory to disk, synced; then the file wirecopy wrote is read
and its digests are checked; then it is indexed. wirecopy's writer keeps more: a metadata record that says why, the
ledger, the index, the list of pages and the datapackage. FastWARC's writer is given digests to compute as well.
``verify`` is wirecopy's strict check of everything a standard says, which has no peer; ``read`` reads every record as
each reader does and compares its block with the digest, nothing else. ``index`` is wirecopy's with its ledger, list of
pages and datapackage, ``lines`` the sorted CDXJ alone, which is all that cdxj-indexer makes; of no one's the start of a
program counts.

Each takes its turn in every round, reading a few times a round; what the one before left to Python's collector is
collected first. A ratio is the median of the rounds' ratios, so that a minute in which the machine is slow falls on
both sides of it, and is told with the least and the most of them.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path

from fastwarc import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Recorder, rebuild_index
from crawler.archive.cdxj import line
from crawler.archive.digest import digest_pieces
from crawler.archive.reader import read_records
from crawler.archive.row import Indexed
from crawler.archive.scan import scan
from crawler.archive.source import FileSource
from crawler.archive.verify import Verdict, verify
from crawler.model import Exchange, Outcome, Purpose, Role

AT = datetime(2026, 3, 1, tzinfo=UTC)
REQUEST = b"GET / HTTP/1.1\r\nHost: paper.example\r\nUser-Agent: bench\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n\r\n"
WORDS = "the harbour office has published new tide tables for a coming season ferry quay council vote".split()  # noqa: SIM905


def pages(number: int, size: int) -> list[tuple[str, bytes]]:
    """Pages of words, each another."""
    chance = random.Random(7)
    text = " ".join(chance.choices(WORDS, k=size // 5 + 20_000))
    starts = [chance.randrange(90_000) for _ in range(number)]
    return [
        (f"https://paper.example/{each}", f"<p>{each} {text[start : start + size]}".encode())
        for each, start in enumerate(starts)
    ]


def exchange(url: str, body: bytes) -> Exchange:
    why = Purpose(Role.SEED, story=url)
    return Exchange(url, AT, io.BytesIO(REQUEST), io.BytesIO(HEAD + body), why, Outcome.OK)


def write_wirecopy(items: list[tuple[str, bytes]], folder: Path) -> None:
    with Recorder(folder / "ours", software="bench") as recorder:
        for each in [recorder.record(exchange(url, body)) for url, body in items]:
            each.result()


def write_warcio(items: list[tuple[str, bytes]], folder: Path) -> None:
    with (folder / "warcio.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, body in items:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Server", "bench")], protocol="HTTP/1.1")
            answer = writer.create_warc_record(url, "response", io.BytesIO(body), length=len(body), http_headers=head)
            head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "paper.example")], is_http_request=True)
            writer.write_request_response_pair(writer.create_warc_record(url, "request", http_headers=head), answer)
        out.flush()
        os.fsync(out.fileno())


def write_fastwarc(items: list[tuple[str, bytes]], folder: Path) -> None:
    with (folder / "fastwarc.warc.gz").open("wb") as out:
        stream = GzipWriter(out)
        for url, body in items:
            for kind, block in ((WarcRecordType.request, REQUEST), (WarcRecordType.response, HEAD + body)):
                record = WarcRecord()
                record.init_headers(kind)
                record.headers["WARC-Target-URI"] = url
                record.headers["Content-Type"] = "application/http"
                record.set_bytes_content(block)
                record.parse_http()
                record.write(stream, checksum_data=True)
        stream.close()
        out.flush()
        os.fsync(out.fileno())


def read_wirecopy(file: Path) -> None:
    for record in read_records(FileSource(file, file.name), lambda damage: sys.exit(damage.message)):
        assert digest_pieces(record.pieces())[0] == record.head.get("WARC-Block-Digest")


def verify_wirecopy(file: Path) -> None:
    assert verify(file, lambda _: None) < Verdict.ERROR


def read_warcio(file: Path) -> None:
    with file.open("rb") as opened:
        for record in WarcioIterator(opened, check_digests=True):
            while record.raw_stream.read(1 << 18):
                pass


def read_fastwarc(file: Path) -> None:
    with file.open("rb") as opened:
        for record in ArchiveIterator(opened, parse_http=False):
            record.verify_block_digest()


def index_wirecopy(file: Path) -> None:
    rebuild_index(file.parents[1])


indexed = attrgetter(*Indexed._fields)


def lines_wirecopy(file: Path) -> None:
    """Nothing but the sorted CDXJ, which is all that cdxj-indexer makes."""
    found = scan(read_records(FileSource(file, file.name), lambda damage: sys.exit(damage.message)), file.name, print)
    with (file.parents[2] / "lines.cdxj").open("w") as out:
        out.writelines(sorted(f"{line(Indexed._make(indexed(row)))}\n" for row, *_ in found))


PEER = """
import sys, time
from cdxj_indexer.main import write_cdx_index
began = time.process_time()
write_cdx_index(sys.argv[2], [sys.argv[1]], {"sort": True})
print(time.process_time() - began)
"""
"""What the program ``cdxj-indexer -s`` does once it has started."""


def index_peer(file: Path, program: str) -> float:
    """Seconds of processor time without the program's start, a quarter of a second, which ours are told without."""
    python = Path(program).with_name("python")
    command = [python, "-W", "ignore", "-c", PEER, file, file.parents[2] / "x.cdxj"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """Of processor time."""
    gc.collect()
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


WRITERS = {"wirecopy": write_wirecopy, "warcio": write_warcio, "FastWARC": write_fastwarc}
READINGS = 3
"""In a round: reading takes less time than all else, and a short measurement is at the mercy of its moment."""
READERS = {"wirecopy": read_wirecopy, "warcio": read_warcio, "FastWARC": read_fastwarc}


Rounds = dict[str, dict[str, list[float]]]
"""Seconds of each round, by work and who did it."""


def compare(size: int, number: int, rounds: int, indexer: str | None) -> Rounds:
    """Seconds by work, who did it, and round."""
    items = pages(number, size)
    taken: Rounds = {}

    def note(work: str, who: str, spent: float) -> None:
        taken.setdefault(work, {}).setdefault(who, []).append(spent)

    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for who, write in WRITERS.items():
                note("write", who, seconds(write, items, folder))
            [file] = (folder / "ours/archive").iterdir()
            for _ in range(READINGS):
                for who, read in READERS.items():
                    note("read", who, seconds(read, file))
            note("verify", "wirecopy", seconds(verify_wirecopy, file))
            note("index", "wirecopy", seconds(index_wirecopy, file))
            note("lines", "wirecopy", seconds(lines_wirecopy, file))
            if indexer:
                taken_by_peer = index_peer(file, indexer)
                note("index", "cdxj-indexer", taken_by_peer)
                note("lines", "cdxj-indexer", taken_by_peer)
    return taken


def summary(taken: Rounds) -> dict[str, dict[str, dict[str, float]]]:
    """By work and who did it: median seconds, and in how many times wirecopy's, as median, least and most."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for work, by in taken.items():
        for who, times in by.items():
            ratios = [theirs / ours for theirs, ours in zip(times, by["wirecopy"], strict=True)]
            found.setdefault(work, {})[who] = {
                "seconds": statistics.median(times),
                "ratio": statistics.median(ratios),
                "least": min(ratios),
                "most": max(ratios),
            }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=4000)
    parser.add_argument("--indexer", help="cdxj-indexer's program, of an environment that has it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # warcio leaves temporary files to the collector
    found = {
        f"{size // 1000} KB": summary(
            compare(size, max(options.pages * 2000 // size, options.pages // 8), options.rounds, options.indexer)
        )
        for size in (2000, 60_000)
    }
    if options.json:
        print(json.dumps(found, indent=1))
        return 0
    for size, works in found.items():
        for work, by in works.items():
            ratios = "".join(
                f"; {each['ratio']:.2f} x {who} ({each['least']:.2f} to {each['most']:.2f})"
                for who, each in by.items()
                if who != "wirecopy"
            )
            print(f"{work}, pages of {size}: {by['wirecopy']['seconds']:.2f} s{ratios}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
