"""The articles of a crawl wait on the disk; one that is full loses none, for the archive has their pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.jobs.article_spool import ArticleSpool
from crawler.model import Article, Outcome


def article(number: int) -> Article:
    url = f"https://www.news.example/{number}"
    return Article(url=url, captured_at="2031-05-01T00:00:00Z", outcome=Outcome.ARTICLE, text="words " * 100)


def test_what_was_taken_is_read_in_its_order(tmp_path: Path) -> None:
    with ArticleSpool(tmp_path / "articles.jsonl") as spool:
        for number in range(3):
            spool.add(article(number))
    assert list(spool.articles()) == [article(number) for number in range(3)]


FULL = """
import resource, sys
from pathlib import Path
from crawler.jobs.article_spool import ArticleSpool
from tests.jobs.test_article_spool import article

file = Path(sys.argv[1])
with ArticleSpool(file) as spool:
    spool.add(article(0))
    one = file.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (one + one // 2, resource.RLIM_INFINITY))
    spool.add(article(1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    spool.add(article(2))
assert list(spool.articles()) == [article(0)]
assert file.stat().st_size == one
"""


def test_a_full_disk_leaves_whole_articles_and_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", FULL, file], capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        f"{file} can't be written (File too large): pages that still come are read from the archive at the end."
    ]


NO_ROOM = """
import sys
import crawler.jobs.capture as job
from crawler.cli import main

class Full(job.ArticleSpool):
    def __init__(self, file):
        super().__init__(file)
        self._file.close()
        self._file = open("/dev/full", "wb", buffering=0)

job.ArticleSpool = Full
sys.exit(main(["demo", "-c", sys.argv[1]]))
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_pages_that_the_disk_had_no_room_for_are_in_the_tables(tmp_path: Path, forks: Any, demo: Any) -> None:
    (tmp_path / "script.py").write_text(NO_ROOM)
    done = forks.run(tmp_path / "script.py", [tmp_path / "c"])
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("pages that still come are read from the archive") == 1
    with Collection(tmp_path / "c") as captured, Collection(demo.collection) as usual:
        assert {each.url for each in captured.articles()} == {each.url for each in usual.articles()}
