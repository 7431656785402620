"""``wirecopy index`` names damage and hides none."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main
from crawler.testing.tape import Answer, write
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


def test_one_page_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = b"<title>Pier</title><p>The pier was closed on Monday, and the boats went to the other side."
    html = (("Content-Type", "text/html; charset=utf-8"),)
    answer = Answer("https://news.example/pier", datetime(2026, 3, 5, tzinfo=UTC), 200, html, page)
    write(tmp_path / "page.warc.gz", [answer])
    assert main(["import", str(tmp_path / "page.warc.gz"), "-c", str(tmp_path / "c")]) == exit_codes.OK
    capsys.readouterr()
    assert main(["index", str(tmp_path / "c")]) == exit_codes.OK
    assert capsys.readouterr().out.endswith(" captures indexed, 1 page extracted\n")
    assert main(["export", str(tmp_path / "c"), "-o", str(tmp_path / "o"), "--table", "articles"]) == exit_codes.OK
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'o' / 'articles.parquet'}: 1 row of articles\n")


def test_of_csv_is_told_what_a_spreadsheet_takes_for_formulas(
    demo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("csv", "parquet"):
        out = str(tmp_path / form)
        assert main(["export", str(demo.collection), "--table", "counts", "--format", form, "-o", out]) == exit_codes.OK
        assert ("formula" in capsys.readouterr().out) == (form == "csv")
