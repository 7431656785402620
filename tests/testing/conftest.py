"""A small site served to Scrapy, and pytest runs of other people's projects."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

import crawler.testing.web  # noqa: F401 - before a run in this process would import it and let it go again
from crawler.testing.tape import Answer, write

AT = datetime(2024, 3, 6, 8, tzinfo=UTC)
HOST = "https://www.ledger.example"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
LIST = "<!DOCTYPE html><title>Ledger</title><a class=story href=/pier>Pier</a><a class=story href=/old-tuba>Tuba</a>"
STORY = (
    "<!DOCTYPE html><html><head><title>{title} | Ledger</title><style>h1 {{ color: red }}</style></head><body>"
    "<h1 class=title>{title}</h1><p class=author>By Dana Whitlock</p><time>2 days ago</time>"
    + "<p>The harbour board voted on Monday to reopen the pier, which had been closed for nine winters.</p>" * 6
    + "</body></html>"
)
INSTALLED = any(point.name == "wirecopy" for point in entry_points(group="pytest11"))
"""Whether pytest finds the plugin by itself; in a source tree that is not installed it must be named."""


def answer(path: str, body: str = "", status: int = 200, headers: tuple[tuple[str, str], ...] = HTML) -> Answer:
    return Answer(HOST + path, AT, status, headers, body.encode())


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the site's front page, two stories and a redirect were."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.warc.gz"
    moved = answer("/old-tuba", status=301, headers=(("Location", "/tuba"), ("Set-Cookie", "id=1")))
    stories = [
        answer(f"/{name}", STORY.format(title=title))
        for name, title in (("pier", "Pier reopens"), ("tuba", "Tuba wanted"))
    ]
    write(path, [answer("/", LIST), *stories, moved], whole=True)
    return path


@pytest.fixture
def project_tests(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run pytest in a folder: in this process, or ``apart`` in one of its own."""
    named = () if INSTALLED else ("-p", "crawler.testing.plugin")

    def run(folder: Path, *words: str, apart: bool = False) -> Any:
        monkeypatch.syspath_prepend(folder)
        monkeypatch.chdir(folder)
        every = ("-p", "no:cacheprovider", *named, f"--rootdir={folder}", *words, str(folder))
        if not apart:
            return pytester.runpytest_inprocess(*every)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        return pytester.runpytest_subprocess(*every)

    return run
