"""A collection that a newer wirecopy wrote is refused in a line that says what to do, and left as it is."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.lock import LOCK
from crawler.cli import exit_codes, main


@pytest.fixture
def collection(demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(demo.collection, tmp_path / "news")
    return tmp_path / "news"


def content(folder: Path) -> dict[str, bytes]:
    files = {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: data for name, data in files.items() if not name.endswith(LOCK)}


VERBS = [
    ["index", "news"],
    ["extract", "news"],
    ["export", "news", "-o", "tables"],
    ["stories", "news"],
    ["pack", "news"],
    ["repair", "news"],
    ["import", "news", "-c", "mine"],
    ["serve", "news", "--port", "18555"],
]


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_one_of_a_newer_layout(collection: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    package = json.loads((collection / "datapackage.json").read_bytes())
    (collection / "datapackage.json").write_text(json.dumps(package | {"wirecopy": {"layout": 99}}))
    before = content(collection)
    assert main(words) == exit_codes.UNREADABLE
    (said,) = capsys.readouterr().err.splitlines()
    assert "news has layout 99, newer than the 1 this wirecopy knows: upgrade wirecopy" in said
    assert content(collection) == before


@pytest.mark.parametrize("words", [VERBS[0], VERBS[4], VERBS[5]], ids=lambda words: words[0])
def test_one_with_a_newer_ledger(collection: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with closing(sqlite3.connect(collection / "ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA user_version = 99")
    before = content(collection)
    assert main(words) == exit_codes.UNREADABLE
    (said,) = capsys.readouterr().err.splitlines()
    assert "ledger.sqlite has schema 99, this wirecopy knows 2: use the wirecopy that wrote it" in said
    assert content(collection) == before
