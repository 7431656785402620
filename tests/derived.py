"""Tables of articles as a capture makes them, without a capture."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from crawler.export.rows import rows_of
from crawler.export.table_files import TableFiles
from crawler.jobs.history_tables import TABLES as HISTORY_TABLES
from crawler.jobs.history_tables import enter_capture, tell_histories
from crawler.jobs.story_tables import INDEX, tell_stories
from crawler.jobs.story_tables import TABLES as STORY_TABLES
from crawler.model import Article
from crawler.stories.index import StoryIndex, key_of


def write_tables(folder: Path, articles: Iterable[Article]) -> dict[str, int]:
    """Write the tables that are made of articles alone; the number of rows in each."""
    counts = dict.fromkeys(("articles", "images", "panels", "counts"), 0)
    with TableFiles(folder, anew=True) as tables:
        for article in articles:
            for name, row in rows_of(article):
                tables.put(name, f"{name} {counts[name]}", [row])
                counts[name] += 1
        tables.commit(*counts)
    return counts


def tell(folder: Path, articles: Iterable[Article]) -> None:
    """Add ``articles`` to the tables in ``folder``, those of stories and histories among them."""
    with TableFiles(folder) as tables, StoryIndex(folder / INDEX) as index:
        for article in articles:
            part = key_of(article)
            before = tables.read("articles", part)
            tables.put("articles", part, [article.to_dict()])
            enter_capture(tables, part, article, Article.from_dict(json.loads(before)) if before else None)
        tell_histories(tables)
        tell_stories(tables, index, lambda copies: ())
        tables.commit("articles", *STORY_TABLES, *HISTORY_TABLES)
        index.tell()
