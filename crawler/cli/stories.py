"""``wirecopy stories``: which articles of archives tell one text, and who had it from whom."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.cli import exit_codes
from crawler.cli.engines import add_engine, engine, interrupted_by_sigterm
from crawler.cli.errors import UsageError
from crawler.cli.places import at_hand, destination, place, refuse_inside
from crawler.cli.terminal import can_draw
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.cli.bar import Bar
    from crawler.model import Article, Derivation, Story


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy stories``."""
    parser.add_argument(
        "sources", nargs="+", type=place, metavar="SOURCE",
        help="collections (also of a store, s3://...), WARCs, WACZs, pages, text dumps, or folders of these; of a "
        "collection its tables are read",
    )  # fmt: skip
    parser.add_argument("--reasons", action="store_true", help="say below each copy why it stands there")
    parser.add_argument("--json", action="store_true", help="print the stories as JSON; with -o the files written")
    parser.add_argument(
        "-o", "--output", type=destination, metavar="DIR",
        help="write the tables of stories, their copies, sentences and quotations in Parquet there, "
        "also to a store (s3://...)",
    )  # fmt: skip
    add_engine(parser, see="whose workers have wirecopy installed")


def run(options: argparse.Namespace) -> int:
    """Group the articles of all sources and print each story as a tree, every copy below its nearest source."""
    from crawler.archive.scratch import Scratch
    from crawler.cli.bar import bar
    from crawler.jobs.story_parquet import tables_at, write_stories
    from crawler.stories.index import StoryIndex

    if isinstance(options.output, Path) and options.output.exists() and not options.output.is_dir():
        raise UsageError(f"{options.output}: is a file; name a folder with -o")
    refuse_inside(options.output)
    if options.output and options.reasons:
        raise UsageError("-o writes tables: leave --reasons")
    # On disk, so that many collections need no more memory than one.
    with (
        interrupted_by_sigterm(),
        Scratch() as scratch,
        tables_at(options.output) if options.output else nullcontext() as out,
        engine(options) as each,
        bar("stories", " articles") as reading,
        StoryIndex(Path(scratch) / "stories.duckdb", each=each) as index,
    ):
        index.add(_articles(options.sources, reading))
        if out:
            written = write_stories(each, index.blocks(), out)
        else:
            stories = index.stories()
    if options.output and options.json:
        files = [{"file": str(file), "rows": rows} for file, rows in written.items()]
        print(json.dumps({"files": files}, ensure_ascii=False, indent=2))
    elif options.output:
        for file, rows in written.items():
            print(f"{file}: {counted(rows, 'row', 'rows')}")
    elif options.json:
        print(json.dumps([_as_json(story) for story in stories], ensure_ascii=False, indent=2))
    elif stories:
        print("\n\n".join("\n".join(_as_text(story, options.reasons)) for story in stories))
    else:
        print("No text stands in two of these articles.")
    if reading.problems:
        return exit_codes.PARTIAL
    return exit_codes.OK


def _articles(sources: list[Path | str], reading: Bar) -> Iterator[Article]:
    """The articles of all sources; one that can't be read is told and costs no other."""
    from crawler.archive import ArchiveError
    from crawler.jobs.captured_pages import SourceError

    unreadable = 0
    for source in sources:
        try:
            for article in _of_source(source, reading):
                reading.advance(1)
                yield article
        except (SourceError, ArchiveError) as error:
            unreadable += 1
            if unreadable == len(sources):
                raise
            reading.tell(str(error))


def _of_source(named: Path | str, reading: Bar) -> Iterator[Article]:
    from crawler.archive.layout import refuse_newer
    from crawler.export.jsonl import read_articles
    from crawler.jobs.captured_pages import SourceError
    from crawler.jobs.sources import Context, articles_of

    source = at_hand(named, "stories")
    table = source / "tables" / "articles.jsonl"
    refuse_newer(source)
    try:
        if table.exists():
            yield from read_articles(table)
            return
    except ValueError as error:
        raise SourceError(f"{error}; `wirecopy index {source}` makes the tables again") from error
    except OSError as error:
        raise SourceError(f"{table}: can't be read ({error.strerror})") from error
    yield from articles_of(source, Context(), reading.tell)


def _as_json(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "original": _named(story.original) if story.original else None,
        "copies": [_named(copy) for copy in story.copies],
        "tree": [_node_as_json(node) for node in story.tree],
    }


def _node_as_json(node: Derivation) -> dict[str, Any]:
    from crawler.model.article import plain

    return {
        "article": _named(node.article),
        "depth": node.depth,
        "source": _named(node.source) if node.source else None,
        "direction": node.direction if node.source else None,
        "is_version": node.is_version,
        "confidence": node.confidence,
        "coverage": plain(node.coverage),
        "reasons": plain(node.reasons),
    }


def _named(article: Article) -> dict[str, Any]:
    fields = article.to_dict()
    return {name: fields[name] for name in ("url", "captured_at", "headline", "publisher", "date_published", "record")}


_UNKNOWN = {False: "; which of them came first is undecided", True: "; the original is not among them"}
"""Why none is called the original, by whether the first says itself that its text is another house's."""


def _as_text(story: Story, with_reasons: bool) -> Iterator[str]:
    from crawler.stories.third_houses import is_from_elsewhere

    first = story.original or story.tree[0].article
    yield first.headline or first.url or "(no headline)"
    known = "" if story.original else _UNKNOWN[is_from_elsewhere(first)]
    yield f"{counted(len(story.tree), 'article')}{known}"
    stems = _stems([node.depth for node in story.tree])
    for node, (branch, beside) in zip(story.tree, stems, strict=True):
        yield f"{branch}{_line(node, first)}"
        if node.source:
            yield f"{beside}  {_why(node)}"
            if with_reasons:
                yield from (f"{beside}    {reason.weight:+.2f}  {reason.text}" for reason in node.reasons)


def _stems(depths: list[int]) -> list[tuple[str, str]]:
    """What is drawn before a line of the tree, and before the lines that belong to it."""
    lines = ("│  ", "├─ ", "└─ ") if can_draw() else ("|  ", "|- ", "`- ")
    found = []
    for at, depth in enumerate(depths):
        rest = depths[at + 1 :]

        def goes_on(level: int, rest: list[int] = rest) -> bool:
            following = next((other for other in rest if other <= level), None)
            return following == level

        before = "".join(lines[0] if goes_on(level) else "   " for level in range(1, depth))
        if depth == 0:
            found.append(("", lines[0] if rest and rest[0] > 0 else "   "))
            continue
        more = lines[0] if goes_on(depth) else "   "
        below = lines[0] if rest and rest[0] > depth else "   "
        found.append((before + (lines[1] if goes_on(depth) else lines[2]), before + more + below))
    return found


def _line(node: Derivation, first: Article) -> str:
    from crawler.stories.timing import date_line

    article = node.article
    outlet = article.publisher.name if article.publisher else None
    headline = article.headline if article.headline != first.headline else None
    words = [outlet, date_line(article), headline, article.url or "(no address)"]
    return "  ".join(filter(None, words))


def _why(node: Derivation) -> str:
    share = f"{node.coverage.of_copy:.0%} of its text" if node.coverage else "text"
    if node.is_version:
        return f"version: another capture of that page, {share} there"
    if node.direction != "original":
        return f"{share} there; which came first is undecided"
    best = max(node.reasons, key=lambda reason: reason.weight, default=None)
    return f"copy, {share}, confidence {node.confidence:.2f}" + (f": {best.text}" if best else "")
