"""How much damage `wirecopy verify` finds: every byte of a WARC flipped, every length cut, each time verified anew.

    python benchmarks/damage.py [--every N] [--plain]

The file is recorded as a crawl records, 50 records of it. What a change means is judged without wirecopy: by zlib, as
the list of what the gzip members hold. A flip counts as found where there is a warning or an error. A cut that falls
between two exchanges leaves a sound, shorter file; those are counted apart, and tried again on the collection.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive import Recorder
from crawler.archive.verify import Finding, Verdict, verify
from crawler.model import Exchange, Outcome, Purpose, Role

START = datetime(2026, 3, 1, tzinfo=UTC)


def record_collection(folder: Path) -> Path:
    """A collection of 16 exchanges and one that came with an early hint: 50 records. Its one WARC."""
    with Recorder(folder, software="wirecopy/benchmark") as recorder:
        for number in range(16):
            page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Story %d</p>" % (number // 2)
            exchange = Exchange(
                f"https://www.example.org/{number}",
                START + timedelta(seconds=number),
                io.BytesIO(b"GET /%d HTTP/1.1\r\nHost: www.example.org\r\n\r\n" % number),
                io.BytesIO(page),
                Purpose(Role.SEED, because="named by the user"),
                Outcome.OK,
                address="192.0.2.7",
                interim=(b"HTTP/1.1 103 Early Hints\r\n\r\n",) if number == 7 else (),
            )
            recorder.record(exchange).result(10)
    (warc,) = (folder / "archive").glob("*.warc.gz")
    return warc


def meaning(data: bytes) -> list[bytes] | None:
    """What the members hold; None where they can't all be read."""
    held = []
    while data:
        inflater = zlib.decompressobj(31)
        try:
            held.append(inflater.decompress(data))
        except zlib.error:
            return None
        if not inflater.eof:
            return None
        data = inflater.unused_data
    return held


def is_found(path: Path) -> bool:
    found: list[Finding] = []
    return verify(path, found.append) >= Verdict.WARNING


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try every Nth offset only")
    parser.add_argument("--plain", action="store_true", help="flip and cut the file unpacked too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warc = record_collection(Path(folder) / "c")
        whole = warc.read_bytes()
        records = meaning(whole)
        assert records is not None
        print(f"{len(records)} records in {len(whole):,} bytes, every {options.every}th offset")
        assert not is_found(warc)
        missed = campaign(whole, records, Path(folder) / "c", warc, options.every)
        if options.plain:
            plain(b"".join(records), Path(folder), options.every)
    return 1 if missed else 0


def campaign(whole: bytes, records: list[bytes], collection: Path, warc: Path, every: int) -> int:
    alone = collection.parent / warc.name
    luck = random.Random(1)
    counts: Counter[str] = Counter()
    began = time.monotonic()
    for at in range(0, len(whole), every):
        changed = whole[:at] + bytes([whole[at] ^ luck.randrange(1, 256)]) + whole[at + 1 :]
        if meaning(changed) == records:
            counts["flips without meaning"] += 1
            continue
        alone.write_bytes(changed)
        counts["flips found" if is_found(alone) else "flips MISSED"] += 1
    boundaries = []
    for end in range(1, len(whole), every):
        alone.write_bytes(whole[:end])
        if is_found(alone):
            counts["cuts found"] += 1
        elif meaning(whole[:end]) is not None:
            boundaries.append(end)
            counts["cuts between two exchanges, sound as a file"] += 1
        else:
            counts["cuts MISSED"] += 1
    for end in boundaries:
        warc.write_bytes(whole[:end])
        counts["such cuts found in the collection" if is_found(collection) else "cuts MISSED in the collection"] += 1
    warc.write_bytes(whole)
    for name, count in counts.most_common():
        print(f"{count:8,}  {name}")
    print(f"{time.monotonic() - began:8.0f}  seconds")
    return sum(count for name, count in counts.items() if "MISSED" in name)


def plain(whole: bytes, folder: Path, every: int) -> None:
    """A file that is not compressed: nothing but what records say of one another guards their heads."""
    alone = folder / "plain.warc"
    luck = random.Random(1)
    counts: Counter[str] = Counter()
    for at in range(0, len(whole), every):
        alone.write_bytes(whole[:at] + bytes([whole[at] ^ luck.randrange(1, 256)]) + whole[at + 1 :])
        counts["flips found, unpacked" if is_found(alone) else "flips not found, unpacked"] += 1
    for end in range(1, len(whole), every):
        alone.write_bytes(whole[:end])
        counts["cuts found, unpacked" if is_found(alone) else "cuts not found, unpacked"] += 1
    for name, count in counts.most_common():
        print(f"{count:8,}  {name}")


if __name__ == "__main__":
    sys.exit(main())
