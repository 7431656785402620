"""The plugin in the hands of others: a project of Scrapy's own making records, replays and tests in ten lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.testing.record import record

HOST = "https://www.ledger.example"
SPIDER = """
import scrapy
from datetime import date


class LedgerSpider(scrapy.Spider):
    name = "ledger"
    start_urls = ["https://www.ledger.example/"]

    def parse(self, response):
        yield from response.follow_all(css="a.story", callback=self.parse_story)

    def parse_story(self, response):
        yield {"title": response.css("h1::text").get(), "url": response.url, "read_on": date.today()}
"""
TEST = """
import pytest
from daily.spiders.ledger import LedgerSpider

@pytest.mark.recorded("front")
def test_a_story_has(web, expected):
    expected.check(web.crawl(LedgerSpider).items[0])
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `scrapy startproject` makes."""
    folder = tmp_path_factory.mktemp("daily")
    subprocess.run(
        [sys.executable, "-m", "scrapy", "startproject", "daily", "."],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


@pytest.fixture
def recorded(started: Path, archive: Path, tmp_path: Path) -> Path:
    """The same with a spider, a test and what `wirecopy record` makes."""
    shutil.copytree(started, tmp_path, dirs_exist_ok=True)
    (tmp_path / "daily" / "spiders" / "ledger.py").write_text(SPIDER)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_ledger.py").write_text(TEST)
    urls = [f"{HOST}/", f"{HOST}/pier", f"{HOST}/old-tuba"]
    record(archive, urls, tmp_path / "tests" / "recorded" / "front")
    return tmp_path


@pytest.fixture
def project(recorded: Path) -> Path:
    """The same where nothing is expected yet."""
    (recorded / "tests" / "recorded" / "front" / "expected.json").unlink()
    return recorded


def test_what_a_spider_yields_takes_the_place_of_the_article_that_record_read(
    recorded: Path, project_tests: Any
) -> None:
    assert project_tests(recorded, "--update-recorded").ret == 0
    expected = json.loads((recorded / "tests" / "recorded" / "front" / "expected.json").read_text())
    assert expected == {"title": "Pier reopens", "url": f"{HOST}/pier", "read_on": "2024-03-06"}


def test_fields_chosen_by_hand_stay_chosen(recorded: Path, project_tests: Any) -> None:
    file = recorded / "tests" / "recorded" / "front" / "expected.json"
    file.write_text('{"title": "?"}')
    assert project_tests(recorded, "--update-recorded").ret == 0
    assert json.loads(file.read_text()) == {"title": "Pier reopens"}


@pytest.mark.slow
def test_a_foreign_project_records_and_replays(project: Path, project_tests: Any) -> None:
    assert len([line for line in TEST.splitlines() if line.strip()]) <= 10
    fresh = project_tests(project)
    assert fresh.ret == 1 and "run pytest --update-recorded" in str(fresh.stdout)

    updated = project_tests(project, "--update-recorded")
    assert updated.ret == 0 and '+  "title": "Pier reopens"' in str(updated.stdout), str(updated.stdout)

    done = project_tests(project, "-v", apart=True)
    assert done.ret == 0, str(done.stdout)
    for field in ("title", "url", "read_on"):
        assert f"test_a_story_has[front-{field}] PASSED" in str(done.stdout)
    assert '"read_on": "2024-03-06"' in (project / "tests" / "recorded" / "front" / "expected.json").read_text()

    spider = project / "daily" / "spiders" / "ledger.py"
    spider.write_text(SPIDER.replace("h1::text", "title::text"))
    broken = project_tests(project)
    broken.assert_outcomes(failed=1, passed=2)
    assert "front: title is not as expected" in str(broken.stdout)
    assert '+  "title": "Pier reopens | Ledger"' in str(broken.stdout)
    assert "expected.py" not in str(broken.stdout)


def test_what_was_not_recorded_fails_the_test(project: Path, project_tests: Any) -> None:
    spider = project / "daily" / "spiders" / "ledger.py"
    spider.write_text(SPIDER.replace('a.story"', 'a.story, a"').replace('/"]', '/", "https://www.ledger.example/new"]'))
    done = project_tests(project)
    assert done.ret == 1
    assert "LedgerSpider asked for what front does not hold:" in str(done.stdout)
    assert "  https://www.ledger.example/new" in str(done.stdout)


def test_a_callback_that_raises_fails_the_test(project: Path, project_tests: Any) -> None:
    spider = project / "daily" / "spiders" / "ledger.py"
    spider.write_text(SPIDER.replace('"url": response.url', '"url": response.nothing'))
    done = project_tests(project)
    assert done.ret == 1
    assert "has no attribute 'nothing'" in str(done.stdout)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("def test_it(web):\n    pass", "which recording? Mark the test"),
        ("import pytest\n@pytest.mark.recorded('nowhere')\ndef test_it(web):\n    pass", "no such recording"),
        ("import pytest\n@pytest.mark.recorded(folder='nowhere')\ndef test_it(web):\n    pass", "no recording in it"),
        ("import pytest\n@pytest.mark.recorded('bad')\ndef test_it(web):\n    pass", "needs url"),
    ],
)
def test_what_is_wrong_with_a_test_is_said(test: str, said: str, tmp_path: Path, project_tests: Any) -> None:
    (tmp_path / "tests" / "recorded" / "bad").mkdir(parents=True)
    (tmp_path / "tests" / "recorded" / "bad" / "meta.toml").write_text("")
    (tmp_path / "tests" / "test_it.py").write_text(test)
    done = project_tests(tmp_path)
    assert done.ret != 0
    assert said in str(done.stdout) + str(done.stderr)


def test_the_plugin_is_harmless_and_light_where_nobody_asks_for_it(tmp_path: Path, project_tests: Any) -> None:
    (tmp_path / "test_other.py").write_text(
        "import sys\nimport pytest\n"
        "@pytest.fixture\ndef web():\n    return 'mine'\n"
        "@pytest.mark.parametrize('expected', [1])\n"
        "def test_it(web, expected):\n"
        "    assert (web, expected) == ('mine', 1)\n"
        "    heavy = {'scrapy', 'twisted', 'lxml', 'freezegun', 'warcio', 'crawler.extract'}\n"
        "    assert not heavy & set(sys.modules)\n"
    )
    done = project_tests(tmp_path, "--strict-markers", "-p", "no:hypothesispytest", "-W", "error", apart=True)
    assert done.ret == 0, str(done.stdout)
