"""``wirecopy index`` names damage and hides none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main
from tests.damage import spoil


@pytest.fixture
def collection(demo: Any, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo.collection, tmp_path / "c"))


def test_damage_is_named_and_not_taken_for_what_was_captured(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (warc,) = (collection / "archive").glob("*.warc.gz")
    spoil(warc)
    for _ in range(2):
        assert main(["index", str(collection)]) == exit_codes.PARTIAL
        said = capsys.readouterr()
        assert f"{warc.name} at " in said.err
        assert "altered" in said.err
        assert "captures indexed" in said.out
    assert main(["pack", str(collection)]) != exit_codes.OK
    assert "altered" in capsys.readouterr().err


def test_a_file_that_has_gone_is_named(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (warc,) = (collection / "archive").glob("*.warc.gz")
    warc.unlink()
    assert main(["index", str(collection)]) == exit_codes.PARTIAL
    assert warc.name in capsys.readouterr().err


def test_the_numbers_are_told_as_json(collection: Path, demo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", str(collection), "--json"]) == exit_codes.OK
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {"collection", "captures", "articles", "problems"}
    assert found["articles"] == len((demo.collection / "tables/articles.jsonl").read_text().splitlines())
    assert found["problems"] == []
