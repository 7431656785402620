"""``wirecopy pack`` reads a collection and writes one file elsewhere."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main


def test_the_file_is_told_as_json(demo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "demo.wacz"
    assert main(["pack", str(demo.collection), "-o", str(out), "--json"]) == exit_codes.OK
    written = json.loads(capsys.readouterr().out)
    assert (written["file"], written["size"]) == (str(out), out.stat().st_size)
    assert written["digest"].startswith("sha256:")


def test_what_is_no_regular_file_is_not_replaced(demo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for out in (tmp_path / "pipe", tmp_path):
        assert main(["pack", str(demo.collection), "-o", str(out)]) == exit_codes.STORAGE
        assert "it is no regular file, and a WACZ would take its place" in capsys.readouterr().err
    assert (tmp_path / "pipe").is_fifo()


def test_nothing_is_written_into_the_collection(demo: Any, tmp_path: Path) -> None:
    collection = Path(shutil.copytree(demo.collection, tmp_path / "c", ignore=shutil.ignore_patterns(".lock")))
    before = {path: path.stat().st_mtime_ns for path in collection.rglob("*")}
    assert main(["pack", str(collection), "-o", str(tmp_path / "c.wacz")]) == exit_codes.OK
    assert {path: path.stat().st_mtime_ns for path in collection.rglob("*")} == before
