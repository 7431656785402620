"""Trains the weights by which blocks of a page are told to be the article's, and writes them beside the code.

    python benchmarks/train_body.py PAGES_DIR [--part tune|all] [--cache FILE]

Needs ``numpy`` and ``lightgbm`` (not dependencies of wirecopy: use an environment of their own). PAGES_DIR holds
``truth.jsonl`` and ``pages/<id>.html.gz`` as for ``benchmarks/extract.py``. Each page is used as it is and in copies
with its layout changed (``benchmarks/mutate.py``), so that no weight can lean on one kind of evidence alone.

Written are ``crawler/extract/page/words.json`` (log-odds of words in class names, short lines and starts of blocks)
and ``crawler/extract/body/body.json`` (the trees). The weights of words that a page is judged by in training come from
other sites, as they will in use. ``--part tune`` trains on seven tenths of the sites (``part_of``), to measure on the
rest.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import pickle
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import lxml.html
import numpy

sys.path.insert(0, str(Path(__file__).parent))
from mutate import MUTATIONS

from crawler.extract.body.traits import NAMES, traits_of
from crawler.extract.body.weighing import MODEL
from crawler.extract.page import Page, words
from crawler.extract.page.blocks import Layout
from crawler.extract.resolve import Resolver

_TOKEN = re.compile(r"\w+")
_CHANGES = {
    "classes": 0.75, "unnamed": 0.15, "scripts": 0.4, "meta": 0.4, "semantic": 0.75, "paragraphs": 0.4, "promos": 0.4,
    "wrapped": 0.4, "rails": 0.4,
}  # fmt: skip
"""Mutations that copies are made with, each with the share of them it is done to."""
FOLDS = 5
_FRAGMENT = re.compile(r"(?!ad$)..|[a-f]{3}")
"""What made-up names (``css-1ad3fb``) fall apart into, which says nothing: two letters, or three of the sixteen digits.
"""
_PIECE = 6.0
"""Weight of a block on a page whose truth is a few pieces: such a page then counts nearly as much as one whose truth is
the whole text. With 1 it counted a tenth."""


def site_hash(url: str, salt: str = "") -> int:
    """A number for a page's site, the same on every machine."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return int(hashlib.sha1((salt + host).encode()).hexdigest(), 16)


def part_of(url: str) -> str:
    """``tune`` for seven sites of ten, ``check`` for the others."""
    return "check" if site_hash(url) % 10 < 3 else "tune"


def fold_of(url: str) -> int:
    """Which part of a cross-validation a site is in."""
    return site_hash(url, "f") % FOLDS


def labels(truth: dict[str, Any], layout: Layout) -> list[float | None]:
    """For each block the share of it that is in the true text; None where the truth does not say."""
    if "text" not in truth:
        there, absent = (list(filter(str.strip, truth[key])) for key in ("with_", "without"))
        known = []
        for block in layout.blocks:
            inside = any(piece in block.text for piece in there)
            known.append(1.0 if inside else 0.0 if any(piece in block.text for piece in absent) else None)
        return known  # fmt: skip
    true = _TOKEN.findall(truth["text"].lower())
    flat = f" {' '.join(true)} "
    lines = {" ".join(_TOKEN.findall(line.lower())) for line in truth["text"].split("\n")}
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(true) - 3):
        grams[tuple(true[i : i + 4])].append(i)
    tokens = [_TOKEN.findall(block.text.lower()) for block in layout.blocks]
    long = [i for i, own in enumerate(tokens) if len(own) >= 8 and _share(own, grams) >= 0.5]
    first, last_long = (long[0], long[-1]) if long else (len(tokens), -1)
    found: list[float | None] = []
    at = 0
    seen: Counter[str] = Counter()
    for i, own in enumerate(tokens):
        line = " ".join(own)
        share = 0.0
        if len(own) >= 8:
            share = _share(own, grams)
            if share >= 0.5:
                seen[line] += 1
                if seen[line] > max(1, flat.count(f" {line} ")):
                    share = 0.0
                at = next((grams[gram][-1] + 4 for gram in _grams(own)[::-1] if gram in grams), at)
        elif len(own) >= 4:
            places = grams.get(tuple(own[:4]), [])
            if _share(own, grams) > 0.99 and (line in lines or any(at - 5 <= place <= at + 60 for place in places)):
                share = 1.0
                at = max(at, min((place for place in places if place >= at - 5), default=at) + len(own))
        elif own and line in lines and first - 3 <= i <= last_long + 3:
            share = 1.0
        elif own and first <= i <= last_long:
            window = true[at : at + 40]
            place = next((j for j in range(len(window) - len(own) + 1) if window[j : j + len(own)] == own), None)
            if place is not None and (len(own) >= 2 or place <= 2):
                share = 1.0
                at += place + len(own)
        found.append(share)
    return found


def _grams(tokens: list[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3)]


def _share(tokens: list[str], grams: dict[tuple[str, ...], list[int]]) -> float:
    own = _grams(tokens)
    return sum(gram in grams for gram in own) / len(own) if own else 0.0


def copies(task: tuple[str, dict[str, Any], int]) -> list[dict[str, Any]]:
    """A page and its changed copies: HTML, headline, description and the label of each block."""
    folder, truth, variants = task
    body = gzip.decompress((Path(folder) / "pages" / f"{truth['id']}.html.gz").read_bytes())
    found = []
    for number in range(variants + 1):
        html = body
        if number:
            rng = random.Random(f"{number} {truth['id']}")
            tree = Page(body, url=truth["url"]).tree
            for name, share in _CHANGES.items():
                if rng.random() < share:
                    MUTATIONS[name](tree, rng)
            html = lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
        resolver = Resolver(Page(html, url=truth["url"], captured_at=truth.get("captured_at")))
        found.append(
            {
                "html": html,
                "url": truth["url"],
                "set": truth["set"],
                "id": truth["id"],
                "original": not number,
                "headline": resolver.headline(),
                "description": resolver.description(),
                "labels": labels(truth, resolver.layout),
            }
        )
    return found


def count_words(page: dict[str, Any]) -> dict[str, dict[str, list[float]]]:
    """How often each word stood on and off the article in one page, by kind of word."""
    layout = Resolver(Page(page["html"], url=page["url"])).layout
    counts: dict[str, dict[str, list[float]]] = {
        kind: defaultdict(lambda: [0.0, 0.0]) for kind in ("names", "lines", "firsts")
    }
    on, off = [0.0], [0.0]
    for block, label in zip(layout.blocks, page["labels"], strict=True):
        size = 0.0 if label is None else len(block.text) ** 0.5
        on.append(on[-1] + size * (label or 0.0))
        off.append(off[-1] + size * (1 - (label or 0.0)))
        if label is None:
            continue
        side = 0 if label >= 0.5 else 1
        counts["firsts"][words.first_word(block.text)][side] += 1
        if len(block.text) < 250:
            for word in set(words.line_words(block.text)):
                counts["lines"][word][side] += 1
    for box in layout.boxes:
        inside, outside = on[box.last + 1] - on[box.first], off[box.last + 1] - off[box.first]
        if box.tag in ("body", "html") or inside + outside <= 0 or box.count > 0.8 * len(layout.blocks):
            continue
        for word in set(words.name_words(f"{box.element.get('class', '')} {box.element.get('id', '')}")):
            counts["names"][word][0] += inside / (inside + outside)
            counts["names"][word][1] += outside / (inside + outside)
    return {kind: dict(found) for kind, found in counts.items()}


def word_weights(counted: list[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, float]]:
    """Log-odds of the words that enough sites use, one vote a site."""
    found = {}
    for kind, sites, most in (("names", 6, 700), ("lines", 8, 900), ("firsts", 8, 300)):
        votes: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
        for host, counts in counted:
            for word, (on, off) in counts[kind].items():
                votes[word][host][0] += on
                votes[word][host][1] += off
        totals = {
            word: (sum(a / (a + b) for a, b in by.values()), sum(b / (a + b) for a, b in by.values()))
            for word, by in votes.items()
            if len(by) >= sites and word and not (kind == "names" and _FRAGMENT.fullmatch(word))
        }  # fmt: skip
        middle = math.log(sum(on for on, _ in totals.values()) / sum(off for _, off in totals.values()))
        odds = {}
        for word, (on, off) in totals.items():
            weight = (math.log((on + 0.5) / (off + 0.5)) - 0.5 * middle) * (on + off) / (on + off + 4)
            if abs(weight) > 0.15:
                odds[word] = round(weight, 2)
        best = sorted(odds, key=lambda word: -abs(odds[word]) * min(60.0, sum(totals[word])) ** 0.5)[:most]
        found[kind] = {word: odds[word] for word in sorted(best)}
    return found


def use_words(weights: dict[str, dict[str, float]]) -> None:
    """Judge words by these weights from now on, also those that were judged by others before."""
    words._weights = lambda: weights  # type: ignore[assignment]
    for kept in vars(words).values():
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


def rows(
    pages: list[dict[str, Any]], weights_for: Callable[[str], dict[str, dict[str, float]]]
) -> Iterator[dict[str, Any]]:
    """Each page with the traits of its blocks."""
    current = None
    for page in sorted(pages, key=lambda page: fold_of(page["url"])):
        weights = weights_for(page["url"])
        if weights is not current:
            use_words(weights)
            current = weights
        layout = Resolver(Page(page["html"], url=page["url"])).layout
        traits = traits_of(layout, headline=page["headline"], description=page["description"]).rows
        sizes = [len(_TOKEN.findall(block.text)) for block in layout.blocks]
        yield {**{key: page[key] for key in ("id", "set", "url", "original", "labels")}, "rows": traits, "sizes": sizes,
               "texts": [block.text for block in layout.blocks]}  # fmt: skip


def table(pages: list[dict[str, Any]]) -> tuple[Any, Any, Any]:
    """Traits, labels and weights of all blocks: a block counts by its share of the article, a changed page less."""
    numbers, marks, weights = [], [], []
    for page in pages:
        total = (
            sum(size for size, label in zip(page["sizes"], page["labels"], strict=True) if (label or 0) >= 0.5) or 300
        )
        for row, label, size in zip(page["rows"], page["labels"], page["sizes"], strict=True):
            if row is None or label is None:
                continue
            weight = _PIECE if page["set"] == "segments" else 0.15 + min(3.0, 40 * size / max(150, total))
            numbers.append(row)
            marks.append(int(label >= 0.5))
            weights.append(weight * (1.0 if page["original"] else 0.6))
    return numpy.array(numbers, dtype=numpy.float32), numpy.array(marks), numpy.array(weights)


def grow(numbers: Any, marks: Any, weights: Any, trees: int, leaves: int = 40) -> Any:
    """The boosted trees."""
    options = {"objective": "binary", "learning_rate": 8.0 / trees, "num_leaves": leaves, "min_data_in_leaf": 100,
               "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "verbose": -1,
               "num_threads": 2, "seed": 1, "deterministic": True}  # fmt: skip
    return lightgbm.train(options, lightgbm.Dataset(numbers, marks, weight=weights, feature_name=list(NAMES)), trees)


def as_json(model: Any) -> dict[str, Any]:
    """The trees in the form that ``crawler.extract.body.forest`` reads."""

    def tree(node: dict[str, Any]) -> Any:
        if "leaf_value" in node:
            return round(node["leaf_value"], 4)
        threshold = float(f"{node['threshold']:.5g}")
        return [node["split_feature"], threshold, tree(node["left_child"]), tree(node["right_child"])]

    return {"names": list(NAMES), "trees": [tree(info["tree_structure"]) for info in model.dump_model()["tree_info"]]}


Weights = dict[str, dict[str, float]]


def learn_from(options: argparse.Namespace) -> tuple[list[dict[str, Any]], list[Weights], Weights]:
    """The pages with the traits of their blocks, the weights of words without each fold's sites, those of all sites."""
    if options.cache and options.cache.exists():
        pages = pickle.loads(options.cache.read_bytes())
    else:
        truths = [json.loads(line) for line in (Path(options.pages) / "truth.jsonl").open(encoding="utf-8")]
        with Pool(2) as pool:
            tasks = [(options.pages, truth, options.variants) for truth in truths]
            pages = [page for found in pool.imap(copies, tasks, chunksize=8) for page in found]
        if options.cache:
            options.cache.write_bytes(pickle.dumps(pages))
    if options.part == "tune":
        pages = [page for page in pages if part_of(page["url"]) == "tune"]
    counted = [(fold_of(page["url"]), page["url"], count_words(page)) for page in pages if page["original"]]
    by_fold = [
        word_weights([(url.split("/")[2], counts) for fold, url, counts in counted if fold != k]) for k in range(FOLDS)
    ]
    trained = list(rows(pages, lambda url: by_fold[fold_of(url)]))
    return trained, by_fold, word_weights([(url.split("/")[2], counts) for _, url, counts in counted])


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """What training and cross-validation are both asked."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("pages", help="folder with truth.jsonl and pages/")
    parser.add_argument("--part", choices=("tune", "all"), default="all")
    parser.add_argument("--variants", type=int, default=2, help="changed copies of each page")
    parser.add_argument("--trees", type=int, default=96)
    parser.add_argument("--leaves", type=int, default=40)
    parser.add_argument("--cache", type=Path, help="keep the copies and their labels in this file")
    return parser


def write_trees(model: Any, path: Path) -> None:
    """Write the trees as ``crawler.extract.body.forest`` reads them."""
    lines = ",\n".join(json.dumps(tree) for tree in as_json(model)["trees"])
    path.write_text(f'{{"names": {json.dumps(list(NAMES))},\n"trees": [\n{lines}\n]}}\n', encoding="utf-8")


def main() -> None:
    options = arguments(__doc__).parse_args()
    trained, _, weights = learn_from(options)
    model = grow(*table(trained), options.trees, options.leaves)
    words.WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    write_trees(model, MODEL)
    gains = sorted(zip(model.feature_importance("gain"), NAMES, strict=True), reverse=True)
    print(", ".join(f"{name} {gain:.0f}" for gain, name in gains[:30]))


if __name__ == "__main__":
    main()
