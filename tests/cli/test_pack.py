"""``wirecopy pack`` reads a collection and writes one file elsewhere."""

from __future__ import annotations

import json
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


def test_nothing_is_written_into_the_collection(demo: Any, tmp_path: Path) -> None:
    collection = Path(shutil.copytree(demo.collection, tmp_path / "c", ignore=shutil.ignore_patterns(".lock")))
    before = {path: path.stat().st_mtime_ns for path in collection.rglob("*")}
    assert main(["pack", str(collection), "-o", str(tmp_path / "c.wacz")]) == exit_codes.OK
    assert {path: path.stat().st_mtime_ns for path in collection.rglob("*")} == before
