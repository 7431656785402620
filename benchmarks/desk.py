"""The desk over many articles: seconds to read the tables, milliseconds a list takes, and memory that stays resident.

    python benchmarks/desk.py [--articles 100000] [--keep FOLDER]

A collection of made-up articles, five to a story, is written; `wirecopy serve` reads it and is asked for lists as a
researcher asks. Fails where a list takes 100 ms (median of 15) or the server holds 250 MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from crawler.archive import Collection

sys.path.insert(0, str(Path(__file__).parent))

from replay import free_ports, program, wait

MOST_MS, MOST_MIB = 100, 250
FIRSTS = ("har", "bri", "cou", "fer", "win", "scho", "mar", "sto", "re", "ni", "vo", "cre")
SECONDS = ("bor", "dge", "ncil", "ry", "ter", "ol", "ket", "rm", "pair")
WORDS = tuple(first + second for first in FIRSTS for second in SECONDS)
OFTEN = tuple(1 / rank for rank in range(1, len(WORDS) + 1))
"""As words of a language are: the most frequent is in every article."""
PATHS = (
    "/", "/stories", "/stories?sort=articles", "/stories?q=council+crepair",
    "/stories?q=harbor&outlet=Outlet+7&since=2025", "/stories?page=300", "/stories?outcome=paywall",
    "/articles", "/articles?q=winter+market", "/articles?outcome=blocked&sort=published",
    "/articles?outlet=Outlet+3&since=2024-05&until=2025-02", "/articles?page=1500", "/stories?outcome=article&page=100",
    "/stories?collection=many", "/articles?outcome=article&sort=headline&page=900", "/articles?page=1990&sort=outlet",
    "/articles?outcome=article&outlet=Outlet+3&page=5", "/articles?since=2024-05&page=1000",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000, help="(100000)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the collection here, or use the one there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="desk-") as scratch:
        root = options.keep or Path(scratch) / "archives"
        if not (root / "many" / "datapackage.json").exists():
            write(root / "many", options.articles)
        port = free_ports()
        environment = {**os.environ, "XDG_CACHE_HOME": scratch}
        began = time.monotonic()
        server = subprocess.Popen([program("wirecopy"), "serve", str(root), "--port", str(port)], env=environment)
        try:
            wait(port, 3600)
            answer(port, "/static/desk.css")
            print(f"{options.articles:,} articles read in {time.monotonic() - began:.0f} s")
            slowest = max(measured(port, path, server.pid) for path in PATHS)
            status = Path(f"/proc/{server.pid}/status").read_text()
            resident, peak = (int(re.findall(rf"{name}:\s+(\d+)", status)[0]) / 1024 for name in ("VmRSS", "VmHWM"))
            print(f"slowest list {slowest:.0f} ms; resident {resident:.0f} MiB, at most {peak:.0f} MiB")
        finally:
            server.terminate()
            server.wait(20)
    return 0 if slowest < MOST_MS and peak < MOST_MIB else 1


def write(folder: Path, count: int) -> None:
    Collection.create(folder).close()
    chance = random.Random(6)
    tables = folder / "tables"
    tables.mkdir()
    with (
        (tables / "articles.jsonl").open("w") as articles,
        (tables / "stories.jsonl").open("w") as stories,
        (tables / "copies.jsonl").open("w") as copies,
    ):
        for number in range(count):
            story, position = divmod(number, 5)
            outlet, record = number % 200, f"urn:uuid:00000000-0000-0000-0000-{number:012d}"
            day = f"{2024 + story % 3}-{1 + story % 12:02}-{1 + story % 28:02}"
            headline = " ".join(chance.choices(WORDS, OFTEN, k=7)).capitalize()
            text = "\n\n".join(" ".join(chance.choices(WORDS, OFTEN, k=60)) + "." for _ in range(6))
            article = {
                "url": f"https://outlet{outlet}.example/{number}", "captured_at": f"{day}T12:00:00Z",
                "outcome": ("blocked", "paywall")[number % 2] if number % 50 == 0 else "article", "headline": headline,
                "authors": [], "byline": None, "publisher": {"name": f"Outlet {outlet}", "url": None}, "language": "en",
                "date_published": f"{day}T{number % 24:02}:00:00Z", "text": text,
                "record": {"warc": "a.warc.gz", "offset": number, "length": 1, "id": record},
            }  # fmt: skip
            articles.write(json.dumps(article) + "\n")
            first = f"urn:uuid:00000000-0000-0000-0000-{story * 5:012d}"
            if position == 0:
                told = {
                    "story_id": f"{story:016x}", "headline": headline, "original_publisher": f"Outlet {outlet}",
                    "first_published_earliest": f"{day}T00:00:00Z", "articles": 5, "sites": 5,
                }  # fmt: skip
                stories.write(json.dumps(told) + "\n")
            copy = {
                "story_id": f"{story:016x}", "record_id": record, "source_record_id": first if position else None,
                "role": "copy" if position else "original", "direction": "original" if position else None,
                "coverage_of_copy": 0.8 if position else None, "article_url": article["url"],
            }  # fmt: skip
            copies.write(json.dumps(copy) + "\n")


def measured(port: int, path: str, server: int) -> float:
    taken = []
    used = processor_ms(server)
    for _ in range(15):
        began = time.perf_counter()
        answer(port, path)
        taken.append((time.perf_counter() - began) * 1000)
    used = (processor_ms(server) - used) / len(taken)
    print(
        f"{statistics.median(taken):8.1f} ms, {used:5.1f} of the processor; first {taken[0]:6.1f} ms  {path}",
        flush=True,
    )
    return statistics.median(taken)


def processor_ms(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answer(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=3600) as response:
        body: bytes = response.read()
    return body


if __name__ == "__main__":
    sys.exit(main())
