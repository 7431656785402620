"""JSON Lines: one object a line, UTF-8, in the order given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from crawler.export.rows import TABLES, Row, rows_of
from crawler.model import Article


def write_tables(folder: Path, articles: Iterable[Article]) -> dict[str, int]:
    """Write ``articles.jsonl`` and the tables made of it into ``folder``; return the number of rows in each.

    The old tables stand until the new ones are whole. Raises ``OSError`` where the folder can't be written.
    """
    return write_rows(folder, TABLES, (row for article in articles for row in rows_of(article)))


def write_rows(folder: Path, tables: Sequence[str], rows: Iterable[tuple[str, Row]]) -> dict[str, int]:
    """Write ``tables`` anew from ``rows``, each given with its table's name; the same promises."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(tables, 0)
    fresh = {table: folder / f".{table}.jsonl.new" for table in tables}
    try:
        with ExitStack() as files:
            out: dict[str, TextIO] = {
                table: files.enter_context(path.open("w", encoding="utf-8")) for table, path in fresh.items()
            }
            for table, row in rows:
                out[table].write(line(row))
                counts[table] += 1
        for table, path in fresh.items():
            path.replace(folder / f"{table}.jsonl")
    finally:
        for path in fresh.values():
            path.unlink(missing_ok=True)
    return counts


def line(value: Any) -> str:
    """``value`` as one line of JSON, with its line end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSON Lines file; none where there is no such file.

    Raises ``ValueError`` that names file and line where a line is no article.
    """
    if not path.exists():
        return
    with path.open(encoding="utf-8") as rows:
        for number, row in enumerate(rows, 1):
            try:
                yield Article.from_dict(json.loads(row))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}, line {number}: not an article ({error})") from error
