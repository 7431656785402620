"""Trains how far each ground for a headline, for authors and for a day is to be believed.

    python benchmarks/train_fields.py PAGES_DIR [--part tune|all] [--field NAME]... [--processes N] [--cache FILE]

PAGES_DIR holds ``truth.jsonl`` and ``pages/<id>.html.gz`` as for ``benchmarks/extract.py``. Each page is used as it is
and in four copies that each lost a kind of evidence (``benchmarks/mutate.py``), so that no weight leans on one kind
alone.

A page offers candidates, each with its grounds; a candidate's chance is the exponential of what its grounds add up to,
as a share of all of the page's, and names that several witnesses give have the chances of all of these. The weights
make the right candidates likeliest (conditional logit, with a penalty on large weights). First a cross-validation by
site is printed, then ``crawler/extract/trust.json`` is written. ``--part tune`` trains on seven tenths of the sites, to
measure on the rest.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import pickle
import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
from extract import part_of
from measure import _day as day
from measure import _names as names
from measure import fold
from mutate import mutate

from crawler.extract.authors.byline import NOBODY, find_bylines
from crawler.extract.authors.signatures import spelled_out
from crawler.extract.headline import find_titles
from crawler.extract.page import Page
from crawler.extract.publication.datings import read_datings
from crawler.extract.publication.days import NO_DAY, find_days
from crawler.extract.resolve import Resolver
from crawler.extract.trust import WEIGHTS
from crawler.extract.witnesses.shared import SHARE_LINK

Options = list[tuple[tuple[str, ...], float, str]]
"""Of one page: the grounds for each candidate, how right it is, from 0 to 1, and what it says; None where the truth is
unknown."""

_COPIES: dict[str | None, float] = {None: 1.0, "meta": 0.6, "scripts": 0.6, "semantic": 0.6, "first_four": 0.8}
"""How much each copy of a page counts."""
_COPIES_OF: dict[str, dict[str | None, float]] = {"headline": {"semantic": 1.0}}
"""How much one counts for a field of its own: what a page's headline is without a heading is the hardest to tell."""
_UNSHARED = "scripts"
"""The copy that is read without its links to other networks, too: on many pages scripts put them there."""
_UNNAMED = 0.15
"""How much a page counts whose truth names no author, or none that any witness gives."""
_NEARLY_NOTHING = 1e-6
"""How right it is to name nobody where the true author is not among the candidates."""
_FOLDS = 5
_EPOCHS = {"headline": 20, "authors": 12, "day": 20}
_PENALTY = {"headline": 0.01, "authors": 0.03, "day": 0.05}
"""What suits each field best on sites that were not trained on."""
_HELD: dict[str, dict[str, float]] = {"day": {"given in UTC, a neighbour shown": 0.5}}
"""Weights that pages do not teach: truths taken from data in UTC are on the day beside the newsroom's own."""
_RARE = 8
"""Grounds on fewer candidates get no weight."""


def headline_options(resolver: Resolver, truth: dict[str, Any]) -> Options | None:
    """A page's titles."""
    if not truth.get("headline"):
        return None
    return [
        (tuple(sorted(title.grounds)), float(fold(title.value) == fold(truth["headline"])), fold(title.value))
        for title in find_titles(resolver.page, resolver.layout, resolver.said)
    ]


def authors_options(resolver: Resolver, truth: dict[str, Any]) -> Options | None:
    """A page's bylines, and that it has none; right is the F1 of their names."""
    known = names(truth["authors"]) if truth.get("authors") else set()
    options: Options = [(tuple(NOBODY), 0.0 if known else 1.0, "")]
    bylines = find_bylines(resolver.page, resolver.layout, resolver.said)
    for byline in bylines:
        own = names(spelled_out(byline.names, [other.names for other in bylines]))
        worth = 2 * len(own & known) / ((len(own) + len(known)) or 1)
        options.append((tuple(sorted(byline.grounds)), worth, " ".join(sorted(byline.key))))
    if not any(worth for _, worth, _ in options):
        options[0] = (tuple(NOBODY), _NEARLY_NOTHING, "")
    return options


def day_options(resolver: Resolver, truth: dict[str, Any]) -> Options:
    """A page's days, and that it has none; right are those of which a dating is on the truth's day in its own zone."""
    stamp = str(truth.get("date_published") or "").strip()
    zone = datetime.fromisoformat(stamp).tzinfo if len(stamp) > 10 else None
    options: Options = [(tuple(NO_DAY), 0.0 if stamp else 1.0, "")]
    for found in find_days(resolver.page, read_datings(resolver.page, resolver.said)):
        said = {day(dating.reading.value or "", zone) for dating in found.datings}
        worth = float(bool(stamp) and day(stamp, zone) in said)
        options.append((tuple(sorted(found.grounds)), worth, found.value.isoformat()))
    if not any(worth for _, worth, _ in options):
        options[0] = (tuple(NO_DAY), _NEARLY_NOTHING, "")
    return options


FIELDS: dict[str, Callable[[Resolver, dict[str, Any]], Options | None]] = {
    "headline": headline_options,
    "authors": authors_options,
    "day": day_options,
}


def read(task: tuple[str, dict[str, Any], str | None]) -> dict[str, Any]:
    """What one copy of a page offers for each field."""
    folder, truth, name = task
    body = gzip.decompress((Path(folder) / "pages" / f"{truth['id']}.html.gz").read_bytes())
    if name is not None:
        body = mutate(body, truth["url"], name, truth["id"])
    resolver = Resolver(Page(body, url=truth["url"], captured_at=truth.get("captured_at")))
    if name == _UNSHARED:
        resolver.said["headline"] = [c for c in resolver.said.get("headline", ()) if c.place != SHARE_LINK]
    found = {key: options(resolver, truth) for key, options in FIELDS.items()}
    return {"url": truth["url"], "copy": name, **found}


def learn(pages: list[tuple[Options, float]], field: str) -> dict[str, float]:
    """The weights under which the right candidates are likeliest."""
    seen = Counter(ground for options, share in pages if share for grounds, *_ in options for ground in grounds)
    kept = sorted(ground for ground, count in seen.items() if count >= _RARE)
    number = {ground: i for i, ground in enumerate(kept)}
    rows = [
        ([([number[g] for g in grounds if g in number], worth) for grounds, worth, _ in options], share)
        for options, share in pages
        if share and len(options) > 1 and 0 < sum(worth for _, worth, _ in options) < len(options)
    ]
    held = {number[ground]: weight for ground, weight in _HELD.get(field, {}).items() if ground in number}
    weights = [held.get(i, 0.0) for i in range(len(kept))]
    squares = [1e-6] * len(kept)
    order = random.Random(1)
    for _ in range(_EPOCHS[field]):
        order.shuffle(rows)
        for options, share in rows:
            scores = [sum([weights[i] for i in grounds]) for grounds, _ in options]
            top = max(scores)
            chances = [math.exp(score - top) for score in scores]
            whole = sum(chances)
            right = sum(chance * worth for chance, (_, worth) in zip(chances, options, strict=True))
            step: dict[int, float] = {}
            for chance, (grounds, worth) in zip(chances, options, strict=True):
                pull = share * (chance * worth / (right + 1e-9 * whole) - chance / whole)
                for i in grounds:
                    step[i] = step.get(i, 0.0) + pull
            for i, pull in step.items():
                if i in held:
                    continue
                gradient = pull - _PENALTY[field] * weights[i]
                squares[i] += gradient * gradient
                weights[i] += 0.4 * gradient / math.sqrt(squares[i])
    return {ground: round(weight, 2) for ground, weight in zip(kept, weights, strict=True) if abs(weight) >= 0.05}


def worth_of_choice(options: Options, weights: dict[str, float]) -> float:
    """How right the candidate is that the weights choose: what is said by several is as likely as all of them.

    That nothing is right is chosen where no single one outweighs it.
    """
    if not options:
        return 0.0
    trusts = [sum(weights.get(ground, 0.0) for ground in grounds) for grounds, *_ in options]
    chances: dict[str, float] = {}
    for (_, _, said), trust in zip(options, trusts, strict=True):
        chances[said] = chances.get(said, 0.0) + math.exp(trust)
    likeliest = max(range(len(options)), key=trusts.__getitem__)
    if options[likeliest][2]:
        said = [number for number, option in enumerate(options) if option[2]]
        likeliest = max(said, key=lambda number: (chances[options[number][2]], trusts[number]))
    return options[likeliest][1]


def unnamed(options: Options) -> bool:
    """Whether a page's truth names nobody or no day: perhaps there is none, perhaps nobody looked."""
    return any(grounds in (tuple(NOBODY), tuple(NO_DAY)) and worth == 1 for grounds, worth, _ in options)


def share_of(page: dict[str, Any], field: str) -> float:
    """How much a copy of a page counts in training."""
    if not page[field]:
        return 0.0
    right = max(worth for _, worth, _ in page[field])
    copies = _COPIES | _COPIES_OF.get(field, {})
    return copies[page["copy"]] * (_UNNAMED if unnamed(page[field]) or right <= _NEARLY_NOTHING else 1.0)


def fold_of(url: str) -> int:
    """Which part of the cross-validation a site is in."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return int(hashlib.sha1(f"fold {host}".encode()).hexdigest(), 16) % _FOLDS


def cross_validate(pages: list[dict[str, Any]], field: str) -> None:
    """Print the share of right choices on sites that were not trained on, a line for each copy."""
    right: dict[str | None, list[float]] = {}
    best: dict[str | None, list[float]] = {}
    for part in range(_FOLDS):
        weights = learn([(page[field], share_of(page, field)) for page in pages if fold_of(page["url"]) != part], field)
        for page in pages:
            if page[field] is not None and fold_of(page["url"]) == part and not unnamed(page[field]):
                right.setdefault(page["copy"], []).append(worth_of_choice(page[field], weights))
                best.setdefault(page["copy"], []).append(max((worth for _, worth, _ in page[field]), default=0.0))
    for copy, values in right.items():
        print(
            f"{field:16} {copy or 'untouched':12} {sum(values) / len(values):.4f}"
            f"   best possible {sum(best[copy]) / len(values):.4f}   {len(values)} pages"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", help="folder with truth.jsonl and pages/")
    parser.add_argument("--part", choices=("tune", "all"), default="all")
    parser.add_argument("--field", action="append", choices=sorted(FIELDS), help="only this field; others keep theirs")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="keep what was read from the pages here, and take it from here")
    options = parser.parse_args()
    if options.cache and options.cache.exists():
        pages = pickle.loads(options.cache.read_bytes())
    else:
        with (Path(options.pages) / "truth.jsonl").open(encoding="utf-8") as lines:
            truths = [json.loads(line) for line in lines]
        tasks = [(options.pages, truth, copy) for truth in truths for copy in _COPIES]
        with Pool(options.processes) as pool:
            pages = list(pool.imap(read, tasks, chunksize=20))
        if options.cache:
            options.cache.write_bytes(pickle.dumps(pages))
    if options.part == "tune":
        pages = [page for page in pages if part_of(page["url"]) == "tune"]
    trusts = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for field in options.field or FIELDS:
        cross_validate(pages, field)
        learned = learn([(page[field], share_of(page, field)) for page in pages], field)
        trusts[field] = dict(sorted(learned.items(), key=lambda entry: -entry[1]))
    WEIGHTS.write_text(json.dumps(trusts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
