"""``wirecopy capture``: from one URL to the whole story."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.conditions import add_conditions, conditions_of, normal
from crawler.cli.errors import UsageError
from crawler.cli.numbers import natural
from crawler.cli.places import input_file
from crawler.cli.terminal import printable
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.jobs.report import Report
    from crawler.spiders.providers import Provider


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy capture``."""
    parser.add_argument("urls", nargs="*", metavar="URL", help="a page of the story, whichever copy you have")
    parser.add_argument(
        "--urls", dest="url_file", type=input_file, metavar="FILE",
        help="a list: a line a story, its URL and behind it those of copies you know; or a table, .csv or .tsv",
    )  # fmt: skip
    parser.add_argument(
        "--column", metavar="NAME", help="the column of the table that has the URLs (url, link, uri or address)"
    )
    parser.add_argument(
        "--leave-malformed", action="store_true", help="capture the list without the lines that hold no such URL"
    )
    parser.add_argument(
        "--copy", action="append", default=[], metavar="URL", help="a further copy of the story; may be repeated"
    )
    parser.add_argument(
        "--panels", type=natural, default=12, metavar="N", help="related cards to follow from a page (12; 0: none)"
    )
    parser.add_argument("--no-pictures", action="store_true", help="leave the pictures")
    parser.add_argument("--no-requisites", action="store_true", help="leave styles, scripts, fonts, frames and films")
    copies = parser.add_argument_group("copies", "A page that is proposed counts as a copy once its text says so.")
    copies.add_argument(
        "--provider", action="append", default=[], metavar="NAME[=URL]",
        help="a public look-up to ask: gdelt, mediacloud, wayback, commoncrawl; may be repeated (docs/providers.md)",
    )  # fmt: skip
    copies.add_argument(
        "--no-candidates", action="store_true", help="leave pages that links or a network's pattern propose"
    )
    add_conditions(parser)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(options: argparse.Namespace) -> int:
    """Capture, sum up, and say by the exit code whether the pages named came."""
    from crawler.cli.progress import watching
    from crawler.cli.summary import next_steps, summary
    from crawler.jobs.capture import capture, note_done
    from crawler.spiders.wanted import Wanted

    stories = dict[str, tuple[str, ...]]()
    for url, *copies in [*([url] for url in options.urls), *_listed(options)]:
        stories[normal(url)] = (*stories.get(normal(url), ()), *map(normal, copies))
    if not stories:
        raise UsageError("no URL: name a page of the story, or a file of them with --urls")
    urls = tuple(stories)
    stories[urls[0]] += tuple(map(normal, options.copy))
    conditions = conditions_of(options, [*urls, *(copy for copies in stories.values() for copy in copies)])
    wanted = Wanted(
        candidates=not options.no_candidates,
        providers=_providers(options.provider),
        urls=urls,
        copies=stories,
        panels=options.panels,
        pictures=not options.no_pictures,
        requisites=not options.no_requisites,
    )
    with watching() as watch:
        report = capture(wanted, conditions, watch=watch, ending=False)
    words = json.dumps(report.to_dict(), ensure_ascii=False, indent=2) if options.json else summary(report)
    try:
        print(words, flush=True)
        if sys.stdout.isatty() and not options.json and report.collection and report.came():
            print(next_steps(report.collection), flush=True)
    except BrokenPipeError:
        note_done(report)
        raise
    note_done(report)  # last: whoever could not be told will ask again, and what came is not fetched again then
    return exit_code(report)


def exit_code(report: Report) -> int:
    """How the capture ended, by the pages that the user named."""
    if report.interrupted:
        return exit_codes.INTERRUPTED
    if report.faults:
        return exit_codes.FAULT
    if not report.came():
        return exit_codes.NOTHING
    return exit_codes.OK if report.came() == len(report.wanted.named()) else exit_codes.PARTIAL


def _listed(options: argparse.Namespace) -> tuple[tuple[str, ...], ...]:
    """The stories of the file of URLs, if one was named; what is left out of it is told."""
    from crawler.cli.url_lists import read_urls

    if options.url_file is None:
        if options.column is not None or options.leave_malformed:
            raise UsageError(f"{'--column' if options.column is not None else '--leave-malformed'} belongs to --urls")
        return ()
    listed = read_urls(options.url_file, options.column, leave=options.leave_malformed)
    for problem in listed.left_out:
        print(f"wirecopy capture: left out: {printable(problem)}", file=sys.stderr)
    if twice := len(listed.stories) - len({story[0] for story in listed.stories}):
        lines = counted(len(listed.stories), "line")
        print(f"wirecopy capture: {options.url_file}: {lines}, {twice:,} of them name a page again", file=sys.stderr)
    return listed.stories


def _providers(named: list[str]) -> tuple[Provider, ...]:
    from crawler.spiders.providers import ProviderError, provider_named

    try:
        return tuple({provider.name: provider for provider in map(provider_named, named)}.values())
    except ProviderError as error:
        raise UsageError(f"--provider {error}") from None
