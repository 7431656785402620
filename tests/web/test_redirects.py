"""Archived redirects, and pages that at once give way to others: the bar tells where they lead, the frame shows it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, Recorder
from crawler.model import Exchange, Outcome, Purpose, Role

BASE = "https://moved.example/"
STAMP = "20261122180000"


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 301 Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def page(text: str, kind: str = "text/html") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{text}".encode()


def refresh(to: str) -> str:
    return f"<!doctype html><meta http-equiv=refresh content='{to}'><p>Wait"


ANSWERS = {
    "first": redirect("/second"),
    "second": redirect("https://moved.example/end?a=1&b=2"),
    "end?a=1&b=2": page("<!doctype html><h1>The end"),
    "round": redirect("/about"),
    "about": redirect("/round"),
    "away": redirect("https://elsewhere.example/"),
    "refresh": page(refresh("0; url=/first")),
    "slow": page(refresh("60; url=/first")),
    "lost": page(refresh("0; url=/nowhere")),
    "noscript": page(f"<noscript>{refresh('0; url=/first')}</noscript>"),
    "data.json": page('{"a": 1}', "application/json"),
}


def captured(collection: Path, answers: dict[str, bytes]) -> None:
    with Recorder(collection, software="test") as recorder:
        for name, answer in answers.items():
            recorder.record(
                Exchange(BASE + name, datetime(2026, 11, 22, 18, tzinfo=UTC), io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"),
                         io.BytesIO(answer), Purpose(Role.SEED), Outcome.OK)
            ).result(120)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., Any]) -> Any:
    root = tmp_path_factory.mktemp("moved")
    captured(root / "c", ANSWERS)
    return serving(root)


@pytest.mark.parametrize("name", ["first", "second", "refresh"])
def test_the_bar_tells_where_a_redirect_ends(desk: Any, name: str) -> None:
    bar = desk.text(f"/web/{STAMP}/{BASE}{name}")
    shown = f'href="/web/{STAMP}/{BASE}end?a=1&amp;b=2"'
    assert f'which leads to <a class="url" {shown}>{BASE}end?a=1&amp;b=2</a>, shown here' in bar


def test_it_tells_of_a_circle_and_of_what_is_not_held(desk: Any) -> None:
    assert "which leads round in a circle" in desk.text(f"/web/{STAMP}/{BASE}round")
    assert (
        'which leads to <span class="url">https://elsewhere.example/</span>, not in the archive'
        in desk.text(f"/web/{STAMP}/{BASE}away")
    )  # fmt: skip


def test_a_redirect_to_what_cannot_be_read_is_shown_all_the_same(tmp_path: Path, serving: Callable[..., Any]) -> None:
    captured(tmp_path / "c", {"old": redirect("/torn"), "torn": page("<h1>Torn")})
    with Collection(tmp_path / "c") as collection:
        ref = next(capture.record for capture in collection.captures() if capture.url == f"{BASE}torn")
    with (tmp_path / "c" / "archive" / ref.warc).open("r+b") as warc:
        warc.seek(ref.offset)
        warc.write(bytes(ref.length))
    bar = serving(tmp_path).text(f"/web/{STAMP}/{BASE}old")
    assert f'which leads to <a class="url" href="/web/{STAMP}/{BASE}torn">' in bar


@pytest.mark.parametrize("name", ["end?a=1&b=2", "slow", "noscript", "lost"])
def test_what_stays_leads_nowhere(desk: Any, name: str) -> None:
    assert "which leads" not in desk.text(f"/web/{STAMP}/{BASE}{name}")
    status, _, body = desk.get(f"{desk.origins.replay}/web/{STAMP}mp_/{BASE}{name}")
    assert status == 200
    assert b"http-equiv" not in body  # the sandbox refuses it, and the console tells so


def test_the_frame_goes_on_to_what_a_page_gives_way_to(desk: Any) -> None:
    status, fields, _ = desk.get(f"{desk.origins.replay}/web/{STAMP}mp_/{BASE}refresh")
    assert (status, fields["location"]) == (302, f"{desk.origins.replay}/web/{STAMP}mp_/{BASE}first")


def test_the_browser_shows_the_end_under_the_bar(desk: Any, tab: Any) -> None:
    tab.open(f"{desk.origins.desk}/web/{STAMP}/{BASE}refresh")
    assert tab.value("document.body.innerText", frame=True) == "The end"
    assert tab.errors() == []


def test_an_archived_address_that_ends_in_json_has_a_bar_too(desk: Any) -> None:
    assert "Archived page" in desk.text(f"/web/{STAMP}/{BASE}data.json")
    status, fields, _ = desk.get("/web/2026/https://moved.example/none.json")
    assert (status, fields["content-type"].partition(";")[0]) == (404, "text/html")
