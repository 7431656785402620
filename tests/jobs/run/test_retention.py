"""What is deleted, and that nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Collection
from crawler.jobs.run.retention import folder_name, outlived
from crawler.jobs.watchlist import Watchlist
from crawler.jobs.watchlist.reading import parse_watchlist

NOW = datetime(2026, 11, 15, tzinfo=UTC)


def watchlist(folder: Path, rotate: str, keep: str = "") -> Watchlist:
    kept = f', keep = "{keep}"' if keep else ""
    text = f'collection = [{{ name = "a", rotate = "{rotate}"{kept} }}]\n[[story]]\nurl = "https://x.example/"\n'
    return parse_watchlist(text, folder / "w.toml")


@pytest.mark.parametrize(("rotate", "name"), [("never", "a"), ("monthly", "a-2026-11"), ("yearly", "a-2026")])
def test_the_folder_of_a_time(tmp_path: Path, rotate: str, name: str) -> None:
    assert folder_name("a", watchlist(tmp_path, rotate), NOW) == name


@pytest.mark.parametrize(
    ("rotate", "keep", "gone"),
    [
        ("monthly", "60d", ["a-2025-12", "a-2026-08"]),
        ("monthly", "", []),
        ("yearly", "1d", ["a-2025"]),
    ],
)
def test_only_folders_that_are_outlived(tmp_path: Path, rotate: str, keep: str, gone: list[str]) -> None:
    for name in (
        "a",
        "a-2025",
        "a-2025-12",
        "a-2026",
        "a-2026-08",
        "a-2026-09",
        "a-2026-11",
        "ab-2020-01",
        "a-2020-13",
    ):
        Collection.create(tmp_path / "archives" / name).close()
    (tmp_path / "archives" / "a-2019-01").mkdir()
    found = [folder.name for folder in outlived(watchlist(tmp_path, rotate, keep), NOW)]
    assert found == gone
