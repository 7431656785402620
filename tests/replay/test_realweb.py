"""The benchmark over real pages, run on three of the demo's: it must keep working where its folder is not at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.demo import ORIGINAL, REWRITE, SISTER, answer

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "realweb.py"


@pytest.mark.slow
def test_every_page_of_a_folder_is_captured_and_compared(tmp_path: Path, forks: Any) -> None:
    rows = [("a", REWRITE), ("b", SISTER), ("c", f" {SISTER}#top"), ("d", None), ("lost", ORIGINAL)]
    (tmp_path / "pages").mkdir()
    (tmp_path / "truth.jsonl").write_text("".join(json.dumps({"id": name, "url": url}) + "\n" for name, url in rows))
    for name, url in (("a", REWRITE), ("b", SISTER), ("c", SISTER), ("d", REWRITE)):
        (tmp_path / "pages" / f"{name}.html.gz").write_bytes(gzip.compress(answer("GET", url).body))
    done = forks.run(SCRIPT, [tmp_path])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 pages to serve; 1 without URL, 1 without file" in done.stdout
    assert f"more than one page at {SISTER}" in done.stdout
    assert "archived byte for byte: 2 of 2; differing: 0" in done.stdout
    assert "extracted: 2 of 2" in done.stdout


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, forks: Any) -> None:
    done = forks.run(SCRIPT, [tmp_path / "nowhere"])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path / 'nowhere'}: no truth.jsonl there; name the folder that holds it and pages/\n"
