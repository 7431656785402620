"""A story that is told over several pages is captured to its end, and no further."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes
from tests.site import Answer, serving

ASKED: Counter[str] = Counter()
LAST = 3


def page(number: int, said: int, link: str) -> str:
    text = "".join(
        f"<p>Sentence {said}.{n} tells of a ferry that came back to its quay in spring.</p>" for n in range(9)
    )
    head = "<!doctype html><html lang=en><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>"
    return f"{head}{text}<nav>Page {number} <a href='{link}'>{number + 1}</a></nav></article></body></html>"


def answer(asked: BaseHTTPRequestHandler) -> Answer:
    ASKED[asked.path] += 1
    path, _, number = asked.path.partition("?page=")
    at = int(number or 1)
    if path == "/ferry":
        return Answer(page(at, at, f"?page={at + 1}" if at < LAST else "/ferry").encode())
    if path == "/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC":  # links spell it out
        return Answer(page(at, 10 + at, f"/паром?page={at + 1}" if at < LAST else "/паром").encode())
    if path == "/comments":  # the pages are of readers' comments, and the story is told on each
        return Answer(page(at, 1, f"?page={at + 1}").encode())
    return Answer(status=404)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}"


def test_each_page_of_a_story_is_an_article_and_says_what_it_is(wirecopy: Any, site: str, tmp_path: Path) -> None:
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0")
    done = wirecopy("capture", f"{site}/ferry", "-c", tmp_path / "c", *network, "--json")
    assert done.returncode == exit_codes.OK
    report = json.loads(done.stdout)
    assert [(each["requested"].removeprefix(site), each["role"], each["because"]) for each in report["pages"]] == [
        ("/ferry", "seed", None), ("/ferry?page=2", "part", "page 2 of the story"),
        ("/ferry?page=3", "part", "page 3 of the story"),
    ]  # fmt: skip
    with Collection(tmp_path / "c") as collection:
        texts = {article.url.removeprefix(site): article.text or "" for article in collection.articles() if article.url}
    assert [texts[path][:12] for path in ("/ferry", "/ferry?page=2", "/ferry?page=3")] == [
        "Sentence 1.0", "Sentence 2.0", "Sentence 3.0",
    ]  # fmt: skip


def test_pages_that_tell_the_same_again_are_followed_no_further(wirecopy: Any, site: str, tmp_path: Path) -> None:
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0")
    assert wirecopy("capture", f"{site}/comments", "-c", tmp_path / "c", *network).returncode == exit_codes.OK
    assert {path for path in ASKED if path.startswith("/comments")} == {"/comments", "/comments?page=2"}


def test_a_story_whose_links_spell_its_address_in_letters_is_captured_to_its_end(
    wirecopy: Any, site: str, tmp_path: Path
) -> None:
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0")
    assert wirecopy("capture", f"{site}/паром", "-c", tmp_path / "c", *network).returncode == exit_codes.OK
    with Collection(tmp_path / "c") as collection:
        texts = sorted((article.text or "")[:13] for article in collection.articles())
    assert texts == ["Sentence 11.0", "Sentence 12.0", "Sentence 13.0"]
