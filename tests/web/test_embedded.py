"""What stands in a story from elsewhere is shown with it: where it is held, its place in the text leads to it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.archive import Recorder
from crawler.jobs.derive import rebuild
from crawler.model import Exchange, Outcome, Purpose, Role

STORY, CHART, FILM = "https://news.example/ferry", "https://charts.example/ferries", "https://news.example/ferry.mp4"
SENTENCES = [f"<p>Sentence {n} of a story about a ferry that came back to its old quay in May.</p>" for n in range(8)]
PAGES = {
    STORY: "<!doctype html><html lang=en><title>Ferry returns</title><article><h1>Ferry returns</h1>"
    + "".join(SENTENCES[:4])
    + f"<iframe data-src={CHART} title='Ferries a year' width=600 height=400></iframe>"
    + "".join(SENTENCES[4:6])
    + f"<video controls src={FILM}></video>"
    + "".join(SENTENCES[6:])
    + "</article></html>",
    CHART: "<!doctype html><h1>Ferries a year</h1>",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., Any]) -> Any:
    root = tmp_path_factory.mktemp("embedded")
    with Recorder(root / "c", software="test") as recorder:
        for url, body in PAGES.items():
            response = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
            purpose = Purpose(Role.SEED if url == STORY else Role.REQUISITE, story=STORY)
            recorder.record(
                Exchange(url, datetime(2026, 11, 22, 18, tzinfo=UTC), io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"),
                         io.BytesIO(response), purpose, Outcome.OK)
            ).result(120)  # fmt: skip
    rebuild(root / "c")
    return serving(root)


def test_what_is_held_is_a_link_into_the_archive_and_what_is_not_its_address(desk: Any) -> None:
    [article] = desk.json("/articles.json")["articles"]
    text = desk.text(f"/article/c/{article['record_id'].removeprefix('urn:uuid:')}")
    assert f'<a href="/web/20261122180000/{CHART}">Ferries a year</a>' in text
    assert f"[Embedded: {FILM}]" in text


def test_a_frame_that_a_script_would_have_filled_shows_what_is_held(desk: Any) -> None:
    _, _, body = desk.get(f"{desk.origins.replay}/web/20261122180000mp_/{STORY}")
    assert f'src="{desk.origins.replay}/web/20261122180000if_/{CHART}"' in body.decode()
