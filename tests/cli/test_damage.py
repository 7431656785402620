"""A damaged archive is told with its file, the place in it, what is wrong, and what mends it, by every command."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main
from tests.damage import spoil

ARC = b"filedesc://crawl.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 Archive\n"


@pytest.fixture
def place(demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a damaged WARC, collection and WACZ, and with archives of which nothing can be read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(demo.collection, tmp_path / "my news")
    (warc,) = (tmp_path / "my news" / "archive").glob("*.warc.gz")
    spoil(warc)
    shutil.copy(warc, tmp_path / "torn.warc.gz")
    with zipfile.ZipFile(tmp_path / "torn.wacz", "w") as packed:
        packed.write(warc, "archive/part.warc.gz")
    (tmp_path / "cut.wacz").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "noise.warc.gz").write_bytes(b"\x1f\x8b\x08 nothing that could be read")
    (tmp_path / "old.arc.gz").write_bytes(gzip.compress(ARC))
    return tmp_path


def told(words: list[str], capsys: pytest.CaptureFixture[str], code: int) -> str:
    assert main(words) == code
    error = capsys.readouterr().err
    assert "Traceback" not in error
    return error


def test_a_damaged_warc_is_told_with_the_call_that_repairs_it(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remedy = "; `wirecopy repair torn.warc.gz` keeps what can be read\n"
    for verb in ("extract", "stories"):
        error = told([verb, "torn.warc.gz"], capsys, exit_codes.PARTIAL)
        assert error.startswith(f"wirecopy {verb}: torn.warc.gz at ")
        assert error.endswith(remedy)
        assert error.count("\n") == 1
    error = told(["extract", "torn.warc.gz", "--format", "parquet", "-o", "table"], capsys, exit_codes.PARTIAL)
    assert f"`wirecopy repair {place / 'torn.warc.gz'}` keeps what can be read" in error


def test_damage_in_a_collection_names_the_file_in_it_once_and_repairs_all_of_it(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (warc,) = Path("my news/archive").glob("*.warc.gz")
    for verb in ("extract", "index"):
        error = told([verb, "my news"], capsys, exit_codes.PARTIAL)
        (line,) = [line for line in error.splitlines() if "gzip member" in line]
        assert line.startswith(f"wirecopy {verb}: {warc} at ")
        assert line.endswith("; `wirecopy repair 'my news'` keeps what can be read")
    assert main(["repair", "my news"]) == exit_codes.OK
    assert told(["extract", "my news"], capsys, exit_codes.OK) == ""


def test_damage_in_a_wacz_or_a_pipe_is_told_with_what_repair_can_take(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error = told(["extract", "torn.wacz"], capsys, exit_codes.PARTIAL)
    assert error.startswith("wirecopy extract: torn.wacz: part.warc.gz at ")
    assert error.endswith("; unzip it into a folder, and `wirecopy repair` that\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((place / "torn.warc.gz").read_bytes())))
    error = told(["extract", "-"], capsys, exit_codes.PARTIAL)
    assert error.startswith("wirecopy extract: standard input at ")
    assert error.endswith("; save it as a file, and `wirecopy repair` that\n")


def test_an_import_says_that_all_else_was_taken_over(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = told(["import", "torn.warc.gz", "-c", "taken"], capsys, exit_codes.PARTIAL)
    assert error.startswith("wirecopy import: torn.warc.gz at ")
    assert error.endswith("; all else in it was taken over\n")


def test_a_page_that_is_not_found_may_be_behind_the_damage(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://nowhere.example/"
    for words in (
        ["extract", url, "torn.warc.gz"],
        ["compare", url, url, "--from", "torn.warc.gz"],
        ["record", url, "recording", "--from", "torn.warc.gz"],
    ):
        error = told(words, capsys, exit_codes.UNREADABLE)
        assert f"no capture of {url}; it is damaged: torn.warc.gz at " in error
        assert "`wirecopy repair torn.warc.gz`" in error


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("noise.warc.gz", "nothing in it can be read"),
        ("cut.wacz", "cut.wacz is no whole WACZ: "),
        ("old.arc.gz", "old.arc.gz is an ARC file, the format before WARC: `warcio recompress "),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ["extract"],
        ["extract", "--format", "parquet", "-o", "table"],
        ["stories"],
        ["compare", "page.html"],
        ["serve"],
        ["proxy"],
        ["import", "-c", "taken"],
    ],
)
def test_an_archive_of_which_nothing_can_be_read_is_unreadable_to_every_command(
    words: list[str], name: str, said: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "page.html").write_text("<title>Pier</title><p>The pier was closed on Monday.", encoding="utf-8")
    error = told([*words, name], capsys, exit_codes.UNREADABLE)
    if words[0] == "import" and name == "noise.warc.gz":
        said = "noise.warc.gz holds no record that can be read; nothing is taken over"
    assert said in error
    assert not (place / "taken").exists()
    assert not list(place.glob("table/*"))


def test_problems_are_told_in_json_as_on_the_terminal(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "torn.warc.gz", "old.arc.gz", "-c", "taken", "--json"]) == exit_codes.PARTIAL
    captured = capsys.readouterr()
    assert [f"wirecopy import: {line}" for line in json.loads(captured.out)["problems"]] == captured.err.splitlines()
