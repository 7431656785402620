"""``wirecopy extract``: exit codes that say how much could be read, and an output file that is whole or untouched."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main

PAGE = "<!doctype html><title>Ferry returns</title><body><h1>Ferry returns</h1><p>It is back at its old quay.</p>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def test_an_output_file_stands_until_a_source_was_read(tmp_path: Path, page: Path) -> None:
    keep = tmp_path / "keep.jsonl"
    keep.write_text("kept\n")
    assert main(["extract", "nowhere", "-o", str(keep)]) == exit_codes.UNREADABLE
    assert keep.read_text() == "kept\n"
    assert main(["extract", "nowhere", str(page), "-o", str(keep)]) == exit_codes.PARTIAL
    assert "Ferry returns" in keep.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keep.jsonl", "page.html"]


def test_an_output_that_cannot_be_written_is_named(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "none" / "x.jsonl"
    assert main(["extract", str(page), "-o", str(out)]) == exit_codes.STORAGE
    assert str(out) in capsys.readouterr().err


def test_a_full_disk_is_one_line(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(page), "-o", "/dev/full"]) == exit_codes.STORAGE
    assert "/dev/full" in capsys.readouterr().err


def test_damage_is_named_and_makes_the_rest_a_part(
    demo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection = Path(shutil.copytree(demo.collection, tmp_path / "c"))
    (warc,) = (collection / "archive").glob("*.warc.gz")
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 0xFF
    warc.write_bytes(data)
    assert main(["extract", str(collection)]) == exit_codes.PARTIAL
    said = capsys.readouterr()
    assert said.out
    assert f"{warc.name} at " in said.err
    assert main(["stories", str(collection)]) == exit_codes.PARTIAL
    assert f"{warc.name} at " in capsys.readouterr().err
    warc.write_bytes(b"")
    assert main(["extract", str(collection)]) == exit_codes.UNREADABLE


@pytest.mark.parametrize("source", ["/nowhere", "/etc/passwd"])
def test_an_archive_that_is_none_is_unreadable_input(wirecopy: Any, source: str) -> None:
    done = wirecopy("capture", "https://news.example/", "--from", source)
    assert done.returncode == exit_codes.UNREADABLE, done.stderr
    assert source in done.stderr
    assert "-c" not in done.stderr
