"""Body and segments on sites that were not trained on, as they are and with their layout changed.

    python benchmarks/cross_body.py PAGES_DIR [--cache FILE] [--step N] [--only NAME,NAME] [--trees 96] [--leaves 40]

Needs what ``benchmarks/train_body.py`` needs, and trains as it does, five times: each time on four fifths of the sites,
words and trees, to extract the pages of the others. Nothing is written but the cache. ``--only`` names mutations of
``benchmarks/mutate.py`` (all by default, ``--only none`` for no mutation); they are tried on every N-th page, beside
the same pages untouched.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from measure import score
from mutate import MUTATIONS, mutate
from train_body import FOLDS, arguments, fold_of, grow, learn_from, table, use_words, write_trees

from crawler.extract import extract_article
from crawler.extract.body import weighing

Found = dict[str | None, dict[str, dict[str, Any]]]
"""Mutation to page to what was extracted."""


def extract(folder: str, truths: list[dict[str, Any]], names: list[str], step: int, found: Found) -> None:
    """Add what each page holds, untouched and after each mutation."""
    for truth in truths:
        html = gzip.decompress((Path(folder) / "pages" / f"{truth['id']}.html.gz").read_bytes())
        for name in (None, *names) if truth["number"] % step == 0 else (None,):
            page = html if name is None else mutate(html, truth["url"], name, truth["id"])
            article = extract_article(page, url=truth["url"], captured_at=truth.get("captured_at"))
            found.setdefault(name, {})[truth["id"]] = {"text": article.text}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--step", type=int, default=6, help="mutate every N-th page")
    parser.add_argument("--only", default=",".join(MUTATIONS), help="names of mutations, comma-separated, or none")
    options = parser.parse_args()
    names = [name for name in options.only.split(",") if name != "none"]
    trained, by_fold, _ = learn_from(options)
    with (Path(options.pages) / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [{**json.loads(line), "number": number} for number, line in enumerate(lines)]
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            others = [page for page in trained if fold_of(page["url"]) != fold]
            weighing.MODEL = Path(folder) / f"{fold}.json"
            write_trees(grow(*table(others), options.trees, options.leaves), weighing.MODEL)
            use_words(by_fold[fold])
            own = [truth for truth in truths if fold_of(truth["url"]) == fold]
            extract(options.pages, own, names, options.step, found)
    known = {truth["id"]: truth for truth in truths}
    for name, pages in found.items():
        scores = score([known[page] for page in pages], pages)
        first = score([known[page] for page in pages], found[None])
        measures = [key for key in scores if key.startswith("body_f1") or key == "segments_f1"]
        cells = "".join(f"   {key} {scores[key]:.4f} ({scores[key] - first[key]:+.4f})" for key in measures)
        print(f"{name or 'untouched':12}{cells}   {len(pages)} pages", flush=True)


if __name__ == "__main__":
    main()
