"""Robustness of extraction: the same pages scored again after their layout has been changed.

    python benchmarks/mutate.py PAGES_DIR [--step N] [--processes N] [--only NAME,NAME]

PAGES_DIR holds ``truth.jsonl`` and ``pages/<id>.html.gz`` as for ``benchmarks/extract.py``. Every N-th page is taken.
Printed is a row for each mutation: body F1 (mean over the sets), segments F1, headline, day and authors, each with its
difference from the untouched pages.

Mutations: ``classes`` (class and id names replaced), ``unnamed`` (all gone, and roles), ``scripts`` (all gone: no
JSON-LD, no state), ``meta`` (all gone), ``semantic`` (article, section, figure, time, h1 … turned to div and span),
``paragraphs`` (p turned to div), ``promos`` (put between paragraphs), ``wrapped`` (every block in boxes of its own,
with names of their own on half of the pages), ``rails`` (asides, navigation and lists of links moved to the top),
``first_four`` together; ``misnamed`` (every class and id name replaced by one that speaks of something else) and
``accused`` (the boxes around the text named as furniture, all others as they are).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

sys.path.insert(0, str(Path(__file__).parent))
from measure import score

from crawler.extract import extract_article
from crawler.extract.page import Page

Tree = lxml.html.HtmlElement

_FURNITURE = (
    "sidebar", "promo", "advert", "related", "footer", "comments", "comment", "newsletter", "social", "widget",
    "caption", "menu", "nav", "banner", "popup", "share", "sponsored", "recommended", "header", "modal", "teaser",
    "most-read", "outbrain", "cookie-notice", "subscribe", "breadcrumbs", "author-bio", "tags",
)  # fmt: skip
_CONTENT = ("article", "content", "story", "body", "text", "main", "post", "entry", "article-body", "paragraph", "lead")

_SEMANTIC = {
    **dict.fromkeys(
        ("article", "main", "section", "header", "footer", "nav", "aside", "figure", "figcaption", "address", "hgroup",
         "blockquote", "details", "summary", "h1", "h2", "h3", "h4", "h5", "h6"),
        "div",
    ),
    **dict.fromkeys(("time", "cite"), "span"),
}  # fmt: skip
_PROMOS = (
    '<p>Read more: <a href="/other/{n}">{title}</a></p>',
    '<div><a href="/other/{n}">{title}</a></div>',
    "<div><p>Sign up for our daily newsletter and get the stories that matter in your inbox.</p><button>Sign "
    "up</button></div>",
    "<div><span>Advertisement</span></div>",
    '<p><strong><a href="/other/{n}">ALSO READ: {title}</a></strong></p>',
    '<div><p>You might also like</p><ul><li><a href="/a/{n}">{title}</a></li>'
    '<li><a href="/b/{n}">{title}</a></li></ul></div>',
    "<div><h4>Support our journalism</h4><p>Become a member today for less than a coffee a week.</p>"
    '<a href="/join">Join</a></div>',
    '<p><em>Follow us on <a href="https://social.example/us">social media</a> for the latest updates.</em></p>',
    "<p>Listen to the whole talk in our podcast, every Thursday, wherever you listen.</p>",
    "<div>The article goes on below this advertisement</div>",
    '<aside><h4>From our archive</h4><ul><li><a href="/a/{n}">{title}</a></li><li><a href="/b/{n}">Letters about '
    "the lighthouse</a></li></ul></aside>",
    '<div><a href="/other/{n}"><img src="/i/{n}.jpg" alt=""><span>{title}</span></a><span>3 min read</span></div>',
    '<p><strong>In depth:</strong> <a href="/other/{n}">{title}</a></p>',
    '<p><a href="/app">Get our app and have the news on your phone before breakfast.</a></p>',
    "<p><i>You have read two of five free articles this month.</i></p>",
)
_TITLES = (
    "Council votes to keep the harbour lights on",
    "Five things to know before the ferry strike",
    "Why the old mill is quiet this spring",
    "Storm closes the coast road for a second day",
    "The baker who counts every loaf",
)


def classes(tree: Tree, rng: random.Random) -> None:
    """Class and id names replaced, equal ones alike."""
    names: dict[str, str] = {}

    def new(old: str) -> str:
        return names.setdefault(old, f"{rng.choice('abcdefghkmxyz')}{rng.getrandbits(24):x}")

    for element in tree.iter():
        for key in ("class", "id"):
            if value := element.get(key):
                element.set(key, " ".join(map(new, value.split())))


def misnamed(tree: Tree, rng: random.Random) -> None:
    """Class and id names replaced by those of furniture, on half of the pages also by those of content."""
    words = _FURNITURE if rng.random() < 0.5 else _FURNITURE + 2 * _CONTENT
    names: dict[str, str] = {}
    for element in tree.iter():
        for key in ("class", "id"):
            if value := element.get(key):
                element.set(key, " ".join(names.setdefault(name, rng.choice(words)) for name in value.split()))


def accused(tree: Tree, rng: random.Random) -> None:
    """The box that holds most paragraphs and those around it, or some of them, named as furniture."""
    sizes: dict[Tree, int] = {}
    for paragraph in tree.iter("p"):
        if (parent := paragraph.getparent()) is not None:
            sizes[parent] = sizes.get(parent, 0) + len(paragraph.text_content())
    if not sizes:
        return
    box = max(sizes, key=lambda parent: sizes[parent])
    for number, around in enumerate((box, *box.iterancestors())):
        if around.tag in ("body", "html") or number > 3:
            break
        if number == 0 or rng.random() < 0.5:
            around.set("class", rng.choice(_FURNITURE))
            around.attrib.pop("id", None)


def unnamed(tree: Tree, rng: random.Random) -> None:
    """No class or id name left, and no role."""
    for element in tree.iter(lxml.etree.Element):
        for name in ("class", "id", "role"):
            element.attrib.pop(name, None)


def scripts(tree: Tree, rng: random.Random) -> None:
    """No script left."""
    _drop(tree, "script")


def meta(tree: Tree, rng: random.Random) -> None:
    """No meta element left."""
    _drop(tree, "meta")


def semantic(tree: Tree, rng: random.Random) -> None:
    """Tags that mean something turned to div and span."""
    for element in tree.iter(*_SEMANTIC):
        element.tag = _SEMANTIC[str(element.tag)]


def paragraphs(tree: Tree, rng: random.Random) -> None:
    """Paragraphs turned to div."""
    for element in tree.iter("p"):
        element.tag = "div"


def promos(tree: Tree, rng: random.Random) -> None:
    """Promotions put after every fourth or so longer paragraph."""
    for element in list(tree.iter("p")):
        if len(element.text_content()) > 80 and rng.random() < 0.25 and element.getparent() is not None:
            text = rng.choice(_PROMOS).format(n=rng.randrange(10**6), title=rng.choice(_TITLES))
            promo = lxml.html.fragment_fromstring(text)
            promo.tail, element.tail = element.tail, None
            element.addnext(promo)


def wrapped(tree: Tree, rng: random.Random) -> None:
    """Every paragraph, heading, list and figure in one to three boxes of its own, on half of the pages with names."""
    named = rng.random() < 0.5
    for element in list(tree.iter("p", "h2", "h3", "ul", "figure", "blockquote")):
        parent = element.getparent()
        if parent is None or parent.tag in ("ul", "ol", "head", "html"):
            continue
        for _ in range(rng.randint(1, 3)):
            box = lxml.html.Element("div")
            if named:
                box.set("class", f"b{rng.randrange(16**6):06x}")
            box.tail, element.tail = element.tail, None
            element.getparent().replace(element, box)
            box.append(element)
            element = box


def rails(tree: Tree, rng: random.Random) -> None:
    """Asides, footers and boxes that are mostly links, moved to the top of the body."""
    body = tree.find("body")
    if body is None:
        return
    moved = []
    for element in list(body.iter("aside", "footer", "div", "section", "ul")):
        text = len(element.text_content())
        linked = sum(len(link.text_content()) for link in element.iter("a"))
        mostly_links = 60 < text < 4000 and linked > 0.7 * text and element.find(".//p") is None
        if (element.tag in ("aside", "footer") and text < 5000) or mostly_links:
            if any(other in moved for other in element.iterancestors()):
                continue
            moved.append(element)
    for element in reversed(moved):
        element.drop_tree()
        body.insert(0, element)


def first_four(tree: Tree, rng: random.Random) -> None:
    """Names, scripts, meta and semantic tags all gone."""
    for mutation in (classes, scripts, meta, semantic):
        mutation(tree, rng)


MUTATIONS: dict[str, Callable[[Tree, random.Random], None]] = {
    mutation.__name__: mutation
    for mutation in (
        classes,
        unnamed,
        scripts,
        meta,
        semantic,
        paragraphs,
        promos,
        wrapped,
        rails,
        first_four,
        misnamed,
        accused,
    )
}


def mutate(body: bytes, url: str, name: str, seed: str) -> bytes:
    """A page's bytes after one mutation, in UTF-8; the same for the same seed."""
    tree = Page(body, url=url).tree
    MUTATIONS[name](tree, random.Random(f"{name} {seed}"))
    return bytes(lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"))


def _drop(tree: Tree, tag: str) -> None:
    for element in list(tree.iter(tag)):
        element.drop_tree()


def _predict(task: tuple[str, dict[str, Any], str | None]) -> dict[str, Any]:
    folder, truth, name = task
    body = gzip.decompress((Path(folder) / "pages" / f"{truth['id']}.html.gz").read_bytes())
    if name is not None:
        body = mutate(body, truth["url"], name, truth["id"])
    article = extract_article(body, url=truth["url"], captured_at=truth.get("captured_at"))
    return {
        "id": truth["id"],
        "text": article.text,
        "headline": article.headline,
        "authors": list(article.authors),
        "date_published": article.date_published,
    }


def rows(
    folder: str, truths: list[dict[str, Any]], names: list[str], processes: int
) -> Iterator[tuple[str, dict[str, float]]]:
    """Scores of the untouched pages, then of each mutation."""
    with Pool(processes) as pool:
        for name in [None, *names]:
            tasks = [(folder, truth, name) for truth in truths]
            found = {row["id"]: row for row in pool.imap_unordered(_predict, tasks, chunksize=8)}
            scores = score(truths, found)
            bodies = [value for key, value in scores.items() if key.startswith("body_f1")]
            scores["body"] = sum(bodies) / len(bodies) if bodies else 0.0
            yield name or "untouched", scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", help="folder with truth.jsonl and pages/")
    parser.add_argument("--step", type=int, default=1, help="take every N-th page")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", default="", help="names of mutations, comma-separated")
    options = parser.parse_args()
    with (Path(options.pages) / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines][:: options.step]
    names = options.only.split(",") if options.only else list(MUTATIONS)
    fields = ("body", "segments_f1", "headline", "day", "authors")
    print(f"{'':12}" + "".join(f"{field:>20}" for field in fields))
    first: dict[str, float] = {}
    for name, scores in rows(options.pages, truths, names, options.processes):
        first = first or scores
        cells = (f"{scores.get(f, 0):.3f} ({scores.get(f, 0) - first.get(f, 0):+.3f})" for f in fields)
        print(f"{name:12}" + "".join(f"{cell:>20}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
