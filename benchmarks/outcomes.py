"""What pages are told to be: articles that are taken for something else, and other pages that are taken for articles.

    python benchmarks/outcomes.py PAGES_DIR [--forms DIR] [--list]

PAGES_DIR holds ``truth.jsonl`` and ``pages/<id>.html.gz`` as for ``benchmarks/extract.py``; nearly all of them are
articles. ``--forms`` names the data of Formasaurus (``formasaurus/data`` in its source distribution on PyPI, MIT):
``index.json`` and ``html/``, 954 pages with forms, most of them of shops, boards and accounts, some of articles.
Printed are the outcomes of both, with ``--list`` also each article lost and each page of forms taken for one.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crawler.extract import extract_article
from crawler.model import Outcome

Case = tuple[str, str, bytes, str | None]
"""Name, URL, bytes and time of capture of a page."""


def articles(folder: Path) -> Iterator[Case]:
    """The pages with known truth."""
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        for truth in map(json.loads, lines):
            body = gzip.decompress((folder / "pages" / f"{truth['id']}.html.gz").read_bytes())
            yield truth["id"], truth["url"], body, truth.get("captured_at")


def forms(folder: Path) -> Iterator[Case]:
    """The pages of Formasaurus, captured from 2013 to 2016."""
    for name, told in json.loads((folder / "index.json").read_text(encoding="utf-8")).items():
        path = folder / name
        body = (path if path.exists() else folder / "html" / path.name).read_bytes()
        yield name, told.get("url") or "https://forms.example/page", body, "2014-06-01T00:00:00Z"


def judge(title: str, cases: Iterator[Case], wanted: bool, listed: bool) -> None:
    """Print how many pages have each outcome; with ``listed`` also those that are none against ``wanted``."""
    found: Counter[str] = Counter()
    for name, url, body, captured_at in cases:
        article = extract_article(body, url=url, captured_at=captured_at)
        found[article.outcome.value] += 1
        if listed and (article.outcome is Outcome.ARTICLE) != wanted:
            print(f"  {name} {url[:90]} {article.outcome_reason or article.headline}")
    print(f"{title}: {', '.join(f'{number} {outcome}' for outcome, number in found.most_common())}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=Path, help="folder with truth.jsonl and pages/")
    parser.add_argument("--forms", type=Path, help="data of Formasaurus: index.json and html/")
    parser.add_argument("--list", action="store_true", help="name each page that is taken for something else")
    options = parser.parse_args()
    judge("articles", articles(options.pages), True, options.list)
    if options.forms:
        judge("forms", forms(options.forms), False, options.list)


if __name__ == "__main__":
    main()
