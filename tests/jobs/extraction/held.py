"""``wirecopy extract`` that comes to no end before a test lets it, in a module that a process loads without pytest.

``HELD`` in the environment names a folder: each process that waits there has a file of its number in it, and goes on
once there is a file ``go on``.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from crawler import cli
from crawler.cli import extract
from crawler.jobs.extraction import parts
from crawler.jobs.extraction.parts import Extracted, Part, extract_part, row_of
from crawler.model import Article

as_line = extract.as_line
LATE = "https://long.example/250"


def main() -> int:
    """The command; of a table all files but the first wait, begun, and of lines that of the page ``LATE``."""
    parts.extract_part = part_held
    extract.as_line = line_held
    return cli.main()


def part_held(part: Part) -> Extracted:
    if part.target.name != "articles-000000.parquet":
        parts.row_of = row_held
    return extract_part(part)


def row_held(article: Article) -> dict[str, Any]:
    wait()
    return row_of(article)


def line_held(article: Article) -> str:
    if article.url == LATE:
        wait()
    return as_line(article)


def wait() -> None:
    folder = Path(os.environ["HELD"])
    (folder / str(os.getpid())).touch()
    while not (folder / "go on").exists():
        time.sleep(0.01)
