"""What stands in a story from elsewhere: charts in frames and films are kept with it, what the frame shows too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes
from tests.site import Answer, serving

SENTENCE = "<p>Sentence {} of a story about a ferry that came back to its old quay in spring.</p>"
STORY = (
    "<!doctype html><html lang=en><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>"
    + "".join(map(SENTENCE.format, range(4)))
    + "<figure><iframe src=/chart title='Ferries a year' width=600 height=400></iframe></figure>"
    + SENTENCE.format(4)
    + "<iframe data-src=/map width=600 height=400></iframe>"
    + SENTENCE.format(5)
    + "<video controls width=640 height=360><source src=/ferry.mp4 type=video/mp4></video>"
    + SENTENCE.format(6)
    + "<iframe src=/newsletter/box width=600 height=200></iframe>"
    + "<blockquote class=twitter-tweet><p>We sail.</p><a href=https://twitter.com/ferry/status/1>1 May</a></blockquote>"
    + "".join(map(SENTENCE.format, range(7, 10)))
    + "</article><aside><iframe src=/aside width=300 height=250></iframe></aside></body></html>"
)
CHART = "<!doctype html><link rel=stylesheet href=/chart.css><svg></svg><iframe src=/inner></iframe>"
PAGES = {
    "/story": ("text/html; charset=utf-8", STORY),
    "/chart": ("text/html; charset=utf-8", CHART),
    "/map": ("text/html; charset=utf-8", "<!doctype html><script src=/map.js></script>"),
    "/chart.css": ("text/css", "svg { background: url(/grain.png) }"),
    "/map.js": ("text/javascript", "1"),
    "/grain.png": ("image/png", "none"),
    "/ferry.mp4": ("video/mp4", "film"),
    "/long": ("text/html; charset=utf-8", STORY.replace("/ferry.mp4", "/long.mp4")),
    "/endless": ("text/html; charset=utf-8", STORY.replace("/ferry.mp4", "/endless.mp4")),
    "/played": ("text/html; charset=utf-8", STORY.replace("<source", "<source src=/ferry.m3u8><source")),
    "/streamed": ("text/html; charset=utf-8", STORY.replace("/ferry.mp4", "/ferry.m3u8").replace("video/mp4", "")),
    "/ferry.m3u8": ("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nlow.m3u8\n"),
    "/long.mp4": ("video/mp4", "film" * (9 << 20)),
}


def answer(asked: BaseHTTPRequestHandler) -> Answer:
    if asked.path == "/endless.mp4":
        with suppress(ConnectionError):
            asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n" + b"film" * (9 << 20))
    if asked.path not in PAGES:
        return Answer(status=404)
    kind, body = PAGES[asked.path]
    return Answer(body.encode(), headers={"Content-Type": kind})


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}"


def captured(wirecopy: Any, site: str, folder: Path, *words: str, page: str = "/story") -> dict[str, str]:
    done = wirecopy(
        "capture",
        f"{site}{page}",
        *words,
        "-c",
        folder / "c",
        "--allow-address",
        "127.0.0.0/8",
        "--delay",
        "0",
        "--json",
    )
    assert done.returncode == exit_codes.OK
    report = json.loads(done.stdout)
    assert not report["failed"]
    return {each["requested"].removeprefix(site): each["because"] for each in report["requisites"]}


def test_frames_and_films_in_the_text_are_kept_and_what_frames_show(wirecopy: Any, site: str, tmp_path: Path) -> None:
    assert captured(wirecopy, site, tmp_path) == {
        "/chart": "embedded in the text",
        "/chart.css": "style",
        "/grain.png": "image",
        "/map": "embedded in the text",
        "/map.js": "script",
        "/ferry.mp4": "embedded in the text",
    }


def test_a_long_film_is_left_and_said_to_be(wirecopy: Any, site: str, tmp_path: Path) -> None:
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0")
    done = wirecopy("capture", f"{site}/long", "-c", tmp_path / "c", *network, "--json")
    assert done.returncode == exit_codes.OK
    assert "WARNING" not in done.stderr
    report = json.loads(done.stdout)
    [left] = report["failed"]
    assert (left["url"], left["outcome"]) == (f"{site}/long.mp4", "too_large")
    assert left["reason"] == "more than 32 MiB: it was left"
    assert sum(file.stat().st_size for file in (tmp_path / "c" / "archive").iterdir()) < 1 << 20


def test_a_long_film_that_does_not_say_so_is_cut_off(wirecopy: Any, site: str, tmp_path: Path) -> None:
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0")
    done = wirecopy("capture", f"{site}/endless", "-c", tmp_path / "c", *network, "--json")
    [cut] = json.loads(done.stdout)["failed"]
    assert (cut["url"], cut["reason"]) == (f"{site}/endless.mp4", "more than 32 MiB: it was cut off there")


def test_of_a_film_in_several_forms_the_file_is_kept(wirecopy: Any, site: str, tmp_path: Path) -> None:
    found = captured(wirecopy, site, tmp_path, page="/played")
    assert ("/ferry.mp4" in found, "/ferry.m3u8" in found) == (True, False)


def test_of_a_film_that_is_a_playlist_alone_it_is_said_that_its_pieces_are_not_kept(
    wirecopy: Any, site: str, tmp_path: Path
) -> None:
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0")
    done = wirecopy("capture", f"{site}/streamed", "-c", tmp_path / "c", *network, "--json")
    assert done.returncode == exit_codes.OK
    [left] = json.loads(done.stdout)["failed"]
    assert (left["url"], left["outcome"]) == (f"{site}/ferry.m3u8", "needs_browser")
    assert left["reason"] == "a playlist: it is kept, the pieces of its film are not, which a player asks for"
    with Collection(tmp_path / "c") as collection:
        playlist = collection.find(f"{site}/ferry.m3u8")
        assert playlist is not None and playlist.body().startswith(b"#EXTM3U")


def test_whoever_wants_no_requisites_is_given_none(wirecopy: Any, site: str, tmp_path: Path) -> None:
    assert captured(wirecopy, site, tmp_path, "--no-requisites") == {}
