"""A fault of our own while a page is read: the page is archived, the crawl goes on, and the user is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crawler.archive import Collection
from crawler.cli import exit_codes

SCRIPT = """
import sys
import crawler.spiders.story as story
from crawler import demo
from crawler.cli import main
from crawler.spiders.reading import read_page

def read(body, *, url, **facts):
    if url == demo.REWRITE:
        raise RuntimeError("a fault")
    return read_page(body, url=url, **facts)

story.read_page = read
sys.exit(main(["demo", "-c", sys.argv[1]]))
"""


def test_the_page_is_kept_and_the_others_are_read(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "c")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == exit_codes.FAULT, done.stderr
    assert "a fault" in done.stdout
    assert "pages of the story" in done.stdout
    assert "/news/" in "".join(capture.url for capture in Collection(tmp_path / "c").captures())
