"""Articles a second beside trafilatura, newspaper4k and resiliparse, page by page in one process, in turn.

    PYTHON_WITH_PEERS benchmarks/extract_speed.py [PAGES_DIR] [--step N] [--json]

PAGES_DIR holds ``pages/*.html.gz`` and ``truth.jsonl`` with the pages' URLs (default: ``../shared/pages`` of the
checkout). Where it is missing, the pages of the tests are taken, which are small. wirecopy reads all of an article:
text, headline, byline, dates, pictures, related cards, counts, evidence; trafilatura is asked for text and metadata
(``bare_extraction(with_metadata=True)``), newspaper4k for what its ``parse`` finds, resiliparse for the text alone.
Processor milliseconds a page, the lesser of two readings; which peers are there is looked up.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDER = CHECKOUT.parent / "shared" / "pages"
Page = tuple[str, bytes]


def pages(folder: Path, step: int) -> list[Page]:
    """URL and HTML of every ``step``-th page."""
    if not (folder / "truth.jsonl").is_file():
        return recorded_pages()
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines][::step]
    files = [(truth["url"], folder / "pages" / f"{truth['id']}.html.gz") for truth in truths if truth.get("url")]
    return [(url, gzip.decompress(file.read_bytes())) for url, file in files if file.is_file()]


def recorded_pages() -> list[Page]:
    """The pages of the tests, several times over."""
    cases = sorted((CHECKOUT / "tests" / "extract" / "cases").glob("*/input.html"))
    return [(f"https://www.{file.parent.name}.example/news/1", file.read_bytes()) for file in cases] * 4


def wirecopy(url: str, body: bytes) -> None:
    extract_article(body, url=url)


def trafilatura(url: str, body: bytes) -> None:
    import_module("trafilatura").bare_extraction(body, url=url, with_metadata=True)


def newspaper4k(url: str, body: bytes) -> None:
    article = import_module("newspaper").Article(url, fetch_images=False)  # else it asks the pages' hosts for pictures
    article.download(input_html=body.decode("utf-8", "replace"))
    article.parse()


def resiliparse(url: str, body: bytes) -> None:
    text = import_module("resiliparse.parse.encoding").bytes_to_str(body)
    import_module("resiliparse.extract.html2text").extract_plain_text(text, main_content=True)


PEERS: dict[str, tuple[str, Callable[[str, bytes], None]]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "newspaper4k": ("newspaper", newspaper4k),
    "resiliparse": ("resiliparse.extract.html2text", resiliparse),
}


def on_all_cores(found: list[Page]) -> dict[str, float]:
    """Seconds that ``wirecopy extract`` takes for a WARC of these pages, by its number of processes."""
    from datetime import UTC, datetime
    from io import BytesIO

    from crawler.archive import Recorder
    from crawler.model import Exchange, Outcome, Purpose, Role

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        with Recorder(Path(folder) / "pages", software="bench") as recorder:
            for number in range(max(400, len(found))):
                url, body = found[number % len(found)]
                request = BytesIO(b"GET / HTTP/1.1\r\nHost: bench.example\r\n\r\n")
                answer = BytesIO(head + body + b"<!-- %d -->" % number)
                why = Purpose(Role.SEED, story=url)
                recorder.record(Exchange(url, datetime.now(UTC), request, answer, why, Outcome.OK)).result()
        for processes in ("1", str(os.cpu_count() or 1)):
            words = ["extract", f"{folder}/pages", "--processes", processes, "-o", f"{folder}/{processes}.jsonl"]
            began = time.monotonic()
            done = subprocess.run([sys.executable, "-m", "crawler.cli", *words], capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"wirecopy extract --processes {processes}: {done.stderr[-500:]}")
            taken[processes] = time.monotonic() - began
    return taken


def quicker(todo: dict[str, Callable[[str, bytes], None]], url: str, body: bytes) -> dict[str, float]:
    """Processor seconds of each for a page, the lesser of two readings."""
    spent = dict.fromkeys(todo, float("inf"))
    for _ in range(2):
        for name, read in todo.items():
            began = time.process_time()
            with suppress(Exception):  # a page that a peer cannot read is its time all the same
                read(url, body)
            spent[name] = min(spent[name], time.process_time() - began)
    return spent


def there(module: str) -> bool:
    with suppress(ImportError):
        import_module(module)
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--step", type=int, default=12, help="take every N-th page")
    parser.add_argument("--cores", action="store_true", help="instead: `wirecopy extract` on one core and on all")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    todo = {"wirecopy": wirecopy, **{name: read for name, (module, read) in PEERS.items() if there(module)}}
    spent = dict.fromkeys(todo, 0.0)
    found = pages(options.folder, options.step)
    if options.cores:
        print(json.dumps(on_all_cores(found)))
        return
    for url, body in found:
        # What is loaded once is loaded where it is first wanted: on one page of 103 it took trafilatura 1.7 seconds,
        # a quarter of all its time.
        for name, seconds in quicker(todo, url, body).items():
            spent[name] += seconds
    each = {name: 1000 * seconds / len(found) for name, seconds in spent.items()}
    if options.json:
        real = (options.folder / "truth.jsonl").is_file()
        print(json.dumps({"pages": len(found), "real": real, "processor_ms_per_page": each}))
        return
    for name, milliseconds in each.items():
        print(f"{name:12}{milliseconds:8.1f} ms a page, {milliseconds / each['wirecopy']:5.2f} times wirecopy's")


if __name__ == "__main__":
    from crawler.extract import extract_article

    main()
