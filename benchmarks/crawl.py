"""Crawl speed beside what a user would pick instead, in turn, in one run: pages a second, as medians and ratios.

``python benchmarks/crawl.py`` serves small pages (2 KB, kept-alive connections) on loopback from a process of its own
and fetches them with

* stock Scrapy, which archives nothing; the same with ``CONCURRENT_ITEMS`` as wirecopy has it;
* wirecopy: every exchange in WARC, synced, in the ledger before the spider sees it;
* ``wget --warc-file``, where it is installed;
* Scrapy with scrapy-webarchive, where ``--webarchive PYTHON`` names an environment that has it.

From the first request to the end of the crawl, index and all; starting Python is not counted.
Wall time is what a user waits; processor time of the crawling process is steadier on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
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


def scrapy_crawl(kind: str, port: int, pages: int, folder: str) -> None:
    """One crawl in this process; prints what it took."""
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess

    seen = 0
    began, before = 0.0, resource.getrusage(resource.RUSAGE_SELF)

    class Pages(Spider):
        name = "pages"

        async def start(self) -> Any:
            nonlocal began, before
            began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
            for number in range(pages):
                yield Request(f"http://127.0.0.1:{port}/news/{number}", callback=self.parse, dont_filter=True)

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
    if kind == "scrapy, tuned":
        settings["CONCURRENT_ITEMS"] = 8  # as wirecopy sets it: stock Scrapy starts 100 tasks for every response
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
    print(json.dumps({"seconds": time.monotonic() - began, "cpu": cpu, "pages": seen}))


def wget_crawl(port: int, pages: int, folder: Path) -> dict[str, float]:
    urls = folder / "urls"
    urls.write_text("".join(f"http://127.0.0.1:{port}/news/{number}\n" for number in range(pages)))
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["wget", "-q", "--warc-file", folder / "wget", "--delete-after", "-i", urls, "-P", folder / "pages"]
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.monotonic() - began, "cpu": cpu, "pages": pages}


def measure(kind: str, python: str, port: int, pages: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        if kind == "wget":
            return wget_crawl(port, pages, Path(folder))
        told = json.dumps([kind, port, pages, folder])
        done = subprocess.run([python, __file__, "--once", told], capture_output=True, text=True, check=True)
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
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "crawl.json")
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
    kinds = dict.fromkeys(("scrapy", "scrapy, tuned", "wirecopy"), sys.executable)
    if shutil.which("wget"):
        kinds["wget"] = ""
    if options.webarchive:
        kinds["webarchive"] = options.webarchive
    command = [sys.executable, __file__, "--serve", *(["--files", str(options.files)] if options.files else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
        for _ in range(options.rounds):
            for kind, python in kinds.items():
                runs[kind].append(measure(kind, python, port, options.pages))
        server.terminate()
    report(runs, options)


def report(runs: dict[str, list[dict[str, float]]], options: argparse.Namespace) -> None:
    rates = {kind: statistics.median(run["pages"] / run["seconds"] for run in of) for kind, of in runs.items()}
    cpu = {kind: statistics.median(1000 * run["cpu"] / run["pages"] for run in of) for kind, of in runs.items()}
    print(f"{'':14}{'pages/s':>10}{'of Scrapy':>11}{'ms of processor a page':>24}{'Scrapy of it':>14}")
    for kind, rate in rates.items():
        print(f"{kind:14}{rate:10.0f}{rate / rates['scrapy']:11.2f}{cpu[kind]:24.3f}{cpu['scrapy'] / cpu[kind]:14.2f}")
    result = {
        "pages": options.pages, "rounds": options.rounds, "machine": platform.platform(), "cores": os.cpu_count(),
        "python": platform.python_version(), "pages_per_second": rates, "cpu_ms_per_page": cpu,
        "ratio_to_scrapy": {kind: rate / rates["scrapy"] for kind, rate in rates.items()},
    }  # fmt: skip
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
