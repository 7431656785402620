"""A crawl of many sites by workers that are killed in turn: is every page captured, once, and no host hurried?

    python benchmarks/cluster.py --sites 300 --workers 3 --every 5

A worker is killed every few seconds, once it has done a job, or nothing would ever be done on a machine that starts
them slowly; in turn alone and with all its processes. The sites are names that a proxy on loopback answers for; it
notes when each was asked. Ends with 1 where a page is missing or captured twice, or two requests to one host came
sooner than its delay.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from urllib.parse import urlsplit

from crawler.archive import Collection

SHARED = "pictures.example"
"""A host that the pages of every site take a picture from."""


class Web(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: ClassVar[dict[str, list[tuple[float, str]]]] = defaultdict(list)

    def do_GET(self) -> None:
        at, parts = time.monotonic(), urlsplit(self.path)
        host = parts.hostname or ""
        self.asked[host].append((at, parts.path))
        if host == SHARED:
            kind, body = "image/png", b"\x89PNG\r\n\x1a\n" + parts.path.encode() * 20
        else:
            words = "".join(
                f"<p>Sentence {n} of {self.path} tells of the ferry that came back to its quay in spring.</p>"
                for n in range(12)
            )
            picture = f'<img src="http://{SHARED}/{host}.png" width=600 height=400 alt="The ferry">' * (
                parts.path == "/0"
            )
            kind, body = "text/html", f"<article><h1>Ferry at {host}</h1>{picture}{words}</article>".encode()
        self.send_response(404 if parts.path == "/robots.txt" else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: Any) -> None:
        """Crawls that are killed hang up in mid-sentence."""


def main() -> int:
    options = _options()
    with TemporaryDirectory(prefix="wirecopy-cluster-") as name, Server(("127.0.0.1", 0), Web) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        folder = Path(name)
        urls = [f"http://site{n}.example/{page}" for n in range(options.sites) for page in range(options.pages)]
        watchlist = folder / "watch.toml"
        watchlist.write_text(
            f'proxy = "http://127.0.0.1:{server.server_port}"\narchives = "archives"\nlimits.stories = {len(urls)}\n'
            f'politeness = {{ delay = {options.delay}, hosts = {{ "{SHARED}" = {{ delay = {options.shared} }} }} }}\n'
            "capture.panels = 0\n" + "".join(f'[[story]]\nurl = "{url}"\n' for url in urls)
        )
        with Broker(folder) as broker:
            came = crawl(options, broker, watchlist, folder)
        server.shutdown()
        return tell(options, urls, folder / "archives", *came)


def crawl(
    options: argparse.Namespace, broker: str, watchlist: Path, folder: Path
) -> tuple[Any, Counter[str], float, int]:
    words = [
        "worker",
        "--broker",
        broker,
        "--archives",
        str(folder / "archives"),
        "--jobs",
        str(options.jobs),
        "--json",
    ]
    words += ["--heartbeat", "5"]
    began = time.monotonic()
    with (folder / "log").open("w") as log:
        numbers = itertools.count()

        def begin() -> Worker:
            return Worker(words, folder / f"worker-{next(numbers)}", log)

        workers = [begin() for _ in range(options.workers)]
        run = _start(
            ["run", str(watchlist), "--engine", "dramatiq", "--broker", broker, "--json"], log, subprocess.PIPE
        )
        kills: Counter[str] = Counter()
        next_kill = began + options.every
        threading.Thread(target=_show, args=(run,), daemon=True).start()
        try:
            while run.poll() is None:
                time.sleep(0.2)
                if time.monotonic() > next_kill and (victim := next((each for each in workers if each.done()), None)):
                    next_kill = time.monotonic() + options.every
                    workers.remove(victim)
                    whole = sum(kills.values()) % 2 == 0
                    kills["with all its processes" if whole else "alone"] += 1
                    victim.kill(whole=whole)
                    workers.append(begin())
            seconds = time.monotonic() - began
            out = run.communicate()[0]
        finally:  # also on Ctrl-C: they have sessions of their own, and hear nothing of it
            _end([run, *(worker.process for worker in workers)])
    said = (folder / "log").read_text()
    if options.log:
        options.log.write_text(said)
    if not out:
        print(said[-3000:])
    return json.loads(out), kills, seconds, said.count("Traceback (most recent call last)")


def tell(
    options: argparse.Namespace,
    urls: list[str],
    archives: Path,
    report: Any,
    kills: Counter[str],
    seconds: float,
    tracebacks: int,
) -> int:
    captured: Counter[str] = Counter()
    for collection in sorted(archives.iterdir()):
        if collection.is_dir():
            with Collection(collection) as archive:
                captured.update(capture.url for capture in archive.captures() if capture.status == 200)
    pages = {url: captured[url] for url in urls}
    missing = [url for url, number in pages.items() if not number]
    twice = [url for url, number in captured.items() if number > 1]
    asked = Counter((host, path) for host, each in Web.asked.items() for _, path in each)
    gaps = {
        host: min(late - early for early, late in itertools.pairwise(sorted(at for at, _ in each)))
        for host, each in Web.asked.items()
        if len(each) > 1
    }
    hurried = [host for host, gap in gaps.items() if gap < (options.shared if host == SHARED else options.delay)]
    robots = sum(number - 1 for (_, path), number in asked.items() if path == "/robots.txt")
    found = {
        "sites": options.sites, "pages": len(urls), "workers": options.workers, "jobs": options.jobs,
        "seconds": round(seconds), "result": report["result"], "failed": report["failed"], "killed": dict(kills),
        "captured": len(urls) - len(missing), "twice": len(twice),
        "requests": {
            "answered": sum(asked.values()), "robots_again": robots,
            "pages_again": sum(number - 1 for number in asked.values()) - robots,
        },
        "shortest_gap": {
            "of_sites": round(min(gap for host, gap in gaps.items() if host != SHARED), 3), "delay": options.delay,
            "of_the_shared_host": round(gaps.get(SHARED, 0), 3), "its_delay": options.shared,
        },
        "hosts": len(gaps), "hurried": len(hurried), "tracebacks": tracebacks,
    }  # fmt: skip
    print(json.dumps(found, indent=1))
    if options.out:
        options.out.write_text(json.dumps(found, indent=1) + "\n")
    return 1 if missing or twice or hurried else 0


class Worker:
    """A worker that writes a line for each job it has done."""

    def __init__(self, words: list[str], lines: Path, log: Any) -> None:
        self._lines = lines
        with lines.open("w") as out:
            self.process = _start(words, log, out)

    def done(self) -> bool:
        return self._lines.stat().st_size > 0

    def kill(self, *, whole: bool) -> None:
        """Kill it, alone or with the processes that it started."""
        os.killpg(self.process.pid, signal.SIGKILL) if whole else self.process.kill()
        self.process.wait()


class Broker:
    """A Redis server on a free port."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            sys.exit("no redis-server here: apt-get install redis-server")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        words = [program, "--port", str(self._port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL)

    def __enter__(self) -> str:
        while True:
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", self._port)) == 0:
                    return f"redis://127.0.0.1:{self._port}/0"
            time.sleep(0.05)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


def _start(words: list[str], log: Any, out: Any = subprocess.DEVNULL) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", *words], stdout=out, stderr=log, text=True, start_new_session=True,
        env={**os.environ, "WIRECOPY_CONTACT": "https://bench.example"},
    )  # fmt: skip


def _end(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        process.terminate()
    end = time.monotonic() + 90
    for process in processes:
        try:
            process.wait(timeout=max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _show(run: subprocess.Popen[str]) -> None:
    while run.poll() is None:
        time.sleep(20)
        print(f"  {sum(map(len, Web.asked.values()))} requests so far", file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=300)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two kills")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what is printed there, too")
    parser.add_argument("--log", type=Path, metavar="FILE", help="keep what the workers and the run say on stderr")
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--shared", type=float, default=0.2, help="delay of the host whose pictures all sites show")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted; workers and broker have ended", file=sys.stderr)
        sys.exit(130)
