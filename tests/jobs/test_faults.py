"""A fault of our own while a page is read: the page is archived, the crawl goes on, and the user is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


FULL = """
import errno
import sys
import crawler.jobs.capture as job
from crawler.cli import main

def derive(*_):
    raise OSError(errno.ENOSPC, "No space left on device")  # what a write says of an open file

job.add_derived = derive
sys.exit(main(["demo", "-c", sys.argv[1]]))
"""


def test_a_disk_that_is_full_when_the_tables_are_written_is_told_with_their_place(tmp_path: Path, forks: Any) -> None:
    (tmp_path / "script.py").write_text(FULL)
    done = forks.run(tmp_path / "script.py", [tmp_path / "c"])
    assert done.returncode == exit_codes.STORAGE
    assert done.stderr.splitlines()[-1] == (
        f"wirecopy demo: cannot write pages and tables of {tmp_path / 'c'}: No space left on device; "
        "free some space and run again, what was captured so far is kept"
    )


def test_the_page_is_kept_and_the_others_are_read(tmp_path: Path, forks: Any) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    done = forks.run(tmp_path / "script.py", [tmp_path / "c"])
    assert done.returncode == exit_codes.FAULT, done.stderr
    assert "a fault" in done.stdout
    assert "pages of the story" in done.stdout
    assert "/news/" in "".join(capture.url for capture in Collection(tmp_path / "c").captures())


TAKEN = """
import errno
import sys
from pathlib import Path
import crawler.spiders.story as story
from crawler.cli import main
from crawler.spiders.reading import read_page

opening, begun = Path.open, []

def read(body, **facts):
    begun.append(body)
    return read_page(body, **facts)

def opened(path, mode="r", *more, **named):
    if begun and path.parent.name.startswith("wirecopy-") and mode[0] in "aw":
        raise OSError(errno.EMFILE, "Too many open files", path)
    return opening(path, mode, *more, **named)

story.read_page, Path.open = read, opened
sys.exit(main(["demo", "-c", sys.argv[1]]))
"""


def test_no_page_is_missing_in_the_tables_though_no_file_is_free_when_it_comes(tmp_path: Path, forks: Any) -> None:
    (tmp_path / "script.py").write_text(TAKEN)
    done = forks.run(tmp_path / "script.py", [tmp_path / "c"])
    assert done.returncode == exit_codes.OK, done.stderr
    assert (tmp_path / "c" / "tables" / "articles.jsonl").read_text().count("\n") > 1
