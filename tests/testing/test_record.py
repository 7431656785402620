"""Recordings: small, the same whenever they are made, and without what names a visitor."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Recorder, open_archive
from crawler.cli import exit_codes, main
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.testing.record import record
from crawler.testing.recording import RecordingError, load, recordings
from crawler.testing.trim import trim

HOST = "https://www.ledger.example"


def test_a_recording_holds_page_time_and_fields(archive: Path, tmp_path: Path) -> None:
    made = record(archive, [f"{HOST}/pier"], tmp_path / "pier").recording
    assert sorted(path.name for path in made.folder.iterdir()) == ["expected.json", "meta.toml", "recording.warc.gz"]
    assert (made.urls, f"{made.at:%Y-%m-%dT%H:%M:%SZ}") == ((f"{HOST}/pier",), "2024-03-06T08:00:00Z")
    expected = made.expected()
    assert expected is not None
    assert (expected["headline"], expected["authors"]) == ("Pier reopens", ["Dana Whitlock"])
    assert expected["date_published_earliest"].startswith("2024-03-0")


def test_two_recordings_of_the_same_are_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        record(archive, [f"{HOST}/pier", f"{HOST}/"], tmp_path / name)
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_redirects_are_recorded_with_their_end(archive: Path, tmp_path: Path) -> None:
    made = record(archive, [f"{HOST}/old-tuba"], tmp_path / "tuba").recording
    with open_archive(made.page) as opened:
        assert [(capture.url, capture.status) for capture in opened.captures()] == [
            (f"{HOST}/old-tuba", 301),
            (f"{HOST}/tuba", 200),
        ]
    assert (made.expected() or {})["headline"] == "Tuba wanted"


def test_a_page_that_a_304_confirmed_is_recorded_as_the_page(tmp_path: Path) -> None:
    url, tag = f"{HOST}/pier", 'ETag: "1"\r\n\r\n'
    answers = (
        ("", f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{tag}<title>Pier reopens</title>", Outcome.OK),
        ('If-None-Match: "1"\r\n', f"HTTP/1.1 304 Not Modified\r\n{tag}", Outcome.NOT_MODIFIED),
    )
    with Recorder(tmp_path / "c", software="test") as recorder:
        for day, (field, answer, outcome) in enumerate(answers, 1):
            request = f"GET /pier HTTP/1.1\r\nHost: www.ledger.example\r\n{field}\r\n"
            at = datetime(2024, 3, day, tzinfo=UTC)
            streams = BytesIO(request.encode()), BytesIO(answer.encode())
            recorder.record(Exchange(url, at, *streams, Purpose(Role.SEED, story=url), outcome)).result(120)
    made = record(tmp_path / "c", [url], tmp_path / "pier").recording
    with open_archive(made.page) as opened:
        capture = opened.find(url)
    assert capture is not None
    assert (capture.status, capture.captured_at.day) == (200, 2)


def test_cookies_and_styles_are_left_out(archive: Path, tmp_path: Path) -> None:
    made = record(archive, [f"{HOST}/pier", f"{HOST}/old-tuba"], tmp_path / "pier").recording
    with open_archive(made.page) as opened:
        names = {name for capture in opened.captures() for name, _ in capture.headers}
        pier = opened.find(f"{HOST}/pier")
        assert pier is not None
        assert b"color: red" not in pier.body()
    assert names == {"Content-Type", "Content-Length", "Location"}


def test_a_recording_made_again_says_what_changed(archive: Path, tmp_path: Path) -> None:
    made = record(archive, [f"{HOST}/pier"], tmp_path / "pier").recording
    made.expect({**(made.expected() or {}), "headline": "Pier closes"})
    changed = record(archive, [f"{HOST}/pier"], tmp_path / "pier").changed
    assert '-  "headline": "Pier closes",' in changed and '+  "headline": "Pier reopens",' in changed


def test_a_page_is_kept_whole_where_trimming_would_change_its_article() -> None:
    page = b"<h1>Pier</h1><style>p</style><p>Words of the pier.</p>"
    from datetime import UTC, datetime

    at = datetime(2024, 3, 6, tzinfo=UTC)
    assert b"<style></style>" in trim(page, url="https://ledger.example/", at=at)
    data = b'<script>window.story = {"title": "Pier", "text": "' + b"long " * 200 + b'"};</script>'
    assert data in trim(page + data, url="https://ledger.example/", at=at)
    script = b"<script>" + b"run();" * 200 + b"</script>"
    assert b"run()" not in trim(page + script, url="https://ledger.example/", at=at)


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ("", "needs url"),
        ('url = "https://a.example/"', "needs captured_at"),
        ('url = "https://a.example/"\ncaptured_at = "soon"', "needs captured_at"),
        ("url = ", "can't be read as TOML"),
        ("urls = []\ncaptured_at = 2024-03-06T08:00:00Z", "needs url"),
    ],
)
def test_a_broken_meta_file_is_named_with_its_remedy(meta: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "meta.toml").write_text(meta)
    with pytest.raises(RecordingError, match=message) as raised:
        load(tmp_path)
    assert str(tmp_path / "meta.toml") in str(raised.value)


def test_folders_that_hold_no_recording_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no recording in it"):
        recordings(tmp_path)
    with pytest.raises(RecordingError, match="is no recording"):
        load(tmp_path)


def test_the_verb_records_from_an_archive(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["record", f"{HOST}/pier", str(tmp_path / "pier"), "--from", str(archive)]
    assert main([*words, "--json"]) == exit_codes.OK
    assert json.loads(capsys.readouterr().out)["expected"]["headline"] == "Pier reopens"
    assert main(words) == exit_codes.OK
    assert "read expected.json before you trust it" in capsys.readouterr().out


def test_the_verb_says_what_is_wrong(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for words, code, said in (
        ([f"{HOST}/never", str(tmp_path / "x"), "--from", str(archive)], exit_codes.UNREADABLE, "no capture of"),
        ([f"{HOST}/pier", str(tmp_path), "--from", str(archive)], exit_codes.UNREADABLE, "holds other things"),
        ([f"{HOST}/pier", str(tmp_path / "x"), "--from", "/nowhere"], exit_codes.UNREADABLE, "/nowhere"),
        (["ledger", str(tmp_path / "x"), "--from", str(archive)], exit_codes.USAGE, "not a URL"),
        ([f"{HOST}/pier", str(tmp_path / "x"), "--at", "2024-01-01"], exit_codes.USAGE, "--from"),
    ):
        assert main(["record", *words]) == code
        assert said in capsys.readouterr().err


def test_pages_are_fetched_where_no_archive_is_named(wirecopy: Any, tmp_path: Path) -> None:
    from crawler.demo import SEED
    from crawler.jobs.demo import answer
    from crawler.replay import Authority, ProxyServer

    with ProxyServer(answer, authority=Authority.create()) as server:
        done = wirecopy("record", SEED, tmp_path / "pier", "--proxy", server.url, "--delay", "0")
    assert done.returncode == exit_codes.OK, done.stderr
    assert load(tmp_path / "pier").urls == (SEED,)
    assert "Skerry Sound islanders" in done.stdout


def test_a_new_site_comes_with_recordings_and_tests_that_pass(
    archive: Path, tmp_path: Path, project_tests: Any
) -> None:
    words = ["newsite", "www.ledger.example", f"{HOST}/pier", f"{HOST}/tuba", "--from", str(archive), "--into"]
    assert main([*words, str(tmp_path)]) == exit_codes.OK
    module = (tmp_path / "ledger.py").read_text()
    assert ".//h1[@class='title']" in module and "Seen 2024-03" in module
    done = project_tests(tmp_path)
    assert done.ret == 0, str(done.stdout)
    (tmp_path / "ledger.py").write_text(module.replace("@class='title'", "@class='gone'"))
    project_tests(tmp_path, "-k", "rules", "--tb=no").assert_outcomes(failed=2, deselected=46)


def test_a_page_that_is_no_story_is_told(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["newsite", "www.ledger.example", f"{HOST}/pier", f"{HOST}/", "--from", str(archive)]
    assert main([*words, "--into", str(tmp_path)]) == exit_codes.PARTIAL
    assert capsys.readouterr().err == (
        f"wirecopy newsite: {HOST}/: not_article, no article; record the page of a story\n"
    )


def test_a_site_module_that_is_there_is_not_overwritten(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ledger.py").write_text("mine")
    words = ["newsite", "www.ledger.example", f"{HOST}/pier", "--from", str(archive), "--into", str(tmp_path)]
    assert main(words) == exit_codes.USAGE
    assert "ledger.py" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.py"]
    assert main(["newsite", "ledger", f"{HOST}/pier", "--from", str(archive)]) == exit_codes.USAGE
    assert main(["newsite", "other.example", f"{HOST}/pier", "--from", str(archive)]) == exit_codes.USAGE
