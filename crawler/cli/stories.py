"""``wirecopy stories``: which articles of archives tell one text."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes

if TYPE_CHECKING:
    from crawler.model import Article, Story


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy stories``."""
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="collections, WARCs, WACZs or pages")
    parser.add_argument("--json", action="store_true", help="print the stories as JSON")


def run(options: argparse.Namespace) -> int:
    """Group the articles of all sources and print each story with its copies."""
    from crawler.cli.bar import bar
    from crawler.jobs.sources import articles_of
    from crawler.stories import find_stories

    articles = []
    with bar("stories", " articles") as reading:
        for source in options.sources:
            for article in articles_of(source, tell=reading.tell):
                reading.advance(1)
                if article.text:
                    articles.append(article)
    stories = find_stories(articles)
    if options.json:
        print(json.dumps([_story(story) for story in stories], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(map(_in_words, stories)) or "No text stands in two of these articles.")
    return exit_codes.PARTIAL if reading.problems else exit_codes.OK


def _story(story: Story) -> dict[str, object]:
    return {
        "id": story.id,
        "original": _named(story.original) if story.original else None,
        "copies": [_named(copy) for copy in story.copies],
    }


def _named(article: Article) -> dict[str, object]:
    fields = article.to_dict()
    return {name: fields[name] for name in ("url", "captured_at", "headline", "publisher", "date_published", "record")}


def _in_words(story: Story) -> str:
    lines = [f"Original  {_line(story.original)}" if story.original else "Original  undecided"]
    return "\n".join([*lines, *(f"Copy      {_line(copy)}" for copy in story.copies)])


def _line(article: Article) -> str:
    return f"{article.headline or '(no headline)'}  {article.url or ''}".rstrip()
