"""``wirecopy compare``: what a copy did to its original, sentence by sentence."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.columns import padded, wrapped
from crawler.cli.errors import UsageError
from crawler.cli.places import output, place
from crawler.cli.terminal import can_draw
from crawler.cli.times import moment

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.cli.bar import Bar
    from crawler.model import Alignment, Article, Link


_GAP = "   "
_NARROWEST, _WIDEST = 24, 70
"""Columns of a terminal that each text takes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy compare``."""
    parser.add_argument(
        "original", metavar="A",
        help="an HTML file, a text dump, an archive of one article, or the URL of a page in an archive",
    )  # fmt: skip
    parser.add_argument("copy", metavar="B", help="the same for the text that may be a copy of A")
    parser.add_argument(
        "--from", dest="archives", action="append", type=place, default=[], metavar="ARCHIVE",
        help="where URLs are looked up (repeatable); else in archives/",
    )  # fmt: skip
    parser.add_argument("--a-at", type=moment, metavar="TIME", help="of several captures of A the nearest to this time")
    parser.add_argument("--b-at", type=moment, metavar="TIME", help="the same for B")
    parser.add_argument(
        "--order", choices=("copy", "original"), default="copy",
        help="show the sentences in the order of the copy, or in the inferred one of the original",
    )  # fmt: skip
    parser.add_argument(
        "--html", type=output, metavar="FILE", help="write a page that stands alone, beside what is printed"
    )
    parser.add_argument("--json", action="store_true", help="print the alignment as JSON")


def run(options: argparse.Namespace) -> int:
    """Align B with A and show the sentences of A beside those that B made of them."""
    from crawler.cli.bar import bar
    from crawler.stories import align

    with bar("compare", " articles") as reading:
        original = _article(options.original, options.archives, options.a_at, reading)
        copy = _article(options.copy, options.archives, options.b_at, reading)
    alignment = align(original, copy)
    if options.html:
        from crawler.export.comparison import comparison_page
        from crawler.export.whole import WholeFile

        with WholeFile(options.html) as page:
            page.write(comparison_page(original, copy, alignment))
    if options.json:
        print(json.dumps(alignment.to_dict(), ensure_ascii=False, indent=2))
    elif not options.html:
        print(_side_by_side(alignment, options.order))
    else:
        print(f"{_summary(alignment)}\nWritten to {options.html}")
    return exit_codes.PARTIAL if reading.problems else exit_codes.OK


def _article(named: str, archives: list[Path | str], at: datetime | None, reading: Bar) -> Article:
    from crawler.jobs.captured_pages import SourceError
    from crawler.jobs.sources import Context, articles_of

    if named.startswith(("http://", "https://")):
        return _looked_up(named, archives, at)
    if not named:
        raise UsageError("A and B are each a file or a URL, and one of them is empty")
    if at is not None:
        raise UsageError(f"{named}: a time picks one of a URL's captures, and this is a file")
    articles = []
    for article in articles_of(place(named), Context(), reading.tell):
        reading.advance(1)
        if article.text:
            articles.append(article)
    if not articles:
        raise SourceError(f"{named}: holds no article with text")
    if len(articles) > 1:
        urls = "\n  ".join(sorted({article.url for article in articles if article.url})[:20])
        raise SourceError(
            f"{named}: holds {len(articles)} articles; name one by its URL, and the archive with --from {named}:\n"
            f"  {urls}"
        )
    return articles[0]


def _looked_up(url: str, archives: list[Path | str], at: datetime | None) -> Article:
    from crawler.jobs.captured_pages import SourceError
    from crawler.jobs.lookup import article_at, holders

    named = archives or [*holders(url)]
    if not named:
        raise SourceError(f"{url}: in no collection under archives/; name the archive that holds it with --from")
    article = article_at(url, named, at).article
    if not article.text:
        raise SourceError(f"{url}: its capture holds no text ({article.outcome.value})")
    return article


def _side_by_side(alignment: Alignment, order: str) -> str:
    from crawler.export.comparison import HEADS

    columns = shutil.get_terminal_size((110, 24)).columns
    width = max(_NARROWEST, min(_WIDEST, (columns - len(_GAP)) // 2))
    first, second = HEADS[alignment.direction]
    lines = [f"{padded(first, width)}{_GAP}{second}", ""]
    if order == "original":
        lines[1:] = ["in the order of the original, as inferred from the links; the copy prints another", ""]
    rule = "─" if can_draw() else "-"
    for link in sorted(alignment.links, key=lambda link: _place(link, order)):
        lines += [f"{rule * 2} {_label(link)} ".ljust(width * 2 + len(_GAP), rule), *_row(alignment, link, width), ""]
    return "\n".join([*lines, *_quotations(alignment), _summary(alignment)])


def _place(link: Link, order: str) -> tuple[bool, tuple[int, ...], tuple[int, ...]]:
    first, second = (link.copy, link.original) if order == "copy" else (link.original, link.copy)
    return (not first, first, second)


def _label(link: Link) -> str:
    words = f"{link.label}{', moved' if link.moved else ''}"
    if link.copy and link.original:
        words += f", {link.score:.2f} by {link.method}"
    return f"{words}; changed: {', '.join(link.changed)}" if link.changed else words


def _row(alignment: Alignment, link: Link, width: int) -> Iterator[str]:
    left = _wrapped((alignment.original_sentences[number] for number in link.original), width)
    right = _wrapped((alignment.copy_sentences[number] for number in link.copy), width)
    for number in range(max(len(left), len(right))):
        original = left[number] if number < len(left) else ""
        copy = right[number] if number < len(right) else ""
        yield f"{padded(original, width)}{_GAP}{copy}".rstrip()


def _wrapped(sentences: Iterator[str], width: int) -> list[str]:
    return wrapped(" ".join(sentences), width)


def _quotations(alignment: Alignment) -> Iterator[str]:
    for link in alignment.quotations:
        if link.speaker_kept is False:
            yield f"“{link.copy.text}”: said by {link.original.speaker} in A, by {link.copy.speaker} in B\n"


def _summary(alignment: Alignment) -> str:
    from crawler.export.comparison import WHO_WAS_FIRST

    coverage = alignment.coverage
    return "\n".join(
        [
            f"{coverage.of_copy:.0%} of B is in A, {coverage.of_original:.0%} of A is in B.",
            WHO_WAS_FIRST[alignment.direction],
            *(f"  {reason.weight:+.2f}  {reason.text}" for reason in alignment.reasons),
        ]
    )
