"""The desk in headless Chromium: nothing leaves it, every picture is painted, the console is quiet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest

from crawler.demo import ORIGINAL, REWRITE, SEED
from crawler.jobs.demo import answer
from crawler.replay import Authority, ProxyServer

PAINTED = """[...document.images].filter(i => i.getClientRects().length).map(i => ({
  src: i.currentSrc, whole: i.complete && i.naturalWidth > 0, size: i.width * i.height}))"""
TEXT = "document.body.innerText.replace(/\\s+/g, ' ').trim()"

STOPS = """[...document.querySelectorAll('a[href],button,input,select,summary,iframe,[tabindex="0"]')].filter(
  e => e.tagName == 'SUMMARY' || !e.closest('details:not([open])'))"""
WIDTHS = """[...document.querySelectorAll('.scroll')].map(
  box => [box.scrollWidth <= box.clientWidth, getComputedStyle(box).backgroundImage.includes('gradient')])"""
FOCUS = f"[{STOPS}.indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle]"


@pytest.fixture(scope="module")
def desk(demo: Any, serving: Callable[..., Any]) -> Any:
    return serving(demo.collection.parent)


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """The demo's web as it is live, for a browser that uses it as its proxy."""
    with ProxyServer(answer, authority=Authority.create()) as server:
        yield server.url


def check(tab: Any, desk: Any) -> None:
    own = (desk.origins.desk, desk.origins.replay, "data:")
    tab.wait_until(lambda: all(picture["whole"] for picture in tab.value(PAINTED)))
    assert [url for url in tab.requested() if not url.startswith(own)] == []
    assert tab.errors() == []


def places(desk: Any) -> dict[str, str]:
    story = desk.json("/stories.json")["stories"][0]
    path = f"/story/demo/{story['story_id']}"
    copies = desk.json(f"{path}.json")["copies"]
    rewrite = next(copy for copy in copies if copy["coverage_of_copy"] and copy["coverage_of_copy"] < 1)
    series = next(row["series"] for row in desk.json("/counts.json")["series"] if row["name"] == "followers")
    key = copies[0]["record_id"].removeprefix("urn:uuid:")
    return {
        "start": "/", "stories": "/stories", "articles": "/articles", "story": path, "compare": rewrite["compare"],
        "article": f"/article/demo/{key}", "record": f"/record/demo/{key}", "history": f"/history?url={quote(SEED)}",
        "counts": "/counts", "series": f"/counts/series?name={quote(series, safe='')}", "outlets": "/outlets",
        "runs": "/runs",
    }  # fmt: skip


def test_every_page_is_whole(desk: Any, tab: Any) -> None:
    for name, path in places(desk).items():
        tab.open(desk.origins.desk + path, settle=0.1)
        check(tab, desk)
        tab.picture(name)


@pytest.mark.slow
def test_pages_are_readable_on_a_phone_in_the_dark_and_on_paper(desk: Any, tab: Any) -> None:
    found = places(desk)
    tab.call("Emulation.setDeviceMetricsOverride", width=375, height=740, deviceScaleFactor=1, mobile=True)
    copies = desk.json(f"{found['story']}.json")["copies"]
    beside = {f"compare-{number}": copy["compare"] for number, copy in enumerate(copies) if copy["compare"]}
    for name, path in (found | beside).items():
        tab.open(desk.origins.desk + path, settle=0.05)
        assert tab.value("document.documentElement.scrollWidth") <= 375, name
        if name == "story":  # three columns have room; what has more shows that it goes on
            assert tab.value(f"{WIDTHS}.at(-1)") == [True, True]
        elif name == "articles":
            assert tab.value(f"{WIDTHS}[0]") == [False, True]
        tab.picture(f"phone-{name}")
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    tab.open(desk.origins.desk + found["compare"], settle=0.05)
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
    tab.picture("dark-compare")
    tab.call("Emulation.setEmulatedMedia", media="print", features=[])
    assert tab.value("getComputedStyle(document.querySelector('.top')).display") == "none"
    assert tab.value("getComputedStyle(document.querySelector('.pair')).gridTemplateColumns.split(' ').length") == 3
    tab.open(desk.origins.desk + found["story"], settle=0.05)
    assert tab.value("[...document.querySelectorAll('details:not([open]) ul')].map(e => e.checkVisibility())") == [
        True for copy in copies if copy["coverage_of_copy"] is not None
    ]


@pytest.mark.parametrize("kind", ["stories", "story", "compare", "article", "archived"])
def test_the_keyboard_reaches_all_there_is_and_shows_where_it_is(desk: Any, tab: Any, kind: str) -> None:
    tab.open(desk.origins.desk + (places(desk) | {"archived": f"/web/2026/{SEED}"})[kind])
    wanted, reached = tab.value(f"{STOPS}.length"), 0
    while reached < wanted:
        tab.press("Tab")
        at, outline = tab.value(FOCUS)
        assert at in (reached, reached - 1), "out of order, or one was left out"  # but a date has several stops
        shown_within = at == reached - 1 or tab.value("document.activeElement.tagName") == "IFRAME"
        assert outline == "solid" or shown_within
        reached = max(reached, at + 1)


def test_changes_are_stepped_through_with_the_keyboard(desk: Any, tab: Any) -> None:
    tab.open(desk.origins.desk + places(desk)["compare"])
    stepped = []
    for key in "jjk":
        tab.press(key)
        stepped.append(tab.value("document.activeElement.id"))
    assert stepped[0].startswith("link-")
    assert stepped[1] != stepped[0] == stepped[2]


@pytest.mark.parametrize("place", ["h1", "article p", ".side", ".list h2 a", "td a"])
def test_what_is_written_from_right_to_left_is_set_so(desk: Any, tab: Any, place: str) -> None:
    found = places(desk)
    shown = {"h1": "article", "article p": "article", ".side": "compare", ".list h2 a": "stories", "td a": "articles"}
    tab.open(desk.origins.desk + found[shown[place]])
    tab.value(f"""(() => {{ const at = document.querySelector({place!r}); at.textContent = "قال رئيس البلدية.";
      window.end = (from, to) => {{ const range = new Range(); range.setStart(at.firstChild, from);
      range.setEnd(at.firstChild, to); return range.getBoundingClientRect().left; }}; }})()""")
    assert tab.value("end(16, 17) < end(0, 1)")  # the full stop is at the left


def test_an_archived_page_is_shown_under_its_bar(desk: Any, tab: Any) -> None:
    tab.open(f"{desk.origins.desk}/web/2026/{SEED}")
    check(tab, desk)
    assert "Archived page, captured" in tab.value(TEXT)
    tab.wait_until(lambda: all(picture["whole"] for picture in tab.value(PAINTED, frame=True)))
    assert len(tab.value(PAINTED, frame=True)) > 8
    tab.picture("replay")


@pytest.mark.parametrize("url", [SEED, ORIGINAL, REWRITE])
def test_what_is_replayed_is_what_was_live(desk: Any, chromium: str, live: str, tab: Any, url: str) -> None:
    from chromium import Tab

    there = Tab(chromium, proxy=live)
    for seen in (there, tab):  # so high that pictures further down are loaded too
        seen.call("Emulation.setDeviceMetricsOverride", width=1200, height=6000, deviceScaleFactor=1, mobile=False)
    there.open(url)
    tab.open(f"{desk.origins.replay}/web/2026mp_/{url}")
    assert [line for line in tab.errors() if "favicon" not in line] == []
    ages = re.compile(r"\d+ \w+ ago")  # the demo's aggregator prints how old its story is
    assert ages.sub("", tab.value(TEXT)) == ages.sub("", there.value(TEXT))
    tab.wait_until(lambda: pictures(tab) == pictures(there))
    for face in ("document.fonts.size", "document.styleSheets.length"):
        assert tab.value(face) == there.value(face)
    there.close()


def pictures(tab: Any) -> set[str]:
    """The pictures that are painted, by the addresses they had when they were archived."""
    shown = {picture["src"] for picture in tab.value(PAINTED) if picture["whole"] and picture["size"] > 1}
    urls = {unquote(re.sub(r"^http://127\.0\.0\.1:\d+/web/\d+\w\w_/", "", url)) for url in shown}
    return {re.sub(r"\?w=\d+$", "", url) for url in urls}  # any width the archive holds shows the picture
