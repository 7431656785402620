"""JSON Lines: one object a line, UTF-8, in the order given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.model import Article


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
