"""What is found by words, addresses and hosts, in any script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.web.catalogue import Catalogue
from crawler.web.search import Search, articles, stories

PAGES = {
    "https://www.harbour.example/news/1?b=2&a=1": "The bridge stays shut until summer, version 3.5 of the plan says",
    "https://live.harbour.example/": "Ferries are late",
    "https://zeitung.example/%C3%BCber": "Die Brücke bleibt gesperrt",
    "https://shimbun.example/1": "市政府周二宣布重型卡车不得通过旧桥",
    "https://ilbo.example/1": "서울에서 다리가 닫혔다",
    "https://khao.example/1": "กรุงเทพมหานครปิดสะพานเก่า",
    "https://sahifa.example/1": "الجسر القديم مغلق",
    "https://timber.example/1": "Trains run late on 24.12/26.12",
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    folder = tmp_path_factory.mktemp("collection")
    tables = folder / "tables"
    tables.mkdir()
    rows = [
        {"url": url, "record": {"id": f"urn:x:{number}"}, "headline": text, "text": text, "outcome": "article"}
        for number, (url, text) in enumerate(PAGES.items())
    ]
    (tables / "articles.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    story = {"articles": 2, "sites": 2, "first_published_earliest": None, "original_publisher": None}
    told = [
        {**story, "story_id": "known", "headline": "one", "original_url": "https://www.harbour.example/news/1"},
        {**story, "story_id": "open", "headline": "two", "original_url": None},
    ]
    (tables / "stories.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in told))
    found = Catalogue(tmp_path_factory.mktemp("index") / "desk.sqlite", lambda: {"one": folder})
    assert found.problems == {}
    yield found
    found.close()


def found(catalogue: Catalogue, words: str) -> list[str]:
    return [row["url"] for row in articles(catalogue, Search.read({"q": words}))["articles"]]


@pytest.mark.parametrize(
    "written",
    ["https://www.harbour.example/news/1?b=2&a=1", "http://harbour.example/news/1?a=1&b=2#top",
     "harbour.example/news/1?b=2&a=1", "HTTPS://WWW.harbour.example:443/news/1?b=2&a=1",
     "https%3A%2F%2Fwww.harbour.example%2Fnews%2F1%3Fb%3D2%26a%3D1", " www.harbour.example/news/1?b=2&a=1 "],
)  # fmt: skip
def test_an_address_is_found_however_it_is_written(catalogue: Catalogue, written: str) -> None:
    assert found(catalogue, written) == ["https://www.harbour.example/news/1?b=2&a=1"]


def test_letters_of_an_address_may_stand_as_people_see_them(catalogue: Catalogue) -> None:
    assert found(catalogue, "zeitung.example/über") == ["https://zeitung.example/%C3%BCber"]


@pytest.mark.parametrize("written", ["harbour.example", "www.Harbour.example", "https://harbour.example/"])
def test_a_host_finds_its_pages(catalogue: Catalogue, written: str) -> None:
    assert "https://www.harbour.example/news/1?b=2&a=1" in found(catalogue, written)


def test_a_host_finds_those_of_its_subdomains_too_and_no_others(catalogue: Catalogue) -> None:
    assert len(found(catalogue, "harbour.example")) == 2
    assert found(catalogue, "live.harbour.example") == ["https://live.harbour.example/"]
    assert found(catalogue, "bour.example") == []


@pytest.mark.parametrize(
    ("written", "url"),
    [("3.5", "https://www.harbour.example/news/1?b=2&a=1"), ("24.12/26.12", "https://timber.example/1")],
)
def test_a_word_with_a_dot_that_is_no_address_held_is_a_word(catalogue: Catalogue, written: str, url: str) -> None:
    assert found(catalogue, written) == [url]


@pytest.mark.parametrize("written", ["https://timber.example/2", "https%3A%2F%2Ftimber.test", "timber.example/2"])
def test_an_address_that_is_not_held_finds_nothing(catalogue: Catalogue, written: str) -> None:
    assert found(catalogue, written) == []


@pytest.mark.parametrize(
    ("words", "site"),
    [("重型卡车", "shimbun"), ("旧桥 市政府", "shimbun"), ("서울", "ilbo"), ("สะพาน", "khao"), ("الجسر", "sahifa"),
     ("brucke", "zeitung")],
)  # fmt: skip
def test_words_are_found_in_scripts_that_set_none_apart(catalogue: Catalogue, words: str, site: str) -> None:
    assert [url.split("/")[2] for url in found(catalogue, words)] == [f"{site}.example"]


def test_a_zero_parts_words(catalogue: Catalogue) -> None:
    assert found(catalogue, "bridge\0summer") == ["https://www.harbour.example/news/1?b=2&a=1"]


def test_letters_that_do_not_follow_each_other_are_no_word(catalogue: Catalogue) -> None:
    assert found(catalogue, "卡重") == []


@pytest.mark.parametrize("written", ["'", "***", "“”", "!?"])
def test_what_holds_no_word_is_told_and_not_looked_for(catalogue: Catalogue, written: str) -> None:
    answer = articles(catalogue, Search.read({"q": written}))
    assert answer["unread"] == [f"words: “{written}” holds no letter and no digit"]


def test_behind_the_last_page_the_last_one_stands(catalogue: Catalogue) -> None:
    answer = articles(catalogue, Search.read({"page": "500"}))
    assert (answer["page"], answer["pages"], len(answer["articles"]), answer["next"]) == (1, 1, len(PAGES), None)


def test_an_original_whose_page_names_no_outlet_is_known_by_its_site(catalogue: Catalogue) -> None:
    outlets: dict[str, Any] = {row["story_id"]: row["outlet"] for row in stories(catalogue, Search())["stories"]}
    assert outlets == {"known": "harbour.example", "open": None}
