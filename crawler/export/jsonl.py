"""JSON Lines: one object a line, UTF-8, in the order given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawler.export.rows import Row
from crawler.model import Article

Advance = Callable[[int], None]
"""Is told how many more rows were written."""


def line(value: Any) -> str:
    """``value`` as one line of JSON, with its line end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def nobody(_: int) -> None:
    """An ``Advance`` that tells nobody."""


def write_rows(rows: Iterator[Row], target: Path, told: Advance = nobody) -> int:
    """Write ``rows`` into the new file ``target``; return how many they are, and tell ``told`` of each.

    What is no Unicode (half of a surrogate pair) becomes ``?``. Raises ``OSError``.
    """
    count = 0
    with target.open("w", encoding="utf-8", errors="replace") as out:
        for row in rows:
            out.write(line(row))
            count += 1
            told(1)
    return count


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSON Lines file; none where there is no such file.

    Raises ``ValueError`` that names file and line where a line is no article.
    """
    if not path.exists():
        return
    with path.open("rb") as rows:
        for number, row in enumerate(rows, 1):
            try:
                yield Article.from_dict(json.loads(row.decode()))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise ValueError(f"{path}, line {number}: not an article ({error})") from error
