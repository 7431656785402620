"""A leading tilde is the user's home, whoever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli.places import destination, folder, input_file, output, path, place
from crawler.jobs.watchlist.reading import parse_watchlist
from crawler.model.home import from_home


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("~/news", "/home/ada/news"),
        ("~", "/home/ada"),
        ("news/~", "news/~"),
        ("~news", "~news"),
        ("/a/b", "/a/b"),
        (".", "."),
    ],
)
def test_a_leading_tilde_is_the_users_home(words: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert str(from_home(Path(words))) == said


def test_arguments_and_watchlists_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    for kind in (destination, folder, input_file, output, path, place):
        assert kind("~/news") == Path("/home/ada/news")
    text = 'archives = "~/news"\nlog = "~/log.jsonl"\nmetrics = "m.prom"\n[[story]]\nurl = "https://a.example/1"\n'
    watchlist = parse_watchlist(text, Path("/somewhere/list.toml"))
    assert watchlist.archives == Path("/home/ada/news")
    assert watchlist.log == Path("/home/ada/log.jsonl")
    assert watchlist.metrics == Path("/somewhere/m.prom")
