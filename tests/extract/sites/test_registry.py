"""Site modules that an installed package brings, and modules that fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.extract import extract_article
from crawler.extract.sites import SITES, installed_sites, site_for, sites

MODULE = """
from crawler.extract.sites import SiteReading
from crawler.model import Candidate


class Ledger:
    name = "ledger"

    def matches(self, url):
        return "//ledger.example/" in url

    def recognises(self, page):
        return self.matches(page.url)

    def witness(self, page):
        found = page.tree.find(".//b[@id='story-title']")
        if found is None:
            return SiteReading(drift="ledger: no story-title")
        return SiteReading(candidates=(("headline", Candidate(found.text, "dom", "b#story-title", 0.97)),))
"""
URL = "https://ledger.example/pier"
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package with an entry point as pip does: a module and its dist-info in a folder of the path."""

    def put(text: str = MODULE, target: str = "ledger_site:Ledger") -> None:
        (tmp_path / "ledger_site.py").write_text(text)
        info = tmp_path / "ledger_site-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ledger-site\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[wirecopy.sites]\nledger = {target}\n")
        monkeypatch.syspath_prepend(tmp_path)
        installed_sites.cache_clear()

    yield put
    sys.modules.pop("ledger_site", None)
    monkeypatch.undo()
    installed_sites.cache_clear()


def test_an_installed_module_is_asked_first(install: Install) -> None:
    install()
    assert [site.name for site in sites()] == ["ledger", *(site.name for site in SITES)]


def test_an_installed_module_reads_its_pages(install: Install, story: Callable[..., bytes]) -> None:
    install()
    article = extract_article(story(after="<b id=story-title>Nine winters end at the pier</b>"), url=URL)
    assert article.evidence is not None and article.extractor is not None
    assert article.evidence["headline"].candidates
    said = {article.headline, *(each.value for each in article.evidence["headline"].candidates)}
    assert "Nine winters end at the pier" in said
    assert article.extractor.site == "ledger"


def test_its_drift_is_told_and_the_general_result_stands(install: Install, story: Callable[..., bytes]) -> None:
    install()
    article = extract_article(story(), url=URL)
    assert "drift: ledger: no story-title" in article.notes
    assert article.headline == "Lighthouse lamp returns to Grindholm after forty years"


@pytest.mark.parametrize(
    ("text", "target"),
    [(MODULE, "ledger_site:Nothing"), ("class Ledger:\n    name = 'ledger'\n", "ledger_site:Ledger"), ("1/0", "x:y")],
)
def test_a_module_that_cannot_be_used_is_said_and_left_out(
    text: str, target: str, install: Install, caplog: pytest.LogCaptureFixture
) -> None:
    install(text, target)
    assert sites() == SITES
    assert "ledger" in caplog.text and "can't be used" in caplog.text


def test_a_module_that_fails_on_a_page_leaves_the_general_result(
    install: Install, story: Callable[..., bytes], caplog: pytest.LogCaptureFixture
) -> None:
    install(MODULE.replace("found = page", "found = {}['x'] or page"))
    article = extract_article(story(), url=URL)
    assert "drift: ledger: its rules failed with KeyError" in article.notes
    assert article.headline == "Lighthouse lamp returns to Grindholm after forty years"
    assert URL in caplog.text


def test_a_module_that_fails_to_say_whose_page_it_is_is_passed_over(
    install: Install, caplog: pytest.LogCaptureFixture
) -> None:
    install(MODULE.replace('"//ledger.example/" in url', "1 / 0"))
    assert site_for("https://www.msn.com/en-us") is not None
    assert "ledger" in caplog.text
