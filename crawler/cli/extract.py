"""``wirecopy extract``: archives, pages and text dumps in, articles out, or why they are as they are."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from crawler.cli import exit_codes
from crawler.cli.conditions import add_network, default_collection, normal
from crawler.cli.engines import add_engine, interrupted_by_sigterm
from crawler.cli.errors import UsageError, exit_code_of
from crawler.cli.places import FILES, destination, named, place, refuse_inside
from crawler.cli.times import moment

if TYPE_CHECKING:
    from crawler.cli.bar import Bar
    from crawler.export.whole import WholeFile, WholeObject
    from crawler.jobs.sources import Reading
    from crawler.model import Article

MUCH = 1_000_000
"""Bytes from which on a source has more pages than one process is given at once."""
Shown = TypeVar("Shown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy extract``."""
    parser.add_argument(
        "sources", type=named, nargs="+", metavar="SOURCE",
        help="a collection, WARC, WACZ (also of a store, s3://..., and a WACZ on the web, of which only what is "
        "needed is fetched), HTML file, text dump, or folder of these; - reads standard input; a page's URL is looked "
        "up in the archives named beside it, else in archives/, else captured there",
    )  # fmt: skip
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--explain", action="store_true", help="show each field, its witnesses, and why the winner won")
    shape.add_argument(
        "--report", action="store_true",
        help="sum up outcomes, coverage of fields and drift by site and month, and tell what has fallen",
    )  # fmt: skip
    parser.add_argument("--by", choices=("day", "month"), default="month", help="with --report: the period (month)")
    parser.add_argument("--json", action="store_true", help="print an explanation or report as JSON")
    parser.add_argument(
        "-o", "--output", type=destination, metavar="FILE",
        help="write there instead of standard output, also to a store (s3://BUCKET/articles.jsonl); an older file "
        "stays as it is until all of the new one is there",
    )  # fmt: skip
    parser.add_argument("--url", help="the address an HTML file or text dump came from, where it does not say so")
    parser.add_argument(
        "--captured-at",
        type=moment,
        metavar="TIME",
        help="when an HTML file or text dump was captured (ISO 8601): what relative dates count from; for a URL: "
        "which of its captures, the nearest to this time",
    )
    parser.add_argument(
        "--format", choices=("jsonl", "parquet"),
        help="parquet writes the table of articles into the folder -o, also of a store (s3://...), a file for each "
        "WARC (jsonl)",
    )  # fmt: skip
    add_engine(
        parser,
        see="whose workers see the archives and the folder -o under the same paths, or reach the stores they are in",
    )
    add_network(parser)


def run(options: argparse.Namespace) -> int:
    """Extract every source; what can't be read is named and all the rest still goes through."""
    from crawler.cli.bar import bar
    from crawler.export.whole import whole
    from crawler.jobs.tasks.pool import cores
    from crawler.jobs.tasks.server import make_ready

    if options.by != "month" and not options.report:
        raise UsageError("--by belongs to --report")
    if options.scheduler and options.engine != "dask":
        raise UsageError("--scheduler belongs to --engine dask")
    if options.engine == "dask" and options.format == "jsonl":
        raise UsageError("--engine dask writes Parquet: say --format parquet, or leave --engine")
    refuse_inside(options.output)
    processes = options.processes or cores()
    if options.engine == "local" and processes > 1 and not options.report and _is_much(options.sources):
        make_ready("crawler.jobs.extraction.spread")
    if options.engine == "dask" or options.format == "parquet":
        from crawler.cli import parts

        with interrupted_by_sigterm():
            return parts.run(options)
    with (
        interrupted_by_sigterm(),
        whole(options.output) if options.output else _Printed() as out,
        bar("extract", " articles") as reading,
    ):
        read = _Read(options, reading)
        if options.report:
            from crawler.jobs.sources import InTurn

            _report(read.all(InTurn()), options, out)
        else:
            from crawler.jobs.extraction.spread import Spread

            with Spread(_show_of(options), processes) as spread:
                for text in read.all(spread):
                    out.write(text)
        if len(read.unreadable) == read.sources:
            out.discard()
            return max(read.unreadable)
    return exit_codes.PARTIAL if reading.problems else exit_codes.OK


def _is_much(sources: list[str]) -> bool:
    """Whether so much is to be read that other processes will be started."""
    size = 0
    for source in map(Path, sources):
        with suppress(OSError):  # addresses are no files, and long ones no names
            for file in [source] if source.is_file() else source.rglob("*"):
                with suppress(OSError):
                    size += file.stat().st_size
                if size > MUCH:
                    return True
    return False


class _Read:
    """The articles of all sources; ``unreadable`` has an exit code for each source that could not be read."""

    def __init__(self, options: argparse.Namespace, reading: Bar) -> None:
        from crawler.jobs.sources import Context

        self.unreadable: list[int] = []
        self._reading = reading
        self._options = options
        self._context = Context(options.url, options.captured_at)
        self._urls = [source for source in options.sources if _is_page(source)]
        self._paths = [source for source in options.sources if source not in self._urls]
        if self._urls and "-" in self._paths:
            raise UsageError("a URL is looked up in archives, and standard input is none: name a file")

    @property
    def sources(self) -> int:
        return len(self._urls or self._paths)

    def all(self, how: Reading[Shown]) -> Iterator[Shown]:
        """What is made of every article of every source."""
        from crawler.archive import ArchiveError
        from crawler.archive.store import NoStore
        from crawler.jobs.captured_pages import SourceError

        for source in self._urls or self._paths:
            try:
                for shown in self._of(source, how):
                    yield shown
                    self._reading.advance(1)
            except NoStore:
                raise
            except (SourceError, ArchiveError) as error:
                code, message = exit_code_of(error) or (exit_codes.UNREADABLE, str(error))
                self.unreadable.append(code)
                self._reading.tell(message)

    def _of(self, source: str, how: Reading[Shown]) -> Iterator[Shown]:
        from crawler.jobs.sources import read_source, read_stream

        if source == "-":
            yield from read_stream(sys.stdin.buffer, self._context, self._reading.tell, how)
            return
        if not self._urls:
            yield from read_source(place(source), self._context, self._reading.tell, how)
            return
        from crawler.jobs.lookup import article_at, holders

        url = normal(source)
        named = [place(path) for path in self._paths] or [*holders(url)]
        if not named:
            from crawler.cli.record import fetch_pages

            collection = default_collection(url)
            fetch_pages([url], collection, self._options)
            named = [collection]
        yield how.article(article_at(url, named, self._context.captured_at).article)


def _is_page(source: str) -> bool:
    """Whether a source is the address of a page, and not of an archive on the web."""
    from crawler.archive.remote import is_web

    return is_web(source.lower()) and not source.lower().partition("?")[0].endswith(FILES)


def _show_of(options: argparse.Namespace) -> Callable[[Article], str]:
    """What makes an article's text; functions of this module, so that other processes can be told of them."""
    if not options.explain:
        return as_line
    return explained_as_json if options.json else explained


def as_line(article: Article) -> str:
    """An article as a line of JSON."""
    from crawler.export.jsonl import line

    return line(article.to_dict())


def explained(article: Article) -> str:
    """An article's fields and their witnesses, for a person."""
    from crawler.cli import explanation

    return explanation.as_text(article) + "\n\n"


def explained_as_json(article: Article) -> str:
    """The same as a line of JSON."""
    from crawler.cli import explanation
    from crawler.export.jsonl import line

    return line(explanation.as_json(article))


def _report(articles: Iterator[Article], options: argparse.Namespace, out: WholeFile | WholeObject | _Printed) -> None:
    from crawler.cli import coverage
    from crawler.jobs.coverage import DAY, MONTH, cover, falls

    found = cover(articles, by=DAY if options.by == "day" else MONTH)
    if options.json:
        out.write(json.dumps(coverage.as_json(found, falls(found)), ensure_ascii=False, indent=2) + "\n")
    elif found:
        out.write(coverage.as_text(found, falls(found)) + "\n")


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
