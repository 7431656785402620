"""Wrong calls and unreadable input: one clear line, and an exit code that says what kind of trouble it was."""

from __future__ import annotations

import pytest

from crawler.cli import exit_codes, main


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("news.example/story", "try https://news.example/story"),
        ("ftp://news.example/story", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https://", "https://HOST/PATH"),
        ("https://news.example/a b", "without spaces"),
        ("https://[::1/story", "not a URL"),
        ("https://news.example:port/", "not a URL"),
    ],
)
def test_a_malformed_url_is_refused_with_what_to_write_instead(
    url: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["capture", url]) == exit_codes.USAGE
    line = one_line(capsys)
    assert url in line
    assert remedy in line


def test_a_malformed_copy_is_refused_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture", "https://news.example/", "--copy", "nowhere"]) == exit_codes.USAGE
    assert "nowhere" in one_line(capsys)


def test_a_capture_without_a_url_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture"]) == exit_codes.USAGE
    assert "no URL" in one_line(capsys)


def test_a_missing_source_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "nowhere.warc.gz"]) == exit_codes.UNREADABLE
    assert "nowhere.warc.gz" in one_line(capsys)


def test_a_folder_without_anything_to_extract_is_named(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path)]) == exit_codes.UNREADABLE
    assert "no collection" in one_line(capsys)


def test_one_bad_source_does_not_stop_the_others(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><head><title>A title</title></head><body><p>A text.</p></body></html>")
    assert main(["extract", "nowhere.wacz", str(page)]) == exit_codes.PARTIAL
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    assert "nowhere.wacz" in captured.err


def test_a_proxy_that_is_no_proxy_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture", "https://news.example/", "--proxy", "socks://x"]) == exit_codes.USAGE
    assert "http://HOST:PORT" in one_line(capsys)


def test_an_unknown_verb_is_refused_by_argparse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["captrue"])
    assert stopped.value.code == exit_codes.USAGE
    assert "captrue" in capsys.readouterr().err
