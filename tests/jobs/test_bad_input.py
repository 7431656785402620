"""What the world and the user get wrong: one clear line, an exit code, and nothing captured is lost."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes
from tests.site import Answer, serving

PAGES: dict[str, tuple[str, bytes]] = {
    "/story": (
        "text/html; charset=utf-8",
        b"<!doctype html><html lang=en><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>"
        + b"".join(b"<p>Sentence %d of a story about a ferry that came back to its old quay in spring.</p>" % n
                   for n in range(9))
        + b"</article></body></html>",
    ),
    "/empty": ("text/html", b""),
    "/blank": ("text/html", b"  \n "),
    "/paper.pdf": ("application/pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"),
    "/charset": ("text/html; charset=nonsense-8", b"<title>Caf\xe9</title><p>Caf\xe9 con le\xf1a, \x00 a line.</p>"),
    "/noise": ("text/html", bytes(range(256)) * 40),
    "/picture": ("image/jpeg", b"\xff\xd8\xff\xe0" + random.Random(7).randbytes(400_000)),
}  # fmt: skip


def answer(asked: BaseHTTPRequestHandler) -> Answer:
    if asked.path not in PAGES:
        return Answer(kind="text/plain", status=404)
    kind, body = PAGES[asked.path]
    return Answer(body, kind)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def capture(wirecopy: Any, tmp_path: Path) -> Any:
    def run(*words: str, **options: Any) -> Any:
        return wirecopy(
            "capture",
            *words,
            "-c",
            tmp_path / "c",
            "--allow-address",
            "127.0.0.0/8",
            "--delay",
            "0",
            "--retries",
            "0",
            "--json",
            **options,
        )

    return run


def test_odd_pages_are_archived_and_none_stops_the_others(capture: Any, site: str, tmp_path: Path) -> None:
    done = capture(*(site + path for path in PAGES))
    assert done.returncode == exit_codes.PARTIAL, done.stderr
    outcomes = {
        page["requested"].removeprefix(site): page["article"]["outcome"] for page in json.loads(done.stdout)["pages"]
    }
    assert outcomes["/story"] == "article"
    assert outcomes["/empty"] == outcomes["/blank"] == "empty"
    assert outcomes["/paper.pdf"] == "not_html"
    assert outcomes.keys() == PAGES.keys()
    captured = {capture.url.removeprefix(site): capture.body() for capture in Collection(tmp_path / "c").captures()}
    for path, (_, body) in PAGES.items():
        assert captured[path] == body


def test_an_unreachable_host_is_said_to_be_one(capture: Any) -> None:
    done = capture("http://127.0.0.1:9/story")
    assert done.returncode == exit_codes.NOTHING
    [failure] = json.loads(done.stdout)["failed"]
    assert failure["outcome"] == "unreachable"
    assert "refused" in failure["reason"]


def test_a_name_without_an_address_is_said_to_be_one(capture: Any) -> None:
    done = capture("http://no-such-host.invalid/story")
    assert done.returncode == exit_codes.NOTHING
    assert json.loads(done.stdout)["failed"][0]["outcome"] == "unreachable"


def test_a_private_address_is_refused_with_the_remedy(wirecopy: Any, site: str, tmp_path: Path) -> None:
    for verb, *words in (("capture", "-c", tmp_path / "c"), ("discover", "-c", tmp_path / "c"), ("record", tmp_path)):
        done = wirecopy(verb, site + "/story", *words)
        assert done.returncode == exit_codes.USAGE
        assert done.stdout == ""
        assert done.stderr == (
            f"wirecopy {verb}: {site}/story: wirecopy connects to no private address unless told to, and 127.0.0.1 is "
            "one: loopback, this very machine; open it with --allow-address CIDR\n"
        )


def test_a_folder_that_cannot_be_made_is_named(wirecopy: Any, site: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = wirecopy("capture", site + "/story", "-c", tmp_path / "file" / "c", "--allow-address", "127.0.0.1")
    assert done.returncode == exit_codes.STORAGE
    assert str(tmp_path / "file") in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_something_else_is_left_alone(wirecopy: Any, site: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = wirecopy("capture", site + "/story", "-c", tmp_path, "--allow-address", "127.0.0.1")
    assert done.returncode == exit_codes.UNREADABLE
    assert str(tmp_path) in done.stderr.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(("layout", "remedy"), [(0, "wirecopy index"), (99, "upgrade wirecopy")])
def test_a_collection_of_another_layout_is_refused(
    layout: int, remedy: str, capture: Any, wirecopy: Any, site: str, tmp_path: Path
) -> None:
    assert capture(site + "/story").returncode == exit_codes.OK
    package = tmp_path / "c" / "datapackage.json"
    package.write_text(json.dumps({**json.loads(package.read_text()), "wirecopy": {"layout": layout}}))
    again = ["capture", site + "/story", "-c", tmp_path / "c", "--allow-address", "127.0.0.1"]
    for words in (["extract", tmp_path / "c"], again):
        done = wirecopy(*words)
        assert done.returncode == exit_codes.UNREADABLE
        assert f"layout {layout}" in done.stderr.splitlines()[-1]
        assert remedy in done.stderr.splitlines()[-1]


def test_a_full_disk_ends_the_crawl_and_loses_nothing(site: str, tmp_path: Path, capture: Any) -> None:
    assert capture(site + "/story").returncode == exit_codes.OK
    before = [capture.record for capture in Collection(tmp_path / "c").captures()]
    done = capture(site + "/charset", site + "/picture", file_limit=200_000)
    assert done.returncode == exit_codes.STORAGE, done.stderr
    assert "captured so far is kept" in done.stderr
    assert "Traceback" not in done.stderr
    after = [capture.record for capture in Collection(tmp_path / "c").captures()]
    assert [record.id for record in after][: len(before)] == [record.id for record in before]
