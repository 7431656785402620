"""One crawl in a process of its own, told what to do in JSON on standard input, reporting in JSON on standard output.

Input: {"settings": {...}, "constants": {"module.NAME": value}, "names": {host: its address at each look-up},
"sink": folder or null, "held": null or [file, seconds]: promises are kept when the file is there, or after so long,
"lanes": [[{"url", "method", "headers", "body", "meta"}, ...], ...]}. The requests of a lane go one after the other,
lanes go side by side. Output: {url: {...}} under "answers", the finish reason, and the most memory the process had in
kilobytes.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import socket
import sys
import threading
import time
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from twisted.internet._resolver import GAIResolver

from crawler.archive.recorder import Recorder
from crawler.model import Exchange, Failure
from crawler.model.article import plain
from crawler.spiders.miss import outcome_of


class FileSink:
    """Writes down each exchange as it was handed over, then passes it on to the archive's recorder."""

    def __init__(self, folder: Path, held: tuple[str, float] | None = None) -> None:
        self.folder = folder
        self.held = held
        self.number = 0
        self.lock = threading.Lock()
        self.recorder = Recorder(folder / "collection", software="test")

    def record(self, exchange: Exchange) -> Future[Any]:
        with self.lock:
            self.number += 1
            stem = self.folder / f"{self.number:05}"
            facts = {
                name: plain(getattr(exchange, name))
                for name in ("url", "purpose", "outcome", "outcome_reason", "address", "truncated")
            }
            facts["started_at"] = exchange.started_at.isoformat()
            facts["interim"] = [head.decode("latin-1") for head in exchange.interim]
            facts["has_response"] = exchange.response is not None
            if exchange.tls is not None:
                facts["tls"] = {
                    **plain(exchange.tls),
                    "chain": [hashlib.sha256(c).hexdigest() for c in exchange.tls.chain],
                }
            for name, stream in (("request", exchange.request), ("response", exchange.response)):
                if stream is not None:
                    with stem.with_suffix(f".{name}").open("wb") as out:
                        while piece := stream.read(1 << 16):
                            out.write(piece)
                    stream.seek(0)
            stem.with_suffix(".json").write_text(json.dumps(facts))
        if self.folder.joinpath("full").exists():
            exchange.close()
            promise: Future[Any] = Future()
            threading.Timer(0.05, promise.set_exception, [OSError(28, "No space left on device")]).start()
            return promise
        return self._later(self.recorder.record(exchange)) if self.held else self.recorder.record(exchange)

    def _later(self, promise: Future[Any]) -> Future[Any]:
        later: Future[Any] = Future()

        def wait() -> None:
            file, seconds = Path(self.held[0]), self.held[1]
            ends = time.monotonic() + seconds
            while not file.exists():
                if time.monotonic() > ends:
                    file.with_suffix(".in_vain").touch()
                    break
                time.sleep(0.01)
            later.set_result(promise.result())

        threading.Thread(target=wait).start()
        return later

    def fail(self, failure: Failure) -> Future[None]:
        with self.lock, self.folder.joinpath("failures.jsonl").open("a") as out:
            facts = {name: plain(getattr(failure, name)) for name in ("url", "purpose", "outcome", "message")}
            out.write(json.dumps(facts) + "\n")
        return self.recorder.fail(failure)

    def close(self) -> None:
        self.recorder.close()
        self.folder.joinpath("closed").touch()


class Names:
    """The name system, in which some names have another address every time they are looked up."""

    def __init__(self, addresses: dict[str, list[str]]) -> None:
        self.addresses = addresses
        self.system = socket.getaddrinfo

    def __call__(self, host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in self.addresses:
            return self.system(host, *args, **kwargs)
        left = self.addresses[name]
        return self.system(left.pop(0) if len(left) > 1 else left[0], *args, **kwargs)


class Lanes(Spider):
    name = "lanes"

    async def start(self) -> Any:
        await asyncio.gather(*map(self._lane, self.lanes))
        for request in ():
            yield request

    async def _lane(self, lane: list[dict[str, Any]]) -> None:
        for asked in lane:
            key = asked.pop("as", None) or f"{asked.get('method', 'GET')} {asked['url']}"
            if wait := asked.pop("wait", 0):
                await asyncio.sleep(wait)
            try:
                response = await self.crawler.engine.download_async(Request(**asked))
            except Exception as error:  # noqa: BLE001  # whatever Scrapy raises is what the test asks about
                self.answers[key] = {"error": type(error).__name__, "ending": outcome_of(error)}
            else:
                self.answers[key] = {
                    "status": response.status,
                    "url": response.url,
                    "size": len(response.body),
                    "sha256": hashlib.sha256(response.body).hexdigest(),
                    "flags": list(response.flags),
                    "start": response.body[:200].decode("latin-1"),
                    "peer": [str(response.ip_address), response.certificate is not None],
                    "recorded": str(response.meta.get("recorded")),
                    "outcome": getattr(response.meta.get("recorded"), "outcome", None),
                }


def main() -> None:
    told = json.load(sys.stdin)
    for place, value in told["constants"].items():
        module, _, name = place.rpartition(".")
        assert hasattr(import_module(module), name)
        setattr(import_module(module), name, value)
    GAIResolver.__init__.__defaults__ = (None, Names(told["names"]))
    settings = {
        "ADDONS": {"crawler.fetch.addon.ArchivingAddon": 0},
        "LOG_LEVEL": "WARNING",
        "CONCURRENT_REQUESTS": 64,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
        **told["settings"],
    }
    if told.get("sink"):
        sink = Path(told["sink"])
        settings |= {
            "WIRECOPY_COLLECTION": told["sink"],
            "WIRECOPY_RECORDER": lambda _: FileSink(sink, told.get("held")),
        }
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(Lanes)
    answers: dict[str, Any] = {}
    failed: list[str] = []
    process.crawl(crawler, lanes=told["lanes"], answers=answers).addErrback(lambda f: failed.append(repr(f.value)))
    process.start()
    # Not ru_maxrss: a process inherits its parent's peak there.
    peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
    stats = crawler.stats.get_stats() if crawler.stats else {}
    json.dump({"answers": answers, "failed": failed, "peak_kb": peak, "reason": stats.get("finish_reason")}, sys.stdout)


if __name__ == "__main__":
    main()
