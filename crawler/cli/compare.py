"""``wirecopy compare``: what a copy did to its original, sentence by sentence."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes

if TYPE_CHECKING:
    from crawler.cli.bar import Bar
    from crawler.model import Alignment, Article, Link


_FIRST = {
    "original": "A came first.",
    "copy": "B came first.",
    "undecided": "Who came first is undecided.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy compare``."""
    parser.add_argument("original", type=Path, metavar="A", help="an HTML file, text dump, or archive of one page")
    parser.add_argument("copy", type=Path, metavar="B", help="the same for the text that may be a copy of A")
    parser.add_argument("--json", action="store_true", help="print the alignment as JSON")


def run(options: argparse.Namespace) -> int:
    """Align B with A and print the sentences of B beside those of A they were made of."""
    from crawler.cli.bar import bar
    from crawler.stories import align

    with bar("compare", " articles") as reading:
        original, copy = _article(options.original, reading), _article(options.copy, reading)
    alignment = align(original, copy)
    print(json.dumps(alignment.to_dict(), ensure_ascii=False, indent=2) if options.json else _side_by_side(alignment))
    return exit_codes.PARTIAL if reading.problems else exit_codes.OK


def _article(path: Path, reading: Bar) -> Article:
    from crawler.jobs.sources import SourceError, articles_of

    articles = []
    for article in articles_of(path, tell=reading.tell):
        reading.advance(1)
        if article.text:
            articles.append(article)
    if len(articles) != 1:
        raise SourceError(f"{path}: holds {len(articles)} articles; compare takes one on each side")
    return articles[0]


def _side_by_side(alignment: Alignment, width: int = 52) -> str:
    lines = [f"{'B, the copy':{width}}   A, the original", ""]
    for link in sorted(alignment.links, key=lambda link: (not link.copy, link.copy, link.original)):
        lines += [f"── {_label(link)} ".ljust(width * 2 + 3, "─"), *_row(alignment, link, width), ""]
    coverage = alignment.coverage
    lines.append(f"{coverage.of_copy:.0%} of B is in A, {coverage.of_original:.0%} of A is in B.")
    lines.append(_FIRST[alignment.direction])
    lines += [f"  {reason.weight:+.2f}  {reason.text}" for reason in alignment.reasons]
    return "\n".join(lines)


def _label(link: Link) -> str:
    words = f"{link.label}{', moved' if link.moved else ''}, {link.score:.2f} by {link.method}"
    return f"{words}; changed: {', '.join(link.changed)}" if link.changed else words


def _row(alignment: Alignment, link: Link, width: int) -> Iterator[str]:
    left = _wrapped((alignment.copy_sentences[number] for number in link.copy), width)
    right = _wrapped((alignment.original_sentences[number] for number in link.original), width)
    for number in range(max(len(left), len(right))):
        copy = left[number] if number < len(left) else ""
        original = right[number] if number < len(right) else ""
        yield f"{copy:{width}}   {original}".rstrip()


def _wrapped(sentences: Iterator[str], width: int) -> list[str]:
    return textwrap.wrap(" ".join(sentences), width)
