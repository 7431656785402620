"""Tables and pages hold every page once, whichever way they were made."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.export.jsonl import line, read_articles
from crawler.jobs import derive
from crawler.jobs.derive import add_derived, rebuild
from crawler.model import Article, RecordRef

TABLE = Path("tables") / "articles.jsonl"


@pytest.fixture
def collection(demo: Any, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo.collection, tmp_path / "c"))


def rows(collection: Path) -> list[Article]:
    return list(read_articles(collection / TABLE))


def test_a_newer_row_of_a_record_replaces_the_older(collection: Path) -> None:
    first, *others = rows(collection)
    add_derived(collection, [replace(first, headline="Once"), replace(first, headline="Twice")], {})
    assert sorted(map(_id, rows(collection))) == sorted(map(_id, [first, *others]))
    assert [row.headline for row in rows(collection) if _id(row) == _id(first)] == ["Twice"]


def test_captured_pages_without_a_row_are_read(collection: Path) -> None:
    before = rows(collection)
    (collection / TABLE).write_text("".join(line(row.to_dict()) for row in before[2:]))
    add_derived(collection, [], {})
    assert sorted(map(_line, rows(collection))) == sorted(map(_line, before))
    with Collection(collection) as archive:
        assert len(list(archive.pages())) == len(before)


def test_what_adds_nothing_writes_no_table(collection: Path) -> None:
    add_derived(collection, [], {})
    before = files(collection)
    add_derived(collection, rows(collection)[:2], {})
    assert files(collection) == before


def test_a_page_more_changes_its_own_rows_and_copies_the_rest(collection: Path) -> None:
    add_derived(collection, [], {})
    before = contents(collection)
    more = replace(rows(collection)[0], url="https://elsewhere.test/1", text="A word.", record=RecordRef("", 0, 0, "9"))
    more = replace(more, images=(), panels=(), counts=())
    add_derived(collection, [more], {})
    after = contents(collection)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"articles.jsonl", "versions.jsonl"}
    assert all(after[name][: len(before[name])] == before[name] for name in changed)
    rebuilt = replace(more, headline="Other", text="“A word,” he said.")
    add_derived(collection, [rebuilt], {})
    assert [row.headline for row in rows(collection) if _id(row) == "9"] == ["Other"]
    with Collection(collection) as archive:
        assert [page["title"] for page in archive.pages() if page["url"] == more.url] == ["Other"]


def test_a_table_that_others_changed_is_made_again(collection: Path) -> None:
    add_derived(collection, [], {})
    before = contents(collection)
    (collection / "tables" / "copies.jsonl").write_text("")
    (collection / "tables" / "stories.jsonl").unlink()
    add_derived(collection, [], {})
    assert contents(collection) == before


def test_a_page_that_cannot_be_read_is_looked_at_once(collection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = collection / TABLE
    table.write_text("".join(line(row.to_dict()) for row in rows(collection)[1:]))
    looked_at = []
    monkeypatch.setattr(derive, "readable", lambda capture, tell: looked_at.append(capture.url))
    for _ in range(2):
        add_derived(collection, [], {})
    assert len(looked_at) == 1


def test_the_rows_are_the_same_when_they_are_made_again(collection: Path) -> None:
    before = rows(collection)
    rebuilt = rebuild(collection)
    assert (rebuilt.articles, rebuilt.problems) == (len(before), ())
    assert sorted(map(_line, rows(collection))) == sorted(map(_line, before))


def test_tables_grow_to_what_they_are_when_they_are_made_again(collection: Path, wirecopy: Any) -> None:
    assert wirecopy("demo", "-c", collection).returncode == 0
    before = sorted(map(_line, rows(collection)))
    told = contents(collection)
    rebuild(collection)
    assert sorted(map(_line, rows(collection))) == before
    again = contents(collection)
    assert {name: sorted(lines) for name, lines in again.items()} == {
        name: sorted(lines) for name, lines in told.items()
    }


def test_capturing_from_an_archive_twice_doubles_nothing(demo: Any, tmp_path: Path, wirecopy: Any) -> None:
    url = demo.report["pages"][0]["story"]
    for _ in range(2):
        assert wirecopy("capture", url, "--from", demo.collection, "-c", tmp_path / "cc").returncode == 0
    ids = [_id(row) for row in rows(tmp_path / "cc")]
    assert len(ids) == len(set(ids))


def test_the_next_capture_reads_the_pages_of_one_that_was_killed(demo: Any, collection: Path, wirecopy: Any) -> None:
    before = rows(collection)
    (warc,) = (collection / "archive").glob("*.warc.gz")
    warc.rename(f"{warc}.open")
    for made in ("tables", "pages", "indexes"):
        shutil.rmtree(collection / made)
    for made in ("ledger.sqlite", "datapackage.json"):
        (collection / made).unlink()
    Collection.create(collection.parent / "empty").close()
    shutil.copy(collection.parent / "empty" / "datapackage.json", collection)
    (collection / "indexes").mkdir()
    (collection / "pages").mkdir()
    done = wirecopy("capture", demo.report["pages"][0]["story"], "--from", demo.collection, "-c", collection)
    assert done.returncode == 0, done.stderr
    assert sorted(map(_id, rows(collection))) == sorted(map(_id, before))


def test_the_ledger_is_the_same_when_it_is_made_again(collection: Path) -> None:
    before = ledger(collection)
    assert all(length is not None for *_, length in before)
    rebuild(collection)
    assert ledger(collection) == before


def files(collection: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in (collection / "tables").glob("*.jsonl")}


def contents(collection: Path) -> dict[str, list[str]]:
    return {file.name: file.read_text().splitlines() for file in (collection / "tables").glob("*.jsonl")}


def ledger(collection: Path) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(collection / "ledger.sqlite")
    try:
        return database.execute("SELECT id, type, status, payload_length FROM captures ORDER BY id").fetchall()
    finally:
        database.close()


def _id(article: Article) -> str:
    return article.record.id if article.record else ""


def _line(article: Article) -> str:
    return json.dumps(article.to_dict(), sort_keys=True)
