"""Crawl speed beside what a user would pick instead, in turn, in one run: pages a second, as medians and ratios.

``python benchmarks/crawl.py`` serves small pages (2 KB, kept-alive connections) on loopback from a process of its own
and fetches them with

* Scrapy as it comes, which archives nothing;
* the same Scrapy with ``CONCURRENT_ITEMS`` as wirecopy has it (1, not 100), the fair comparison: Scrapy 2.19 starts
  that many tasks for every response, and they take longer than all else it does;
* wirecopy: every exchange in WARC, synced, in the ledger before the spider sees it;
* ``wget --warc-file``, where it is installed;
* Scrapy with scrapy-webarchive, where ``--webarchive PYTHON`` names an environment that has it.

With ``--files FOLDER`` the pages are those of the folder (``*.html.gz``), of 40 made-up hosts, and the server is the
crawl's proxy. From the first request to the end of the crawl, index and all; starting Python is not counted.
Wall time is what a user waits; processor time of the crawling process is steadier on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIZE = 2048
BODIES: list[bytes] = []
"""Pages to serve in the place of small ones."""
WORDS = b"The harbour office has published new tide tables for the coming season. "


class Server(asyncio.Protocol):
    """Answers every request of a connection with a page of its own, as cheaply as Python can."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        answers = []
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            path = self.buffer[: self.buffer.index(b"\r\n")].split(b" ")[1]
            self.buffer = self.buffer[end + 4 :]
            body = self.body(path)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n"
            answers.append(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.transport.write(b"".join(answers))

    def body(self, path: bytes) -> bytes:
        if BODIES:
            return BODIES[int(path.rpartition(b"/")[2]) % len(BODIES)]
        return b"<html><title>%s</title><p>%s</p></html>" % (path, WORDS * (SIZE // len(WORDS)))


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def address(number: int, port: int, proxied: bool) -> str:
    """The URL of a page."""
    return f"http://paper{number % 40}.example/news/{number}" if proxied else f"http://127.0.0.1:{port}/news/{number}"


def scrapy_crawl(kind: str, port: int, pages: int, folder: str, proxied: bool, few: bool = False) -> None:
    """One crawl in this process; prints what it took.

    With ``few`` a request is made when there is room for it: Scrapy's queue takes 1.1 KiB for each that waits.
    """
    from scrapy import Request, Spider, signals
    from scrapy.crawler import CrawlerProcess

    seen = 0
    began, before = 0.0, resource.getrusage(resource.RUSAGE_SELF)

    class Pages(Spider):
        name = "pages"

        async def start(self) -> Any:
            for request in self.start_requests():
                if few and self.crawler.engine.needs_backout():
                    await self.crawler.signals.wait_for(signals.scheduler_empty)
                yield request

        def start_requests(self) -> Any:  # what Scrapy 2.11 asks for, the latest that scrapy-webarchive works with
            nonlocal began, before
            began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
            meta = {"proxy": f"http://127.0.0.1:{port}"} if proxied else {}
            for number in range(pages):
                url = address(number, port, proxied)
                yield Request(url, callback=self.parse, dont_filter=True, meta=dict(meta))

        def parse(self, response: Any) -> None:
            nonlocal seen
            seen += response.status == 200

    settings: dict[str, Any] = {
        "LOG_LEVEL": "WARNING",
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
    }
    if kind == "scrapy, same":
        settings["CONCURRENT_ITEMS"] = 1
    elif kind == "wirecopy":
        settings |= {
            "ADDONS": {"crawler.fetch.addon.ArchivingAddon": 0},
            "WIRECOPY_COLLECTION": f"{folder}/collection",
            "WIRECOPY_ALLOW_ADDRESSES": ["127.0.0.0/8"],
        }
    elif kind == "webarchive":
        settings |= {
            "EXTENSIONS": {"scrapy_webarchive.extensions.WaczExporter": 543},
            "SW_EXPORT_URI": f"{folder}/export.wacz",
        }
    process = CrawlerProcess(settings)
    process.crawl(Pages)
    process.start()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    status = Path("/proc/self/status")  # ru_maxrss also counts what the parent had when it forked
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024 if status.exists() else 0.0
    print(json.dumps({"seconds": time.monotonic() - began, "cpu": cpu, "pages": seen, "peak_mib": peak}))


def wget_crawl(port: int, pages: int, folder: Path, proxied: bool) -> dict[str, float]:
    urls = folder / "urls"
    urls.write_text("".join(f"{address(number, port, proxied)}\n" for number in range(pages)))
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["wget", "-q", "--warc-file", folder / "wget", "--delete-after", "-i", urls, "-P", folder / "pages"]
    subprocess.run(
        command, check=True, env=os.environ | ({"http_proxy": f"http://127.0.0.1:{port}"} if proxied else {})
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.monotonic() - began, "cpu": cpu, "pages": pages}


def measure(kind: str, python: str, port: int, pages: int, *, proxied: bool = False) -> dict[str, float]:
    """Seconds, processor seconds and pages of one crawl in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "wget":
            return wget_crawl(port, pages, Path(folder), proxied)
        told = json.dumps([kind, port, pages, folder, proxied])
        command = [python, "-P", __file__, "--once", told]  # -P: scrapy-webarchive has a module named like one of ours
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{kind}: {done.stderr[-2000:]}")
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        if found["pages"] != pages:
            raise SystemExit(f"{kind} got {found['pages']} of {pages} pages: {done.stderr[-2000:]}")
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--webarchive", metavar="PYTHON", help="an interpreter that has scrapy-webarchive")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="serve these pages (*.html.gz) instead")
    parser.add_argument("--json", action="store_true", help="print what was measured as JSON")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--once", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        files = sorted(options.files.glob("*.html.gz")) if options.files else []
        BODIES.extend(gzip.decompress(file.read_bytes()) for file in files)
        asyncio.run(serve())
        return
    if options.once:
        scrapy_crawl(*json.loads(options.once))
        return
    kinds = dict.fromkeys(("scrapy", "scrapy, same", "wirecopy"), sys.executable)
    if shutil.which("wget"):
        kinds["wget"] = ""
    if options.webarchive:
        kinds["webarchive"] = options.webarchive
    with serving(options.files) as port:
        runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
        for _ in range(options.rounds):
            for kind, python in kinds.items():
                runs[kind].append(measure(kind, python, port, options.pages, proxied=options.files is not None))
    report(runs, as_json=options.json)


@contextmanager
def serving(files: Path | None = None) -> Iterator[int]:
    """A server in a process of its own; gives its port."""
    command = [sys.executable, __file__, "--serve", *(["--files", str(files)] if files else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def report(runs: dict[str, list[dict[str, float]]], *, as_json: bool) -> None:
    rates = {kind: statistics.median(run["pages"] / run["seconds"] for run in of) for kind, of in runs.items()}
    cpu = {kind: statistics.median(1000 * run["cpu"] / run["pages"] for run in of) for kind, of in runs.items()}
    if as_json:
        print(json.dumps({"pages_per_second": rates, "processor_ms_per_page": cpu}))
        return
    print(f"{'':14}{'pages/s':>10}{'of Scrapy':>11}{'ms of processor a page':>24}{'Scrapy of it':>14}")
    for kind, rate in rates.items():
        print(f"{kind:14}{rate:10.0f}{rate / rates['scrapy']:11.2f}{cpu[kind]:24.3f}{cpu['scrapy'] / cpu[kind]:14.2f}")


if __name__ == "__main__":
    main()
