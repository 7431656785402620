"""The desk's index: what it says of collections that come and go, and what it holds open."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

from crawler.web.catalogue import Catalogue


def lowest_free() -> int:
    """The number that the next file gets which is opened here."""
    number = os.dup(0)
    os.close(number)
    return number


def test_threads_that_come_and_go_leave_no_files_open(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "desk.sqlite", dict)
    before = lowest_free()
    for _ in range(20):
        thread = Thread(target=catalogue.query, args=("SELECT name FROM collections",))
        thread.start()
        thread.join()
    assert lowest_free() <= before + 3  # a connection's: the index, its log and their common memory
    catalogue.close()


def test_a_collection_that_is_gone_is_no_problem_any_more(tmp_path: Path) -> None:
    folders = {"torn": tmp_path / "torn"}
    (tmp_path / "torn" / "tables").mkdir(parents=True)
    (tmp_path / "torn" / "tables" / "articles.jsonl").write_text("no row\n")
    catalogue = Catalogue(tmp_path / "desk.sqlite", lambda: dict(folders))
    assert str(tmp_path / "torn" / "tables") in catalogue.problems["torn"]
    folders.clear()
    catalogue.refresh()
    assert catalogue.problems == {}
    catalogue.close()
