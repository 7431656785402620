"""``wirecopy export``: every format holds the rows of the tables, read back by another program."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.cli import exit_codes
from crawler.export.schema import SCHEMA


def rows_of(demo: Any, table: str) -> list[dict[str, Any]]:
    with (demo.collection / "tables" / f"{table}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def exported(demo: Any, wirecopy: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folders = {}
    for form in ("parquet", "csv", "jsonl", "sqlite", "jsonld"):
        folders[form] = tmp_path_factory.mktemp("export") / form
        done = wirecopy("export", demo.collection, "--format", form, "-o", folders[form], "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["format"] == form
    return folders


def test_parquet_is_read_by_duckdb_with_types(demo: Any, exported: dict[str, Path]) -> None:
    with closing(duckdb.connect()) as db:
        for table in SCHEMA:
            file = exported["parquet"] / f"{table}.parquet"
            if file.exists():
                count = db.execute(f"SELECT count(*) FROM '{file}'").fetchone()
                assert count == (len(rows_of(demo, table)),)
        counts = exported["parquet"] / "counts.parquet"
        most = max(row["value"] or 0 for row in rows_of(demo, "counts") if row["name"] == "followers")
        assert db.execute(f"SELECT max(value) FROM '{counts}' WHERE name = 'followers'").fetchone() == (most,)
        types = dict(db.execute(f"SELECT name, type FROM parquet_schema('{counts}')").fetchall())
        assert types["value"] == "INT64"
        year = db.execute(f"SELECT year(min(captured_at)) FROM '{exported['parquet'] / 'articles.parquet'}'").fetchone()
        assert year is not None and year[0] > 2000


def test_csv_has_a_cell_for_every_column(demo: Any, exported: dict[str, Path]) -> None:
    with (exported["csv"] / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = rows_of(demo, "articles")
    assert [row["url"] for row in rows] == [row["url"] for row in wanted]
    said = [json.loads(row["evidence"]) if row["evidence"] else None for row in rows]
    assert said == [row["evidence"] or None for row in wanted]
    assert any(said)
    assert list(rows[0]) == ["collection", *(column.name for column in SCHEMA["articles"].columns)]


def test_json_lines_hold_what_the_tables_hold(demo: Any, exported: dict[str, Path]) -> None:
    rows = [json.loads(line) for line in (exported["jsonl"] / "copies.jsonl").read_text("utf-8").splitlines()]
    assert [{k: v for k, v in row.items() if k != "collection"} for row in rows] == rows_of(demo, "copies")
    assert {row["collection"] for row in rows} == {"demo"}


def test_sqlite_is_searched_and_described_for_datasette(demo: Any, exported: dict[str, Path]) -> None:
    with closing(sqlite3.connect(exported["sqlite"] / "wirecopy.sqlite")) as db:
        found = db.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'mayors'").fetchone()[0]
        assert found >= 3
        assert db.execute("SELECT count(*) FROM sentence_links").fetchone() == (len(rows_of(demo, "sentence_links")),)
    metadata = json.loads((exported["sqlite"] / "metadata.json").read_text("utf-8"))
    assert "followers" in metadata["databases"]["wirecopy"]["tables"]["counts"]["columns"]["name"]


def test_json_ld_tells_of_every_article_as_schema_org_does(demo: Any, exported: dict[str, Path]) -> None:
    graph = json.loads((exported["jsonld"] / "articles.jsonld").read_text("utf-8"))["@graph"]
    articles = [row for row in rows_of(demo, "articles") if row["outcome"] == "article"]
    assert [node["headline"] for node in graph] == [row["headline"] for row in articles]
    assert all(node["@type"] == "NewsArticle" and node["archivedAt"]["identifier"] for node in graph)
    assert "null" not in json.dumps(graph)


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "sqlite", "jsonld"])
def test_a_package_describes_the_files_to_the_byte(exported: dict[str, Path], form: str) -> None:
    package = json.loads((exported[form] / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        data = (exported[form] / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    if form == "csv":
        articles = next(resource for resource in package["resources"] if resource["name"] == "articles")
        names = [field["name"] for field in articles["schema"]["fields"]]
        header = (exported["csv"] / "articles.csv").read_text("utf-8").splitlines()[0]
        assert header.split(",") == names


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere",), exit_codes.UNREADABLE, "nowhere: there is no such folder"),
        (("{demo}/archive",), exit_codes.UNREADABLE, "has no tables: name a collection's folder"),
        (("{demo}", "--table", "x"), exit_codes.USAGE, "there is no table x"),
        (("{demo}", "-o", "{demo}"), exit_codes.USAGE, "is a collection"),
        (("{demo}", "-o", __file__), exit_codes.USAGE, "is a file"),
        (("{demo}", "-o", "/proc/none"), exit_codes.STORAGE, "/proc/none"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(
    wirecopy: Any, demo: Any, tmp_path: Path, words: Any, code: int, said: str
) -> None:
    given = [word.replace("{demo}", str(demo.collection)) for word in words]
    out = [] if "-o" in given else ["-o", tmp_path / "out"]
    done = wirecopy("export", *given, *out)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [("parquet", exit_codes.STORAGE, "takes no folder whose name is not UTF-8"), ("csv", 0, "")],
)
def test_a_folder_whose_name_duckdb_does_not_take_is_told(
    wirecopy: Any, demo: Any, tmp_path: Path, form: str, code: int, said: str
) -> None:
    (tmp_path / "Fl\udce4che").mkdir()
    done = wirecopy("export", demo.collection, "--format", form, "-o", "out", cwd=tmp_path / "Fl\udce4che")
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_of_a_folder_the_collections_in_it_are_exported(wirecopy: Any, demo: Any, tmp_path: Path) -> None:
    for name in ("may", "june"):
        shutil.copytree(demo.collection, tmp_path / "archives" / name)
    (tmp_path / "archives" / "watchlist.schedule.lock").touch()
    done = wirecopy("export", tmp_path / "archives", "--format", "jsonl", "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (exit_codes.OK, "")
    lines = (tmp_path / "out" / "stories.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["collection"] for line in lines] == ["june", "may"]


def test_what_lies_beside_collections_and_has_no_tables_is_told_and_left_out(
    wirecopy: Any, demo: Any, tmp_path: Path
) -> None:
    (tmp_path / "bare" / "archive").mkdir(parents=True)
    (tmp_path / "watchlist.schedule.lock").touch()
    beside = [tmp_path / "bare", tmp_path / "watchlist.schedule.lock"]
    done = wirecopy("export", beside[0], demo.collection, beside[1], "--format", "jsonl", "-o", tmp_path / "out")
    assert done.returncode == exit_codes.PARTIAL
    assert done.stderr.splitlines() == [
        f"wirecopy export: {beside[0]} has no tables: `wirecopy index {beside[0]}` makes them; left out",
        f"wirecopy export: {beside[1]}: a file; name a collection's folder; left out",
    ]
    articles = (tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(row)["collection"] for row in articles} == {demo.collection.name}
    assert wirecopy("export", *beside, "-o", tmp_path / "none").returncode == exit_codes.UNREADABLE


def test_tables_that_an_older_wirecopy_did_not_make_are_told(wirecopy: Any, demo: Any, tmp_path: Path) -> None:
    old = tmp_path / "old"
    (old / "tables").mkdir(parents=True)
    for table in set(SCHEMA) - {"stories", "copies"}:
        shutil.copy(demo.collection / "tables" / f"{table}.jsonl", old / "tables")
    done = wirecopy("export", old, demo.collection, "--format", "jsonl", "-o", tmp_path / "out")
    assert done.returncode == exit_codes.PARTIAL
    assert done.stderr.splitlines() == [
        f"wirecopy export: {old} has no tables stories, copies: an older wirecopy made the others; "
        f"`wirecopy index {old}` makes all"
    ]
    rows = (tmp_path / "out" / "quotes.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(row)["collection"] for row in rows} == {"old", "demo"}
    assert wirecopy("export", old, "--format", "jsonld", "-o", tmp_path / "ld").returncode == exit_codes.OK
    done = wirecopy("export", old, "--table", "stories", "-o", tmp_path / "none")
    assert (done.returncode, "has no table stories" in done.stderr) == (exit_codes.UNREADABLE, True)


def test_a_broken_table_is_named_with_its_line(wirecopy: Any, tmp_path: Path) -> None:
    (tmp_path / "c" / "tables").mkdir(parents=True)
    (tmp_path / "c" / "tables" / "articles.jsonl").write_text('{"url": "https://a.example/"}\n[1\n')
    for form in ("parquet", "csv", "sqlite", "jsonl"):
        done = wirecopy("export", tmp_path / "c", "--format", form, "-o", tmp_path / "out")
        assert done.returncode == exit_codes.UNREADABLE
        assert "articles.jsonl, line 2" in done.stderr
