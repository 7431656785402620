"""``wirecopy extract``: archives, pages and text dumps in, articles out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.times import moment

if TYPE_CHECKING:
    from crawler.jobs.sources import Context
    from crawler.model import Article


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy extract``."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a collection, WARC, WACZ, HTML file, text dump, or folder of these; - reads standard input",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of standard output")
    parser.add_argument("--url", help="the address an HTML file or text dump came from, where it does not say so")
    parser.add_argument(
        "--captured-at",
        type=moment,
        metavar="TIME",
        help="when an HTML file or text dump was captured (ISO 8601): what relative dates count from",
    )


def run(options: argparse.Namespace) -> int:
    """Extract every source; a source that can't be read is named and the others still go through."""
    from tqdm import tqdm

    from crawler.archive import ArchiveError, CollectionError
    from crawler.export.jsonl import line
    from crawler.jobs.sources import Context, SourceError

    context = Context(options.url, options.captured_at)
    unreadable = 0
    destination = options.output.open("w", encoding="utf-8") if options.output else nullcontext(sys.stdout)
    with destination as out, tqdm(unit=" articles", disable=not sys.stderr.isatty(), leave=False) as progress:
        for source in options.sources:
            try:
                for article in _articles(source, context):
                    out.write(line(article.to_dict()))
                    progress.update()
            except (SourceError, ArchiveError, CollectionError) as error:
                unreadable += 1
                tqdm.write(f"wirecopy extract: {error}", file=sys.stderr)
        out.flush()
    if not unreadable:
        return exit_codes.OK
    return exit_codes.UNREADABLE if unreadable == len(options.sources) else exit_codes.PARTIAL


def _articles(source: str, context: Context) -> Iterator[Article]:
    from crawler.jobs.sources import articles_of, articles_of_stream

    return articles_of_stream(sys.stdin.buffer, context) if source == "-" else articles_of(Path(source), context)
