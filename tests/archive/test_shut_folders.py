"""A folder that this user may not look into is told of, and never taken for one in which nothing lies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import open_archive
from crawler.cli import exit_codes, main


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Shuts a folder; none is, for a superuser."""

    def close(folder: Path) -> None:
        def refusing(way: Any) -> Any:
            def one(path: Any = ".") -> Any:
                if Path(path) == folder:
                    raise PermissionError(13, "Permission denied", str(path))
                return way(path)

            return one

        for name in ("scandir", "listdir"):
            monkeypatch.setattr(os, name, refusing(getattr(os, name)))

    return close


@pytest.mark.parametrize("verb", ["index", "verify", "repair", "pack", "extract"])
def test_a_collection_whose_warcs_are_shut_away_loses_nothing(
    verb: str, demo: Any, tmp_path: Path, shut: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    collection = tmp_path / "c"
    shutil.copytree(demo.collection, collection)
    before = (collection / "indexes" / "index.cdxj").read_bytes()
    shut(collection / "archive")
    assert main([verb, str(collection)]) in (exit_codes.UNREADABLE, exit_codes.STORAGE)
    told = capsys.readouterr()
    assert "permission denied" in told.err.lower() and str(collection) in told.err
    assert len(told.err.splitlines()) == 1
    assert (collection / "indexes" / "index.cdxj").read_bytes() == before


def test_a_shut_folder_below_costs_no_other_and_is_named(demo: Any, tmp_path: Path, shut: Any) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
    (warc, *_) = sorted((demo.collection / "archive").glob("*.warc.gz"))
    shutil.copy(warc, tmp_path / "open")
    shut(tmp_path / "shut")
    with open_archive(tmp_path) as archive:
        assert any(archive.captures())
        assert archive.left_out == [f"{tmp_path / 'shut'}: left out, since it can't be looked into (Permission denied)"]


@pytest.mark.parametrize("verb", ["verify", "repair"])
def test_who_checks_a_folder_is_told_that_a_part_of_it_is_shut(
    verb: str, demo: Any, tmp_path: Path, shut: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
    (warc, *_) = sorted((demo.collection / "archive").glob("*.warc.gz"))
    shutil.copy(warc, tmp_path / "open")
    shut(tmp_path / "shut")
    assert main([verb, str(tmp_path)]) in (exit_codes.UNREADABLE, exit_codes.STORAGE)
    assert "permission denied" in capsys.readouterr().err.lower()
