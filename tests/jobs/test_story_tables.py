"""The tables of stories, written beside the articles they are made of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from crawler.demo.truth import TRUTH
from crawler.export.jsonl import write_tables
from crawler.export.schema import SCHEMA
from crawler.jobs.story_tables import TABLES, write_story_tables
from crawler.model import Article, Count, Memento, Organization, Outcome, RecordRef


def article(number: int, sentences: list[str], url: str, day: int, **fields: object) -> Article:
    return Article(
        url=url,
        captured_at=f"2031-05-{day:02}T00:00:00Z",
        outcome=Outcome.ARTICLE,
        text="\n\n".join(sentences),
        record=RecordRef("a.warc.gz", number, 1, f"urn:uuid:{number}"),
        **fields,  # type: ignore[arg-type]
    )


ORIGINAL = article(
    1, list(TRUTH.sentences), f"{TRUTH.publisher_url}/story", 1, headline=TRUTH.headline, authors=TRUTH.authors,
    publisher=Organization(TRUTH.publisher, TRUTH.publisher_url), date_published=TRUTH.published,
)  # fmt: skip
REWRITE = article(
    2, [sentence.text for sentence in TRUTH.rewrite], "https://varraherald.test/news/1/a", 1,
    headline=TRUTH.rewrite_headline, date_published=TRUTH.rewrite_published,
    counts=(Count("comments", "12 comments", 12, precision=1),),
)  # fmt: skip
EDITED = article(
    3, [*(sentence.text for sentence in TRUTH.rewrite[1:]), "The mayor resigned at noon, her office said."],
    "https://varraherald.test/news/1/a", 2, headline=TRUTH.rewrite_headline,
    counts=(Count("comments", "15 comments", 15, precision=1),),
)  # fmt: skip


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(row) for row in (folder / f"{table}.jsonl").read_text("utf-8").splitlines()]


def test_rows_have_the_columns_described_in_their_order(tmp_path: Path) -> None:
    write_tables(tmp_path, [ORIGINAL, REWRITE, EDITED])
    counts = write_story_tables(tmp_path)
    for table in TABLES:
        assert counts[table] > 0
        for row in rows(tmp_path, table):
            assert list(row) == [column.name for column in SCHEMA[table].columns]


def test_a_story_is_told_with_its_copies_links_versions_and_counts(tmp_path: Path) -> None:
    write_tables(tmp_path, [ORIGINAL, REWRITE, EDITED])
    write_story_tables(tmp_path)
    (story,) = rows(tmp_path, "stories")
    assert (story["original_record_id"], story["articles"], story["sites"]) == ("urn:uuid:1", 3, 2)
    copies = rows(tmp_path, "copies")
    assert [(row["record_id"], row["role"], row["source_record_id"]) for row in copies] == [
        ("urn:uuid:1", "original", None), ("urn:uuid:2", "copy", "urn:uuid:1"), ("urn:uuid:3", "version", "urn:uuid:2"),
    ]  # fmt: skip
    links = [row for row in rows(tmp_path, "sentence_links") if row["record_id"] == "urn:uuid:2"]
    assert {"paraphrased", "added", "dropped"} <= {row["label"] for row in links}
    versions = {row["record_id"]: row for row in rows(tmp_path, "versions")}
    assert (versions["urn:uuid:3"]["change"], versions["urn:uuid:3"]["previous_record_id"]) == ("edited", "urn:uuid:2")
    assert [(row["value"], row["change"]) for row in rows(tmp_path, "count_series")] == [(12, None), (15, 3)]


def test_what_a_public_archive_kept_belongs_to_the_history_of_the_page(tmp_path: Path) -> None:
    kept = replace(
        article(4, list(TRUTH.sentences[:9]), f"https://archive.example/web/{ORIGINAL.url}", 30),
        counts=(Count("comments", "7 comments", 7, precision=1),),
        memento=Memento(str(ORIGINAL.url), "2031-04-01T00:00:00Z", "archive.example"),
    )
    write_tables(tmp_path, [ORIGINAL, kept])
    write_story_tables(tmp_path)
    versions = {row["record_id"]: row for row in rows(tmp_path, "versions")}
    assert [versions[f"urn:uuid:{number}"]["version"] for number in (4, 1)] == [1, 2]
    assert versions["urn:uuid:1"]["previous_record_id"] == "urn:uuid:4"
    assert {row["record_id"]: row["captured_at"] for row in rows(tmp_path, "count_series")}["urn:uuid:4"] == (
        "2031-04-01T00:00:00Z"
    )
    (story,) = rows(tmp_path, "stories")
    assert story["sites"] == 1


def test_a_quotation_has_one_id_in_all_copies(tmp_path: Path) -> None:
    write_tables(tmp_path, [ORIGINAL, REWRITE])
    write_story_tables(tmp_path)
    quotes = rows(tmp_path, "quotes")
    here = {row["quote_id"] for row in quotes if row["record_id"] == "urn:uuid:1"}
    matched = [row for row in quotes if row["record_id"] == "urn:uuid:2" and row["source_text"]]
    assert matched and {row["quote_id"] for row in matched} <= here


def test_the_next_capture_gives_what_all_at_once_would(tmp_path: Path) -> None:
    step, whole = tmp_path / "step", tmp_path / "whole"
    for articles in ([ORIGINAL], [ORIGINAL, REWRITE], [ORIGINAL, REWRITE, EDITED], [ORIGINAL, REWRITE, EDITED]):
        write_tables(step, articles)
        write_story_tables(step)
    write_tables(whole, [ORIGINAL, REWRITE, EDITED])
    write_story_tables(whole, anew=True)
    for table in TABLES:
        assert rows(step, table) == rows(whole, table)


def test_the_index_can_be_deleted(tmp_path: Path) -> None:
    write_tables(tmp_path, [ORIGINAL, REWRITE])
    write_story_tables(tmp_path)
    before = rows(tmp_path, "copies")
    (tmp_path / "stories.duckdb").unlink()
    write_story_tables(tmp_path)
    assert rows(tmp_path, "copies") == before


def test_a_collection_without_articles_has_empty_tables(tmp_path: Path) -> None:
    write_tables(tmp_path, [])
    assert set(write_story_tables(tmp_path).values()) == {0}
