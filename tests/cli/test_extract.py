"""``wirecopy extract``: exit codes that say how much could be read, and an output file that is whole or untouched."""

from __future__ import annotations

import json
import re
import shutil
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, pack
from crawler.cli import exit_codes, main
from tests.damage import spoil
from tests.site import Answer, serving

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


def test_half_a_character_of_a_page_ends_no_table(tmp_path: Path, page: Path) -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "description": "cut in \\ud83d"}</script>'
    page.write_text(PAGE.replace("<body>", f"{data}<body>"))
    assert main(["extract", str(page), "-o", str(tmp_path / "rows.jsonl")]) == 0
    assert json.loads((tmp_path / "rows.jsonl").read_text())["description"] == "cut in ?"


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
    spoil(warc)
    assert main(["extract", str(collection)]) == exit_codes.PARTIAL
    said = capsys.readouterr()
    assert said.out
    assert f"{warc.name} at " in said.err
    shutil.rmtree(collection / "tables")  # with them, stories reads no WARC
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


def test_an_explanation_fits_a_terminal(demo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--explain", str(demo.collection)]) == exit_codes.OK
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if len(line) > 80 and "http" not in line] == []
    assert "with the rules of newsbreak" in said.replace("\n", " ")
    assert "headline\n  Skerry Sound islanders" in said


def test_one_page_of_an_archive_is_explained_by_its_url(demo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    story = demo.report["pages"][0]["story"]
    assert main(["extract", "--explain", "--json", story, str(demo.collection)]) == exit_codes.OK
    (line,) = capsys.readouterr().out.splitlines()
    explained = json.loads(line)
    assert explained["url"] == story
    headline = explained["fields"][0]
    assert headline["field"] == "headline" and headline["losers"] and headline["reason"]


def test_a_page_is_looked_up_where_collections_are_kept(
    demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    story = demo.report["pages"][0]["story"]
    (tmp_path / "archives").mkdir()
    (tmp_path / "archives" / "demo").symlink_to(demo.collection)
    monkeypatch.chdir(tmp_path)
    assert main(["extract", story]) == exit_codes.OK
    assert json.loads(capsys.readouterr().out)["url"] == story
    assert main(["extract", "https://nowhere.example/", str(demo.collection)]) == exit_codes.UNREADABLE
    assert "no capture of https://nowhere.example/" in capsys.readouterr().err


def test_a_page_that_is_kept_nowhere_is_captured_first(wirecopy: Any, tmp_path: Path) -> None:
    from crawler.demo import SEED
    from crawler.jobs.demo import answer
    from crawler.replay import Authority, ProxyServer

    with ProxyServer(answer, authority=Authority.create()) as server:
        reach = ("--proxy", server.url, "--delay", "0")
        done = wirecopy("extract", "--explain", SEED, *reach, cwd=tmp_path)
        (kept,) = (tmp_path / "archives").iterdir()
        never = wirecopy("extract", "--explain", "https://never.example/", *reach, cwd=tmp_path)
    assert done.returncode == exit_codes.OK, done.stderr
    assert "headline\n  Skerry Sound islanders" in done.stdout
    assert kept.name.startswith("paperboat.example-")
    again = wirecopy("extract", "--explain", SEED, cwd=tmp_path)
    assert again.stdout == done.stdout
    assert never.returncode == exit_codes.UNREADABLE
    assert "https://never.example/" in never.stderr


def test_a_file_is_explained(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--explain", str(page), "--url", "https://ledger.example/ferry"]) == exit_codes.OK
    assert "headline\n  Ferry returns\n  + dom, h1 (0.85)" in capsys.readouterr().out


def test_words_of_a_page_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<h1>Ferry", "<h1>Ferry\x9b31m\u202e"))
    assert main(["extract", "--explain", str(path)]) == exit_codes.OK
    assert not set("\x9b\u202e\x1b") & set(capsys.readouterr().out)


def test_a_report_sums_up_sites_by_month_and_day(demo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--report", str(demo.collection)]) == exit_codes.OK
    table = capsys.readouterr().out
    assert all(len(line) <= 80 for line in table.splitlines())
    assert "newsbreak" in table and "1 blocked" in table
    assert main(["extract", "--report", "--by", "day", "--json", str(demo.collection)]) == exit_codes.OK
    report = json.loads(capsys.readouterr().out)
    (aggregator,) = [row for row in report["coverage"] if row["site"] == "newsbreak"]
    assert len(aggregator["period"]) == len("2024-03-05")
    assert aggregator["fields"]["headline"] == {"articles": 1, "share": 1.0}
    assert report["falls"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["--explain", "--report", "x"],
        ["--by", "day", "x"],
        ["--by", "year", "--report", "x"],
        ["https://a.example", "-"],
    ],
)
def test_words_that_contradict_are_a_wrong_call(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", *words]) == exit_codes.USAGE
    assert capsys.readouterr().err.count("\n") == 1


def test_a_redesign_is_seen_on_its_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import UTC, datetime

    from crawler.testing.tape import Answer, write

    cases = Path(__file__).parents[1] / "extract" / "cases"
    html = (("Content-Type", "text/html; charset=utf-8"),)
    days = {5: "newsbreak_docinfo", 6: "newsbreak_docinfo", 7: "newsbreak_redesigned"}
    pages = {day: (cases / name / "input.html").read_bytes() for day, name in days.items()}
    story = "https://www.newsbreak.com/news/33581204700"
    answers = [
        Answer(f"{story}{day}{hour}-bus", datetime(2026, 3, day, hour, tzinfo=UTC), 200, html, page)
        for day, page in pages.items()
        for hour in range(10, 18)
    ]
    write(tmp_path / "bus.warc.gz", answers)
    assert main(["extract", "--report", "--by", "day", str(tmp_path / "bus.warc.gz")]) == exit_codes.OK
    table = capsys.readouterr().out
    assert "    drift on 8: newsbreak: neither docInfo nor the flat form in __NEXT_DATA__" in table
    assert "  newsbreak 2026-03-07: images from 100% to 0% (8 articles)" in table
    assert "  newsbreak 2026-03-06" not in table


def test_a_wacz_on_the_web_is_an_archive_and_no_page(
    demo: Any, wirecopy: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "demo.wacz"
    pack(demo.collection, packed)
    data = packed.read_bytes()

    def answer(asked: BaseHTTPRequestHandler) -> Answer:
        if not asked.path.startswith("/demo.wacz"):
            return Answer(b"WARC/1.1\r\n")
        first, last = map(int, re.findall(r"\d+", asked.headers["Range"])[:2])
        place = f"bytes {first}-{min(last, len(data) - 1)}/{len(data)}"
        return Answer(data[first : last + 1], "application/wacz", 206, {"Content-Range": place, "ETag": '"1"'})

    assert main(["extract", str(packed)]) == exit_codes.OK
    local = capsys.readouterr().out
    with serving(answer) as port:
        assert main(["extract", f"http://127.0.0.1:{port}/demo.wacz?v=1"]) == exit_codes.OK
        assert capsys.readouterr().out == local
        source, story = f"http://127.0.0.1:{port}/demo.wacz", demo.report["pages"][0]["story"]
        captured = wirecopy("capture", story, "--from", source, "-c", tmp_path / "c").stdout
        assert f"From      {source}\n" in captured
        assert main(["extract", f"http://127.0.0.1:{port}/x.warc.gz"]) == exit_codes.UNREADABLE
    (said,) = capsys.readouterr().err.splitlines()
    assert "download it" in said


def test_a_table_of_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Collection.create(tmp_path / "c").close()
    words = ["extract", str(tmp_path / "c"), "--format", "parquet", "-o", str(tmp_path / "table")]
    assert main(words) == exit_codes.UNREADABLE
    assert "no WARC with pages there" in capsys.readouterr().err
