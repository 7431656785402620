"""What the user named: every page of it ends in the report, and a file can name many stories with their copies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main
from tests.site import Answer, serving

STORY = (
    "<!doctype html><html lang=en><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>"
    + "".join(
        f"<p>Sentence {n} of a story about a ferry that came back to its old quay in spring.</p>" for n in range(9)
    )
    + "</article></body></html>"
).encode()
MOVED = {"/old": "/older", "/older": "/story", "/circle": "/circle"}


def answer(asked: BaseHTTPRequestHandler) -> Answer:
    if there := MOVED.get(asked.path):
        return Answer(status=301, headers={"Location": there})
    return Answer(STORY) if asked.path in ("/story", "/copy") else Answer(status=404)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def capture(wirecopy: Any, tmp_path: Path) -> Any:
    def run(*words: str | Path) -> Any:
        network = ("--allow-address", "127.0.0.0/8", "--delay", "0", "--retries", "0")
        return wirecopy("capture", *words, "-c", tmp_path / "c", *network, "--json")

    return run


def test_a_named_page_that_redirects_to_another_named_one_ends_in_the_report(capture: Any, site: str) -> None:
    done = capture(site + "/story", site + "/old")
    assert done.returncode == exit_codes.OK
    pages = {page["requested"]: page["article"]["url"] for page in json.loads(done.stdout)["pages"]}
    assert pages == {site + "/story": site + "/story", site + "/old": site + "/story"}


def test_a_redirect_in_a_circle_is_a_failure_with_its_reason(capture: Any, site: str) -> None:
    done = capture(site + "/circle")
    assert done.returncode == exit_codes.NOTHING
    [failure] = json.loads(done.stdout)["failed"]
    assert "redirect" in failure["reason"]


def test_a_fragment_names_no_other_page(capture: Any, site: str) -> None:
    done = capture(site + "/story", "--copy", site + "/story#comments")
    assert done.returncode == exit_codes.OK
    assert len(json.loads(done.stdout)["pages"]) == 1


def test_a_file_names_a_story_a_line_with_its_copies(capture: Any, site: str, tmp_path: Path) -> None:
    (tmp_path / "watch.txt").write_text(f"# ours\n{site}/story {site}/copy\n\n{site}/old\n")
    done = capture("--urls", tmp_path / "watch.txt")
    assert done.returncode == exit_codes.OK
    roles = {page["requested"].removeprefix(site): page["role"] for page in json.loads(done.stdout)["pages"]}
    assert roles == {"/story": "seed", "/copy": "copy", "/old": "seed"}


def test_what_is_wrong_in_such_a_file_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "watch.txt"
    for content, told in (
        (
            b"\xef\xbb\xbf  # ours\r\nhttps://a.example/1\r\na.example/2\r\n",
            f"{file}:3: a.example/2: a URL begins with",
        ),
        (b"https://a.example/caf\xe9\n", f"{file}: is no list of URLs: it is not text in UTF-8"),
        (None, f"{file}: can't be read as a list of URLs (No such file or directory)"),
    ):
        file.unlink(missing_ok=True) if content is None else file.write_bytes(content)
        assert main(["capture", "--urls", str(file)]) == exit_codes.USAGE
        assert capsys.readouterr().err.startswith(f"wirecopy capture: {told}")


@pytest.mark.parametrize("verb", ["capture", "discover"])
def test_a_time_without_an_archive_is_a_wrong_call(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "https://a.example/1", "--at", "2020-01-01"]) == exit_codes.USAGE
    assert "--at chooses among the captures of an archive: name it with --from" in capsys.readouterr().err
