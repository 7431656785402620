"""What a store costs: requests a WARC and megabytes a second, against moto's server on loopback.

moto is Python and keeps objects in memory, so the rates say what this side takes and what it asks; a real store's are
its own. Unlike Amazon it tells no checksum of an object that came in one request, so that each is read once more (a
GET for every 8 MiB). Run: ``python benchmarks/store.py [MEGABYTES]``.
"""

from __future__ import annotations

import logging
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from moto.server import ThreadedMotoServer

from crawler.archive import Recorder, open_archive
from crawler.archive.store import pull, push, push_warcs
from crawler.archive.store.objects import open_objects
from tests.archive.store.gate import Gate

AT = datetime(2026, 11, 1, tzinfo=UTC)


def collection(path: Path, megabytes: int) -> Path:
    with Recorder(path, software="benchmark", rotate_bytes=1 << 40) as recorder:
        for number in range(max(1, megabytes)):
            recorder.resource(f"urn:{number}", os.urandom(1 << 20), "image/png", AT).result()
    return path


def timed(what: str, size: int, work: object) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()  # type: ignore[operator]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:34}{size / 1e6:9.1f} MB{wall:8.2f} s{size / wall / 1e6:9.1f} MB/s{cpu:9.2f} s of processor time")


def main() -> None:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 256
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    port = store.get_host_and_port()[1]
    os.environ.update(AWS_ACCESS_KEY_ID="key", AWS_SECRET_ACCESS_KEY="secret", AWS_REGION="us-east-1")
    with TemporaryDirectory() as folder, Gate(port).running() as gate:
        os.environ["XDG_CACHE_HOME"] = folder
        root = Path(folder)
        os.environ["AWS_ENDPOINT_URL"] = gate.url
        open_objects("s3://bench").call("make", "", "create_bucket")  # type: ignore[attr-defined]
        for megabytes in (1, 15, 64):
            path = collection(root / f"c{megabytes}", megabytes)
            gate.soundly()
            push_warcs(path, f"s3://bench/c{megabytes}")
            first = len(gate.passed)
            push(path, f"s3://bench/c{megabytes}")
            second = len(gate.passed)
            push(path, f"s3://bench/c{megabytes}")
            third = len(gate.passed)
            found = [each.method for each in gate.passed[:first]]
            counts = ", ".join(f"{found.count(name)} {name}" for name in sorted(set(found)))
            print(
                f"a WARC of {megabytes} MiB: {first} requests ({counts}); the four files made from it and the manifest "
                f"{second - first}; with nothing new {third - second}"
            )
        os.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"
        path = collection(root / "large", large)
        size = next((path / "archive").iterdir()).stat().st_size
        timed("push a WARC", size, lambda: push_warcs(path, "s3://bench/large"))
        push(path, "s3://bench/large")
        timed("pull it", size, lambda: pull("s3://bench/large", root / "pulled"))

        def read() -> None:
            with open_archive("s3://bench/large") as archive:
                assert sum(1 for _ in archive.captures()) == large

        timed("read every record where it is", size, read)
    store.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"memory at most, the store in this process included: {peak} MiB")


if __name__ == "__main__":
    main()
