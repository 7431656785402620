"""``wirecopy discover``: which stories feeds, sitemaps and pages list."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.conditions import add_conditions, conditions_of, normal
from crawler.cli.errors import UsageError
from crawler.cli.numbers import natural
from crawler.cli.times import moment
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.jobs.discover import Discovery
    from crawler.spiders.sources import Listed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy discover``."""
    parser.add_argument("urls", nargs="+", metavar="URL", help="a feed, sitemap, or a publisher's or aggregator's page")
    wanted = parser.add_argument_group("which stories")
    wanted.add_argument(
        "--word", action="append", default=[], metavar="WORDS",
        help="with this word or phrase in title, summary, categories or address; repeated: any of them",
    )  # fmt: skip
    wanted.add_argument("--without", action="append", default=[], metavar="WORDS", help="without this word or phrase")
    wanted.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="NAME",
        help="of this category or folder of the address, as /news/",
    )
    wanted.add_argument("--after", type=moment, metavar="TIME", help="published then or later, where a date is given")
    wanted.add_argument("--before", type=moment, metavar="TIME", help="published then or earlier")
    wanted.add_argument("--limit", type=natural, default=200, metavar="N", help="newest stories of one source (200)")
    parts = parser.add_argument_group("parts of a source")
    parts.add_argument(
        "--feeds", action="store_true",
        help="of a page also the feeds it names, or else the sitemaps of robots.txt and the usual addresses",
    )  # fmt: skip
    parts.add_argument(
        "--children", type=natural, default=10, metavar="N", help="sitemaps of an index, newest first (10)"
    )
    parts.add_argument(
        "--pages", type=natural, default=1, metavar="N", help="pages of a listing that has a next one (1)"
    )
    add_conditions(parser)
    parser.add_argument("--json", action="store_true", help="print stories and listings as JSON")


def run(options: argparse.Namespace) -> int:
    """Ask the sources, print the stories, and say by the exit code whether every source answered."""
    from crawler.jobs.discover import discover
    from crawler.spiders.sources import Filter, Source

    if _is_after(options.after, options.before):
        raise UsageError("--after is later than --before: no story lies between them")
    wanted = Filter(
        words=tuple(options.word),
        without=tuple(options.without),
        sections=tuple(options.section),
        after=options.after,
        before=options.before,
    )
    sources = tuple(
        Source(url, wanted, options.limit, options.feeds, options.children, options.pages)
        for url in dict.fromkeys(map(normal, options.urls))
    )
    discovery = discover(sources, conditions_of(options, [source.url for source in sources]))
    if options.json:
        print(json.dumps(discovery.to_dict(), ensure_ascii=False, indent=2))
    else:
        for story in discovery.stories:
            print(_line(story))
        for line in _remarks(discovery):
            print(f"wirecopy discover: {line}", file=sys.stderr)
    return _exit_code(discovery)


def _exit_code(discovery: Discovery) -> int:
    if discovery.interrupted:
        return exit_codes.INTERRUPTED
    if discovery.faults:
        return exit_codes.FAULT
    if not discovery.listings:
        return exit_codes.NOTHING
    return exit_codes.PARTIAL if discovery.failed() else exit_codes.OK


def _line(story: Listed) -> str:
    """Address, date and title with a tab between: for people, and for ``cut -f1``."""
    date = story.entry.published or story.entry.updated
    said = (date.value or date.raw) if date else ""
    return f"{story.entry.url}\t{said}\t{story.entry.title or ''}"


def _remarks(discovery: Discovery) -> list[str]:
    lines = []
    for listing in discovery.listings:
        state = ", unchanged since it was captured before" if listing.not_modified else ""
        lines.append(f"{listing.url}: {listing.kind}, {counted(listing.entries, 'entry', 'entries')}{state}")
        lines += [f"{listing.url}: {note}" for note in listing.notes]
        if listing.feeds and not listing.source.feeds:
            lines.append(f"{listing.url}: names {counted(len(listing.feeds), 'feed', 'feeds')}; --feeds asks too")
    lines += [f"{miss.requested}: {miss.outcome.value.replace('_', ' ')}: {miss.message}" for miss in discovery.misses]
    lines += [f"a fault of wirecopy's own, please report it: {fault}" for fault in discovery.faults]
    if discovery.collection:
        stories = counted(len(discovery.stories), "story", "stories")
        lines.append(f"{stories}; the listings are kept in {discovery.collection}")
    return lines


def _is_after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other
