"""Calls that can't be understood: one line that says what is off and where to read how it is called."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from crawler.cli import VERBS, exit_codes, main


def told_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == exit_codes.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.endswith("\n")
    return captured.err


def test_a_call_may_be_any_sequence_of_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("status", "--help")) == exit_codes.OK
    assert capsys.readouterr().out.startswith("usage: wirecopy status")


def test_no_word_at_all_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert told_of([""], capsys) == "wirecopy: '': no such command; `wirecopy --help` lists them\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["extract"], "the following arguments are required: SOURCE"),
        (["import", "a.warc"], "the following arguments are required: -c/--collection"),
        (["export", "c", "-o"], "argument -o/--output: expected one argument"),
        (["extract", "x", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
        (["capture", "https://news.example/", "--retries", "many"], "'many' is not a whole number"),
        (["capture", "https://news.example/", "--delay", "soon"], "'soon' is not a number of seconds"),
        (["proxy", "x", "--port", "http"], "argument --port: 'http' is no port"),
        (["proxy", "x", "--port", "65536"], "argument --port: '65536' is no port"),
        (["serve", "x", "--port", "65534"], "argument --port: '65534' is no port; write a number from 1 to 65533"),
        (["serve", "x", "--rate", "fast"], "argument --rate: 'fast' is no number"),
        (["serve", "x", "--rate", "nan"], "argument --rate: 'nan' is no number"),
        (["viewer"], "the following arguments are required"),
        (["status", "--json", "--prometheus"], "not allowed with argument --json"),
        (["pack", "c", "d"], "unrecognized arguments: d"),
        (["pack", "c", "two\nlines"], "unrecognized arguments: two\\x0alines"),
        (["schedule", "--simulate", "soon"], "argument --simulate: "),
    ],
)
def test_a_wrong_call_is_told_in_a_line_that_names_the_help(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = told_of(words, capsys)
    assert line.startswith(f"wirecopy {words[0]}: ")
    assert said in line
    assert line.endswith(f"; see `wirecopy {words[0]} --help`\n")


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_tells_of_an_option_that_it_has_not(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    needed = {"import": ["-c", "c"], "export": ["-o", "o"], "newsite": ["news.example"], "viewer": []}.get(verb, [])
    line = told_of([verb, *needed, *_positional(verb), "--frobnicate"], capsys)
    assert line.startswith(f"wirecopy {verb}: unrecognized arguments: --frobnicate; see `wirecopy {verb} --help`")


def _positional(verb: str) -> list[str]:
    return {"viewer": ["where"], "compare": ["a", "b"], "push": ["c", "s3://b/c"], "record": ["a", "b"]}.get(
        verb, [] if verb in {"demo", "worker"} else ["x"]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["captrue"], "captrue: no such command; did you mean capture? `wirecopy --help` lists them"),
        (
            ["https://a.example/1"],
            "https://a.example/1: no such command; to capture it: wirecopy capture https://a.example/1",
        ),
        (
            ["https://a.example/?id=1&page=2"],
            "https://a.example/?id=1&page=2: no such command; to capture it: "
            "wirecopy capture 'https://a.example/?id=1&page=2'",
        ),
        (["xyzzy"], "xyzzy: no such command; `wirecopy --help` lists them"),
        (["two\nlines"], "two\\x0alines: no such command"),
        ([], "which command? `wirecopy --help` lists them"),
        (["--json", "extract", "x"], "--json: options stand behind the command; see `wirecopy extract --help`"),
        (["--jsn"], "--jsn: no such option; see `wirecopy --help`"),
    ],
)
def test_a_call_of_no_command_is_told_what_there_is(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = told_of(words, capsys)
    assert line.startswith(f"wirecopy: {said}")


def test_a_misspelt_option_is_told_with_what_it_is_like(capsys: pytest.CaptureFixture[str]) -> None:
    assert "unrecognized arguments: --jsno; did you mean --json? see `wirecopy" in told_of(
        ["pack", "c", "--jsno"], capsys
    )


def test_help_and_version_are_no_wrong_calls(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["extract", "--help"], ["--version"]):
        assert main(words) == exit_codes.OK
        captured = capsys.readouterr()
        assert captured.err == ""
        assert "wirecopy" in captured.out


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_shown_in_a_locale_of_few_signs_and_on_a_narrow_terminal(
    verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding="ascii"))
    monkeypatch.setenv("COLUMNS", "20")
    assert main([*filter(None, [verb]), "--help"]) == exit_codes.OK
    assert shown.getvalue().startswith(b"usage: wirecopy")


def test_help_that_nobody_reads_is_no_error(tmp_path: Path) -> None:
    call = f"{{ {sys.executable} -m crawler.cli --help; echo $? >&2; }} | sleep 0"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["bash", "-c", call], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stderr == "0\n"


def test_help_that_a_full_disk_takes_not_is_told(tmp_path: Path) -> None:
    for unbuffered in ("", "1"):
        environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": unbuffered}
        with open("/dev/full", "wb") as full:
            call = [sys.executable, "-m", "crawler.cli", "--help"]
            done = subprocess.run(call, cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == exit_codes.STORAGE
        assert done.stderr == "wirecopy: No space left on device: free some space, or write elsewhere\n"
