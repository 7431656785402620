"""Extraction beside its peers: all over the same pages in one run, scored by the same measures.

    python benchmarks/extract.py PAGES_DIR [--step N] [--processes N] [--peers NAMES] [--parts] [--out FILE]

PAGES_DIR holds ``truth.jsonl``, one object a page, and ``pages/<id>.html.gz``. An object has ``id``, ``url``, ``set``
and any of ``text`` (the whole article) or ``with_`` and ``without`` (pieces that must and must not be in it),
``headline``, ``authors``, ``date_published``, ``captured_at``. The measures are explained in ``benchmarks/measure.py``.

The peers are no dependencies of wirecopy: those that are installed where this runs have a column each (``pip install
trafilatura lxml_html_clean newspaper4k resiliparse`` into an environment of its own that has wirecopy too).
``--peers trafilatura,resiliparse`` names those wanted, ``--peers ''`` none. Times are processor time, page by page in
the same process, taken in turns, so that what else the machine does hits all alike. ``--parts`` prints the sites used
in tuning and the others apart (``benchmarks/train_body.py --part tune``), ``--out`` writes our predictions as JSON
Lines.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib.util import find_spec
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
from measure import score

from crawler.extract import extract_article
from crawler.extract.page.charset import decode_page

OURS = "wirecopy"

Prediction = dict[str, Any]


def ours(body: bytes, truth: dict[str, Any]) -> Prediction:
    """What wirecopy makes of a page."""
    article = extract_article(body, url=truth["url"], captured_at=truth.get("captured_at"))
    return {
        "text": article.text,
        "headline": article.headline,
        "authors": list(article.authors),
        "date_published": article.date_published,
        "outcome": article.outcome.value,
    }


def with_trafilatura(body: bytes, truth: dict[str, Any]) -> Prediction:
    """What trafilatura makes of a page, with its metadata."""
    import trafilatura

    document = trafilatura.bare_extraction(body, url=truth["url"], with_metadata=True)
    found = document.as_dict() if document is not None else {}
    return {
        "text": found.get("text"),
        "headline": found.get("title"),
        "authors": found.get("author"),
        "date_published": found.get("date"),
    }


def with_newspaper4k(body: bytes, truth: dict[str, Any]) -> Prediction:
    """What newspaper4k makes of a page; it fetches nothing."""
    import newspaper

    article = newspaper.Article(truth["url"], fetch_images=False)
    try:
        article.download(input_html=decode_page(body)[0])
        article.parse()
    except (newspaper.ArticleException, ImportError, ValueError, TypeError, AttributeError):  # some languages need more
        return {}
    published = article.publish_date
    return {
        "text": article.text,
        "headline": article.title,
        "authors": article.authors,
        "date_published": published.isoformat() if isinstance(published, datetime) else published,
    }


def with_resiliparse(body: bytes, truth: dict[str, Any]) -> Prediction:
    """What resiliparse makes of a page: its text, and nothing else."""
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(decode_page(body)[0], main_content=True, alt_texts=False)}


PEERS: dict[str, Callable[[bytes, dict[str, Any]], Prediction]] = {
    "trafilatura": with_trafilatura,
    "newspaper4k": with_newspaper4k,
    "resiliparse": with_resiliparse,
}
_MODULES = {"newspaper4k": "newspaper"}


def installed(names: Iterable[str]) -> list[str]:
    """Those of the peers that can be imported here."""
    return [name for name in names if find_spec(_MODULES.get(name, name)) is not None]


def read(task: tuple[str, dict[str, Any], list[str], int]) -> tuple[str, dict[str, Prediction], dict[str, float]]:
    """One page by all, with the seconds each took; who comes first changes from page to page."""
    folder, truth, peers, number = task
    body = gzip.decompress((Path(folder) / "pages" / f"{truth['id']}.html.gz").read_bytes())
    found: dict[str, Prediction] = {}
    seconds: dict[str, float] = {}
    names = [OURS, *peers]
    turn = number % len(names)
    for name in names[turn:] + names[:turn]:
        start = time.process_time()
        found[name] = ours(body, truth) if name == OURS else PEERS[name](body, truth)
        seconds[name] = time.process_time() - start
    return truth["id"], found, seconds


def part_of(url: str) -> str:
    """``tune`` for seven sites of ten, ``check`` for the others."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return "check" if int(hashlib.sha1(host.encode()).hexdigest(), 16) % 10 < 3 else "tune"


def table(truths: list[dict[str, Any]], found: dict[str, dict[str, Prediction]]) -> None:
    """Print every measure, a column each."""
    scores = {name: score(truths, predictions) for name, predictions in found.items()}
    print(f"{'':18}" + "".join(f" {name:>12}" for name in scores) + f"   {len(truths)} pages")
    for measure in scores[OURS]:
        print(f"{measure:18}" + "".join(f" {values[measure]:12.4f}" for values in scores.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", help="folder with truth.jsonl and pages/")
    parser.add_argument("--step", type=int, default=1, help="take every N-th page")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--peers", default=",".join(PEERS), help="names, comma-separated; empty for none")
    parser.add_argument("--parts", action="store_true", help="print tuned and other sites apart")
    parser.add_argument("--out", type=Path, help="write our predictions as JSON Lines")
    options = parser.parse_args()
    wanted = [name for name in options.peers.split(",") if name]
    if unknown := set(wanted) - PEERS.keys():
        parser.error(f"no such peer: {', '.join(sorted(unknown))} (known: {', '.join(PEERS)})")
    peers = installed(wanted)
    if missing := set(wanted) - set(peers):
        print(f"not installed here, so not measured: {', '.join(sorted(missing))}")
    with (Path(options.pages) / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines][:: options.step]
    read((options.pages, truths[0], peers, 0))  # imports and weights are loaded once, not on the first page's account
    with Pool(options.processes) as pool:
        tasks = [(options.pages, truth, peers, number) for number, truth in enumerate(truths)]
        results = list(pool.imap_unordered(read, tasks, chunksize=8))
    found = {name: {page: predictions[name] for page, predictions, _ in results} for name in (OURS, *peers)}
    for part in ("tune", "check") if options.parts else (None,):
        if part:
            print(f"\nsites to {part}")
        table([truth for truth in truths if part in (None, part_of(truth["url"]))], found)
    print()
    count = len(results)
    own = sum(seconds[OURS] for _, _, seconds in results)
    for name in found:
        total = sum(seconds[name] for _, _, seconds in results)
        ratio = "" if name == OURS else f", wirecopy is {total / own:.2f} times as fast"
        print(f"{name:12} {count / total:7.1f} pages a second, {1000 * total / count:6.1f} ms a page{ratio}")
    if options.out:
        with options.out.open("w", encoding="utf-8") as file:
            for page, prediction in found[OURS].items():
                file.write(json.dumps({"id": page, **prediction}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
