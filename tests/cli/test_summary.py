"""What ``wirecopy capture`` prints at its end: who was first, how many of the pages named came, and what failed."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes
from crawler.cli.summary import next_steps
from tests.site import Answer, serving

SENTENCES = "".join(
    f"<p>The harbour board of Kelm voted by {number} to {12 - number} on berth {number} for the old ferry.</p>"
    for number in range(1, 10)
)
SHEETS = "".join(f'<link rel="stylesheet" href="/styles/{number}.css">' for number in range(25))


def story(published: str) -> bytes:
    return (
        f'<!doctype html><html lang=en><head><title>Ferry returns</title><meta property="article:published_time" '
        f'content="{published}">{SHEETS}</head><body><article><h1>Ferry returns</h1>{SENTENCES}</article></body>'
    ).encode()


PAGES = {
    "/late": story("2021-05-04T10:00:00Z"),
    "/early": story("2021-05-01T10:00:00Z"),
    "/other": b"<title>Quay</title><p>To be let.",
}


def answer(asked: BaseHTTPRequestHandler) -> Answer:
    return Answer(PAGES[asked.path]) if asked.path in PAGES else Answer(status=404)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def captured(wirecopy: Any, tmp_path: Path, site: str) -> Any:
    (tmp_path / "urls.txt").write_text(f"{site}/late {site}/early\n{site}/other\n{site}/gone\n", "utf-8")
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0", "--retries", "0")
    return wirecopy("capture", "--urls", tmp_path / "urls.txt", "-c", tmp_path / "c", *network)


def test_it_says_who_was_first_how_much_came_and_what_failed(captured: Any, site: str) -> None:
    assert captured.returncode == exit_codes.PARTIAL, captured.stderr
    lines = captured.stdout.splitlines()
    assert [line for line in lines if line[:1].isalpha()] == [
        f"Original  {site}/early",
        f"Page      {site}/late",
        f"Page      {site}/other",
        "Failed    26; what an answer said is archived as evidence",
        "Named     3 of 4 pages you named came",
        *(line for line in lines if line.startswith(("Captured", "Kept in"))),
    ]
    assert any("the original came first" in line for line in lines)
    assert "3 pages of 3 stories" in captured.stdout


def test_of_failures_pages_that_were_named_stand_first_and_requisites_are_counted(captured: Any, site: str) -> None:
    lines = captured.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("Failed"))
    assert lines[at + 1 : at + 5] == [
        f"          seed {site}/gone",
        "            gone: status 404",
        "          25 requisites of 127.0.0.1",
        "            gone: status 404",
    ]


def test_of_many_pages_it_is_said_what_takes_long_once_all_came(wirecopy: Any, tmp_path: Path, site: str) -> None:
    (tmp_path / "urls.txt").write_text("".join(f"{site}/gone/{number}\n" for number in range(20)), "utf-8")
    network = ("--allow-address", "127.0.0.0/8", "--delay", "0", "--retries", "0")
    done = wirecopy("capture", "--urls", tmp_path / "urls.txt", "-c", tmp_path / "c", *network)
    assert done.stderr.splitlines()[-2:] == ["makes the tables of 20 pages", "compares the pages of each story"]


def test_what_is_proposed_next_can_be_typed_as_it_stands() -> None:
    assert next_steps(Path("archives/a story")).splitlines() == [
        "See it    wirecopy serve 'archives/a story'",
        "Send it   wirecopy pack 'archives/a story'",
    ]
