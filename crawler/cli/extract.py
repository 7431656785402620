"""``wirecopy extract``: archives, pages and text dumps in, articles out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.times import moment

if TYPE_CHECKING:
    from crawler.jobs.sources import Context, Tell
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
    """Extract every source; what can't be read is named and all the rest still goes through."""
    from crawler.archive import ArchiveError
    from crawler.cli.bar import bar
    from crawler.export.jsonl import line
    from crawler.export.whole import WholeFile
    from crawler.jobs.sources import Context, SourceError

    context = Context(options.url, options.captured_at)
    unreadable = 0
    with WholeFile(options.output) if options.output else _Printed() as out, bar("extract", " articles") as reading:
        for source in options.sources:
            try:
                for article in _articles(source, context, reading.tell):
                    out.write(line(article.to_dict()))
                    reading.advance(1)
            except (SourceError, ArchiveError) as error:
                unreadable += 1
                reading.tell(str(error))
        if unreadable == len(options.sources):
            out.discard()
            return exit_codes.UNREADABLE
    return exit_codes.PARTIAL if reading.problems else exit_codes.OK


class _Printed:
    """The standard output, as if it were a file that is replaced as a whole."""

    def write(self, text: str) -> None:
        sys.stdout.write(text)

    def discard(self) -> None:
        pass

    def __enter__(self) -> _Printed:
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()


def _articles(source: str, context: Context, tell: Tell) -> Iterator[Article]:
    from crawler.jobs.sources import articles_of, articles_of_stream

    if source == "-":
        return articles_of_stream(sys.stdin.buffer, context, tell)
    return articles_of(Path(source), context, tell)
