"""What is printed where the terminal, or whoever reads it, takes few signs."""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from crawler.cli import exit_codes, main
from crawler.cli.bar import bar

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Café Düne 😀</title></head><body><article>
<h1>Café Düne 😀 schließt</h1><p>Das Café “Düne” schließt am Montag, sagte die Wirtin, und niemand weiß etwas.</p>
<p>Die Gäste gehen zur anderen Seite der Bucht, sagt der Hafenmeister, und trinken dort.</p></article></body></html>"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("café.html").write_text(PAGE, encoding="utf-8")
    return "café.html"


def printed(words: list[str], encoding: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    out = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(out, encoding=encoding, write_through=True))
    assert main(words) == exit_codes.OK
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("words", [["extract"], ["extract", "--explain", "--json"], ["compare", "café.html", "--json"]])
def test_json_can_be_read_whatever_the_locale(
    words: list[str], encoding: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    json_ = printed([*words, page], encoding, monkeypatch).decode()
    assert "Düne" in json.dumps(json.loads(json_), ensure_ascii=False)
    if words == ["extract"]:
        assert json.loads(json_)["headline"] == "Café Düne 😀 schließt"


@pytest.mark.parametrize(
    ("encoding", "said", "rule"),
    [("ascii", "Das Caf\\u00e9", "-- "), ("latin-1", "Das Café", "-- "), ("utf-8", "Das Café", "── ")],
)
def test_words_and_rules_are_those_that_the_terminal_takes(
    encoding: str, said: str, rule: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = printed(["compare", page, page], encoding, monkeypatch).decode(encoding)
    assert said in shown
    assert f"\n{rule}verbatim" in shown


def test_a_line_beside_a_bar_shows_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    with bar("extract", " articles") as reading:
        reading.tell("https://me:SECRET@news.example/x.wacz is no\x1b[2J archive")
    assert capsys.readouterr().err == "wirecopy extract: https://news.example/x.wacz is no\\x1b[2J archive\n"


@pytest.mark.parametrize("words", [["extract"], ["extract", "--explain"], ["compare", "page.html"]])
def test_what_a_page_says_commands_no_terminal(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = json.dumps("Harbour\x1b[2J Times\x9b2J \u202eback\x07")
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "publisher": {{"name": {name}}}}}</script>'
    Path("page.html").write_text(PAGE.replace("</head>", f"{data}</head>").replace("Montag", "Mon\x9b2Jtag\u202e"))
    ours, theirs = os.openpty()
    seen = bytearray()
    reader = threading.Thread(target=_read_all, args=(ours, seen))
    reader.start()
    with monkeypatch.context() as patch, open(theirs, "w", encoding="utf-8") as terminal:
        patch.setattr(sys, "stdout", terminal)
        assert main([*words, "page.html"]) == exit_codes.OK
    reader.join()
    assert "tag" in seen.decode()
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(seen.decode())


def _read_all(terminal: int, seen: bytearray) -> None:
    with suppress(OSError):  # nobody writes any more
        while piece := os.read(terminal, 1 << 16):
            seen += piece
    os.close(terminal)
