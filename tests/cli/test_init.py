"""``wirecopy init``: a watchlist from four answers, which `wirecopy run` then takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.cli import exit_codes, main
from crawler.jobs.watchlist import Watchlist, read_watchlist

ANSWERS = {
    "contact": "desk@paper.example",
    "story": "https://news.example/1#top",
    "source": "https://news.example/feed.xml",
    "archives": "kept",
}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WIRECOPY_CONTACT", raising=False)


def said(**answers: str) -> list[str]:
    return ["init", *(word for name, answer in answers.items() for word in (f"--{name}", answer))]


def test_four_answers_make_a_watchlist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(said(**ANSWERS)) == exit_codes.OK
    assert capsys.readouterr().out == "watchlist.toml: written; now: wirecopy run watchlist.toml\n"
    watchlist = read_watchlist(Path("watchlist.toml"))
    assert watchlist.contact == ANSWERS["contact"]
    assert [entry.url for entry in (*watchlist.story, *watchlist.source)] == [
        "https://news.example/1", "https://news.example/feed.xml",
    ]  # fmt: skip
    assert watchlist.archives == Path.cwd() / "kept"
    assert main(["run", "--check"]) == exit_codes.OK


def test_stories_and_sources_may_be_several() -> None:
    sources = [f"https://paper-{number}.example/feed.xml" for number in range(30)]
    words = [word for url in sources for word in ("--source", url)]
    assert (
        main([*said(contact="desk@paper.example"), "--story", "https://a.example/1 https://a.example/2", *words]) == 0
    )
    watchlist = read_watchlist(Path("watchlist.toml"))
    assert [entry.url for entry in watchlist.source] == sources
    assert [entry.url for entry in watchlist.story] == ["https://a.example/1", "https://a.example/2"]


def test_the_questions_are_asked_where_someone_can_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(["", "https://paper.example/contact", "https://news.example/1", "", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or next(answers))
    assert main(["init"]) == exit_codes.USAGE
    answers = iter(["https://paper.example/contact", "https://news.example/1", "", ""])
    assert main(["init"]) == exit_codes.OK
    assert len(asked) == 8
    assert read_watchlist(Path("watchlist.toml")).contact == "https://paper.example/contact"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"contact": "nonsense"}, "--contact: 'nonsense' is no contact; write an e-mail or web address"),
        ({"contact": "a@b"}, "is no contact"),
        ({"contact": "a@b.example\r\nX: y"}, "is no contact"),
        ({"contact": "https://[1/"}, "is no contact"),
        ({"contact": ""}, "nobody to reach"),
        ({"story": "news.example/1"}, "--story: 'news.example/1' is no web address"),
        ({"source": "https://u:p@news.example/"}, "--source: a web address with a password"),
        ({"archives": "s3://"}, "--archives: 's3://' names no bucket"),
    ],
)
def test_an_answer_that_is_none_is_told_and_no_file_left(
    answers: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(said(**{**ANSWERS, **answers})) == exit_codes.USAGE
    error = capsys.readouterr().err
    assert told in error
    assert len(error.splitlines()) == 1
    assert not Path("watchlist.toml").exists()


def test_a_contact_of_the_environment_is_checked_wherever_it_is_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WIRECOPY_CONTACT", "nonsense")
    Path("list.toml").write_text('[[story]]\nurl = "https://news.example/"\n')
    Path("page.har").write_text('{"log": {"entries": []}}')
    for words in (["run", "list.toml"], ["import", "page.har", "-c", "c"], ["capture", "https://news.example/"]):
        assert main(words) == exit_codes.USAGE
        assert "'nonsense' is no contact; write" in (told := capsys.readouterr().err)
        assert "$WIRECOPY_CONTACT" in told


def test_the_schema_is_at_hand_where_there_is_no_source_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--schema"]) == exit_codes.OK
    assert json.loads(capsys.readouterr().out) == Watchlist.model_json_schema()
    assert not Path("watchlist.toml").exists()


def test_no_file_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("watchlist.toml").write_text("mine")
    assert main(said(**ANSWERS)) == exit_codes.USAGE
    assert "is there already" in capsys.readouterr().err
    assert Path("watchlist.toml").read_text() == "mine"
