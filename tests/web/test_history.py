"""A page that was captured three times: its calendar, what changed between any two captures, its counts as a plot."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from crawler.archive import Recorder
from crawler.jobs.derive import rebuild
from crawler.model import Exchange, Outcome, Purpose, Role

URL = "https://www.harborherald.example/news/ferry-timetable-2026"
SENTENCES = (
    "The council of Dunmoor will run a second ferry from the first of June, it decided on Tuesday evening.",
    "The boat leaves the northern pier at half past six and carries forty cars and two hundred passengers.",
    "Fares stay as they are until the end of the year, said the harbor master, who had asked for the boat.",
    "Shopkeepers on the island had waited for it since the winter storms, when the old boat lay in the yard.",
    "The mayor thanked the crews, who had sailed on many of their free days, and promised them a rest in autumn.",
)
TIMES = [datetime(2026, 10, day, 9, 30, tzinfo=UTC) for day in (5, 6, 20)]


def page(*sentences: str, age: str, followers: str) -> bytes:
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"""<!doctype html><html lang="en"><head><title>Second ferry for Dunmoor - Harbor Herald</title>
<meta property="og:type" content="article"><meta property="og:title" content="Second ferry for Dunmoor">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Second ferry for Dunmoor",
"datePublished": "2026-10-05T08:00:00Z", "author": {{"@type": "Person", "name": "Orla Vennick"}},
"publisher": {{"@type": "Organization", "name": "Harbor Herald"}}}}</script></head><body><article>
<h1>Second ferry for Dunmoor</h1><p class="byline">By Orla Vennick</p>{text}<p>Updated {age}</p></article>
<aside class="profile"><h3>Harbor Herald</h3><ul><li>{followers} Followers</li></ul></aside></body></html>""".encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., Any]) -> Any:
    root = tmp_path_factory.mktemp("history")
    changed = (*SENTENCES[:1], SENTENCES[1].replace("forty cars", "fifty cars"), *SENTENCES[2:4])
    bodies = (
        page(*SENTENCES, age="3 hours ago", followers="1,200"),
        page(*SENTENCES, age="1 day ago", followers="1,350"),
        page(*changed, age="15 days ago", followers="1.4K+"),
    )
    for at, body in zip(TIMES, bodies, strict=True):
        record(root / "herald", at, body)
    rebuild(root / "herald")
    return serving(root)


def record(folder: Path, at: datetime, body: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    exchange = Exchange(
        url=URL, started_at=at, request=io.BytesIO(b"GET / HTTP/1.1\r\nHost: www.harborherald.example\r\n\r\n"),
        response=io.BytesIO(head.encode() + body), purpose=Purpose(Role.SEED), outcome=Outcome.OK,
    )  # fmt: skip
    recorder = Recorder(folder, software="tests", contact=None)
    recorder.record(exchange).result()
    recorder.close()


def captures(desk: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json(f"/history.json?url={quote(URL)}")["captures"]
    return found


def changes(desk: Any, before: int, after: int, more: str = "") -> tuple[dict[str, Any], str]:
    named = [f"herald/{captures(desk)[number]['record_id'].removeprefix('urn:uuid:')}" for number in (before, after)]
    query = f"before={named[0]}&after={named[1]}{more}"
    return desk.json(f"/changes.json?{query}"), desk.text(f"/changes?{query}")


def test_captures_stand_in_a_calendar_with_what_each_changed(desk: Any) -> None:
    found = captures(desk)
    assert [capture["captured_at"][:10] for capture in found] == ["2026-10-05", "2026-10-06", "2026-10-20"]
    assert found[0]["change"] == "first"
    assert found[1]["change"] in ("same", "boring")
    assert found[2]["change"] == "edited"
    text = desk.text(f"/history?url={quote(URL)}")
    assert "October 2026" in text
    assert 'class="edited"' in text
    assert text.count("<option") == 6


def test_any_two_captures_are_compared(desk: Any) -> None:
    data, text = changes(desk, 0, 2)
    assert {edit["kind"] for edit in data["edits"]} == {"changed", "removed"}
    assert any("forty → fifty" in change or "40 → 50" in change for edit in data["edits"] for change in edit["changed"])
    assert "<del>" in text
    assert "<ins>" in text
    assert [edit["kind"] for edit in changes(desk, 2, 0)[0]["edits"] if edit["kind"] == "added"] == ["added"]


def test_changes_without_meaning_are_shown_only_where_asked_for(desk: Any) -> None:
    data, text = changes(desk, 0, 1)
    assert data["edits"] == []
    assert "Not one sentence differs" in text
    assert len(changes(desk, 0, 1, "&all=1")[0]["edits"]) == data["left_out"]


def test_the_bar_of_an_archived_page_leads_to_its_neighbours(desk: Any) -> None:
    text = desk.text(f"/web/20261006093000/{URL}")
    assert f'href="/web/20261005093000/{URL}" rel="prev"' in text
    assert f'href="/web/20261020093000/{URL}" rel="next"' in text
    status, fields, _ = desk.get(f"{desk.origins.replay}/web/2026/{URL}")
    assert (status, fields["location"]) == (302, f"{desk.origins.replay}/web/20261005093000/{URL}")
    gate = desk.get(f"/timegate/{URL}", Accept_Datetime="Thu, 15 Oct 2026 00:00:00 GMT")
    assert gate[1]["location"] == f"{desk.origins.replay}/web/20261020093000mp_/{URL}"


def test_counts_over_time_are_drawn_with_what_rounding_leaves_open(desk: Any, tab: Any) -> None:
    series = next(row for row in desk.json("/counts.json")["series"] if row["name"] == "followers")
    assert (series["points"], series["first"], series["last"]) == (3, "1,200 Followers", "1.4K+ Followers")
    tab.open(f"{desk.origins.desk}/counts/series?name={quote(series['series'], safe='')}")
    assert tab.errors() == []
    assert tab.value("document.querySelectorAll('circle').length") == 3
    heights = tab.value("[...document.querySelectorAll('circle')].map(c => +c.getAttribute('cy'))")
    assert heights == sorted(heights, reverse=True)
    assert tab.value("document.querySelectorAll('.bound').length") >= 1
    tab.picture("series-three")
    tab.open(f"{desk.origins.desk}/history?url={quote(URL, safe='')}")
    tab.picture("history-three")
