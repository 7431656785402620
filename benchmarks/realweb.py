"""Captures a folder of real news pages as a user would, through a proxy that serves them, and checks every byte.

The folder holds ``truth.jsonl`` (an object a line, with ``id`` and ``url``) and ``pages/<id>.html.gz``. Each page is
served under its own address by a proxy with its own certificate authority, in a process of its own; everything else
the crawl asks for (robots.txt among it) is a 404. Then ``wirecopy capture --urls`` runs over all of them, without
pictures, requisites and cards, since those are not in the folder.

    python benchmarks/realweb.py [FOLDER] [--limit N] [--keep COLLECTION_DIR]

Exit code 0 where every page is archived byte for byte and extracted, 1 where one is not, 2 where there is no folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urldefrag, urlsplit

from w3lib.url import safe_url_string

from crawler.archive import Collection, open_archive
from crawler.export.jsonl import read_articles
from crawler.model import Capture, Role
from crawler.replay import Answer, Asked, Authority, ProxyServer, respond

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDER = CHECKOUT.parent / "shared" / "pages"


@dataclass(frozen=True, slots=True)
class Served:
    """The pages by the address a client asks for, and what had to be left out."""

    pages: dict[str, Path]
    without_url: int
    sharing: tuple[str, ...]
    """Addresses of more than one page: the first is served."""
    missing: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="default: ../shared/pages of the checkout")
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="only the first N pages")
    parser.add_argument("--keep", type=Path, metavar="COLLECTION_DIR", help="write here and keep it")
    options = parser.parse_args()
    if not (options.folder / "truth.jsonl").is_file():
        print(f"{options.folder}: no truth.jsonl there; name the folder that holds it and pages/", file=sys.stderr)
        return 2
    served = read_folder(options.folder, options.limit)
    print(f"{len(served.pages)} pages to serve; {served.without_url} without URL, {len(served.missing)} without file")
    for url in served.sharing:
        print(f"  more than one page at {url}: the first is served")
    with TemporaryDirectory(prefix="realweb-") as scratch:
        collection = options.keep or Path(scratch) / "collection"
        run = capture(served, collection, Path(scratch))
        return report(served, collection, run)


def read_folder(folder: Path, limit: int | None) -> Served:
    pages: dict[str, Path] = {}
    sharing, missing, without_url = [], [], 0
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            file = folder / "pages" / f"{row['id']}.html.gz"
            if not row.get("url"):
                without_url += 1
            elif not file.is_file():
                missing.append(row["id"])
            elif (url := address(row["url"])) in pages:
                sharing.append(url)
            elif limit is None or len(pages) < limit:
                pages[url] = file
    return Served(pages, without_url, tuple(sharing), tuple(missing))


def address(url: str) -> str:
    """A URL as a client sends it: no white space around it, host and path in ASCII, no fragment."""
    return str(safe_url_string(urldefrag(url.strip())[0]))


def serve(pages: dict[str, Path], ca_file: Path, pipe: Connection) -> None:
    """In the server's process: answer until told to stop, then tell how often each status went out."""
    statuses: Counter[str] = Counter()

    def answer(asked: Asked) -> Answer:
        # A thread a connection: so many are open, idle ones among them.
        statuses["connections at once"] = max(statuses["connections at once"], threading.active_count() - 2)
        file = pages.get(address(asked.url))
        if file is None:
            statuses["404, robots.txt" if asked.url.endswith("/robots.txt") else "404, other"] += 1
            return respond(asked, 404, [("Content-Type", "text/plain")], b"not in the folder\n")
        statuses["200"] += 1
        body, coding = file.read_bytes(), [("Content-Encoding", "gzip")]
        if "gzip" not in (asked.get("accept-encoding") or ""):
            body, coding = gzip.decompress(body), []
        return respond(asked, 200, [("Content-Type", "text/html"), *coding], body)

    with ProxyServer(answer, authority=Authority.create("realweb benchmark")) as server:
        ca_file.write_bytes(server.authority.pem)
        pipe.send(server.url)
        pipe.recv()
    pipe.send(statuses)
    pipe.close()


@dataclass(frozen=True, slots=True)
class Run:
    exit_code: int
    seconds: float
    peak_mib: float
    summary: str
    log: str
    answered: Counter[str]


def capture(served: Served, collection: Path, scratch: Path) -> Run:
    """Run the installed command over all pages; its own process is measured, not the server's."""
    urls, ca_file, summary, log = (scratch / name for name in ("urls.txt", "ca.pem", "summary.json", "log.txt"))
    urls.write_text("".join(f"{url}\n" for url in served.pages), encoding="utf-8")
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(served.pages, ca_file, theirs))
    server.start()
    try:
        command = [
            str(Path(sys.executable).with_name("wirecopy")), "capture",
            "--proxy", ours.recv(), "--ca-file", str(ca_file), "-c", str(collection), "--urls", str(urls),
            "--panels", "0", "--no-pictures", "--no-requisites", "--delay", "0",
            "--timeout", "10", "--json",
        ]  # fmt: skip
        print(" ".join(command))
        began = time.monotonic()
        with summary.open("wb") as out, log.open("wb") as err:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
            peak = peak_memory(process)
        seconds = time.monotonic() - began
        ours.send(None)
        answered = ours.recv()
    finally:
        ours.close()
        server.join(10)
        server.kill()
    words = summary.read_text(encoding="utf-8")
    return Run(process.returncode, seconds, peak, words, log.read_text(encoding="utf-8", errors="replace"), answered)


def peak_memory(process: subprocess.Popen[bytes]) -> float:
    """Wait for ``process`` and return the most resident memory it had, in MiB.

    Read from Linux's /proc as it runs: wait4's ru_maxrss also counts what the parent had when it forked.
    """
    peak, status = 0.0, Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        if found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text() if status.exists() else ""):
            peak = max(peak, int(found[1]) / 1024)
        time.sleep(0.1)
    return peak


def report(served: Served, collection: Path, run: Run) -> int:
    """Print what was measured and what was found; 1 where a page is not in the archive as it was served."""
    print(f"exit code {run.exit_code} after {run.seconds:.1f} s; answers: {dict(run.answered)}")
    print(f"{len(served.pages) / run.seconds:.1f} pages a second from start to end, peak memory {run.peak_mib:.0f} MiB")
    complaints = [line for line in run.log.splitlines() if "Traceback" in line or "ERROR" in line or "CRITICAL" in line]
    print(f"lines of the log that tell of an error: {len(complaints)}")
    print("".join(f"  {line[:200]}\n" for line in complaints[:10]), end="")
    if complaints or not collection.is_dir():
        print(run.log[-3000:], file=sys.stderr)
    if not collection.is_dir():
        return 1
    seen, seconds = check_bodies(served, collection)
    print(f"{sum(seen.values()) / seconds:.1f} pages a second between the first page and the last")
    print(f"archived byte for byte: {seen['same']} of {len(served.pages)}; differing: {seen['different']}")
    for (outcome, host), number in failures(collection).most_common():
        print(f"  no answer: {outcome}, {number} times, {host}")
    extracted, outcomes = read_outcomes(served, collection)
    print(f"extracted: {extracted} of {len(served.pages)}")
    for outcome, number in outcomes.most_common():
        print(f"  {outcome:14} {number}")
    complete = seen["same"] == extracted == len(served.pages)
    return 0 if complete and not complaints else 1


def check_bodies(served: Served, collection: Path) -> tuple[Counter[str], float]:
    """Each archived entity body against the file it came from, and the seconds from the first page to the last."""
    verdicts: dict[str, str] = {}
    times = []
    with open_archive(collection) as archive:
        for found in archive.captures():
            url = address(found.url)
            if url not in served.pages or not is_page(found):
                continue
            with gzip.open(served.pages[url]) as file:
                same = found.body() == file.read()
            verdicts[url] = "same" if same else "different"
            times.append(found.captured_at)
            if not same:
                print(f"  differs: {found.url}")
    for url in served.pages:
        if url not in verdicts:
            print(f"  not archived: {url}")
    seconds = (max(times) - min(times)).total_seconds() if times else 0.0
    return Counter(verdicts.values()), seconds or 1.0


def failures(collection: Path) -> Counter[tuple[str, str]]:
    """Requests that left no byte, by outcome and host."""
    with Collection(collection) as opened:
        return Counter((failure.outcome.value, urlsplit(failure.url).netloc) for failure in opened.failures())


def is_page(found: Capture) -> bool:
    return found.purpose is None or found.purpose.role is not Role.ROBOTS


def read_outcomes(served: Served, collection: Path) -> tuple[int, Counter[str]]:
    urls: set[str] = set()
    outcomes: Counter[str] = Counter()
    for article in read_articles(collection / "tables" / "articles.jsonl"):
        if article.url and (url := address(article.url)) in served.pages and url not in urls:
            urls.add(url)
            outcomes[article.outcome] += 1
    return len(urls), outcomes


if __name__ == "__main__":
    raise SystemExit(main())
