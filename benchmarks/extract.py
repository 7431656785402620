"""Extraction beside trafilatura: both over the same pages in one run, scored by the same measures.

    python benchmarks/extract.py PAGES_DIR [--step N] [--processes N] [--ours-only] [--parts] [--out FILE]

PAGES_DIR holds ``truth.jsonl``, one object a page, and ``pages/<id>.html.gz``. An object has ``id``, ``url``, ``set``
and any of ``text`` (the whole article) or ``with_`` and ``without`` (pieces that must and must not be in it),
``headline``, ``authors``, ``date_published``, ``captured_at``. The measures are explained in ``benchmarks/measure.py``.

trafilatura is no dependency of wirecopy. To see both columns, run this with a Python that has wirecopy and
``trafilatura`` (``pip install trafilatura lxml_html_clean`` into an environment of its own); without it, or with
``--ours-only``, only ours are printed. Times are processor time, page by page in the same process, taken in turns, so
that what else the machine does hits both. ``--parts`` prints the sites used in tuning and the others apart
(``benchmarks/train_body.py --part tune``), ``--out`` writes our predictions as JSON Lines.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
from measure import score

from crawler.extract import extract_article

try:
    import trafilatura
except ImportError:
    trafilatura = None


def ours(body: bytes, truth: dict[str, Any]) -> dict[str, Any]:
    """What wirecopy makes of a page."""
    article = extract_article(body, url=truth["url"], captured_at=truth.get("captured_at"))
    return {
        "text": article.text,
        "headline": article.headline,
        "authors": list(article.authors),
        "date_published": article.date_published,
        "outcome": article.outcome.value,
    }


def theirs(body: bytes, truth: dict[str, Any]) -> dict[str, Any]:
    """What trafilatura makes of a page, with its metadata."""
    document = trafilatura.bare_extraction(body, url=truth["url"], with_metadata=True)
    found = document.as_dict() if document is not None else {}
    return {
        "text": found.get("text"),
        "headline": found.get("title"),
        "authors": found.get("author"),
        "date_published": found.get("date"),
    }


def read(task: tuple[str, dict[str, Any], bool]) -> tuple[str, dict[str, Any], dict[str, Any], float, float]:
    """One page by both, with the seconds each took."""
    folder, truth, beside = task
    body = gzip.decompress((Path(folder) / "pages" / f"{truth['id']}.html.gz").read_bytes())
    start = time.process_time()
    own = ours(body, truth)
    middle = time.process_time()
    other = theirs(body, truth) if beside else {}
    return truth["id"], own, other, middle - start, time.process_time() - middle


def part_of(url: str) -> str:
    """``tune`` for seven sites of ten, ``check`` for the others."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return "check" if int(hashlib.sha1(host.encode()).hexdigest(), 16) % 10 < 3 else "tune"


def table(truths: list[dict[str, Any]], own: dict[str, Any], other: dict[str, Any]) -> None:
    """Print every measure, ours and theirs."""
    mine = score(truths, own)
    yours = score(truths, other) if other else {}
    print(f"{'':18} {'wirecopy':>10}" + (f" {'trafilatura':>12}" if other else "") + f"   {len(truths)} pages")
    for name, value in mine.items():
        print(f"{name:18} {value:10.4f}" + (f" {yours[name]:12.4f}" if other else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", help="folder with truth.jsonl and pages/")
    parser.add_argument("--step", type=int, default=1, help="take every N-th page")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--parts", action="store_true", help="print tuned and other sites apart")
    parser.add_argument("--out", type=Path, help="write our predictions as JSON Lines")
    options = parser.parse_args()
    beside = trafilatura is not None and not options.ours_only
    if trafilatura is None and not options.ours_only:
        print("trafilatura is not installed here: only wirecopy is measured (see --help for how to have both)")
    with (Path(options.pages) / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines][:: options.step]
    read((options.pages, truths[0], beside))  # imports and weights are loaded once, not on the first page's account
    with Pool(options.processes) as pool:
        tasks = [(options.pages, truth, beside) for truth in truths]
        results = list(pool.imap_unordered(read, tasks, chunksize=8))
    own = {name: found for name, found, _, _, _ in results}
    other = {name: found for name, _, found, _, _ in results} if beside else {}
    for part in ("tune", "check") if options.parts else (None,):
        if part:
            print(f"\nsites to {part}")
        table([truth for truth in truths if part in (None, part_of(truth["url"]))], own, other)
    seconds = [sum(result[i] for result in results) for i in (3, 4)]
    count = len(results)
    print(f"\nwirecopy    {count / seconds[0]:7.1f} pages a second, {1000 * seconds[0] / count:5.1f} ms a page")
    if beside:
        print(f"trafilatura {count / seconds[1]:7.1f} pages a second, {1000 * seconds[1] / count:5.1f} ms a page")
        print(f"speed ratio {seconds[1] / seconds[0]:.2f}")
    if options.out:
        with options.out.open("w", encoding="utf-8") as file:
            for name, found in own.items():
                file.write(json.dumps({"id": name, **found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
