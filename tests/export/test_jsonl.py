"""Tables as JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.export.jsonl import read_articles
from crawler.model import Article, Card, Count, Entity, Image, Outcome, Panel, RecordRef
from tests.derived import write_tables

ARTICLE = Article(
    url="https://herald.example/harbour",
    captured_at="2026-11-22T18:00:00Z",
    outcome=Outcome.ARTICLE,
    headline="Hafen „offen“",
    images=(Image("https://herald.example/1.jpg"), Image("https://herald.example/2.jpg")),
    panels=(Panel("related", "More", cards=(Card("Next", position=1),), entities=(Entity("Person", "A. Writer"),)),),
    counts=(Count("followers", "483K+", 483000, lower_bound=True, precision=1000),),
    record=RecordRef("rec-1.warc.gz", 1234, 567, "<urn:uuid:1>"),
)


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(row) for row in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_each_table_has_a_row_a_thing(tmp_path: Path) -> None:
    assert write_tables(tmp_path, [ARTICLE]) == {"articles": 1, "images": 2, "panels": 2, "counts": 1}


def test_articles_come_back_as_they_were(tmp_path: Path) -> None:
    write_tables(tmp_path, [ARTICLE])
    assert list(read_articles(tmp_path / "articles.jsonl")) == [ARTICLE]


@pytest.mark.parametrize("line", [b"\xc7\xff", b"\0", b"[" * 100_000, b"[]", b"{}", b'{"url": 1'])
def test_a_line_that_is_no_article_is_named_whatever_stands_in_it(tmp_path: Path, line: bytes) -> None:
    write_tables(tmp_path, [ARTICLE])
    with (tmp_path / "articles.jsonl").open("ab") as table:
        table.write(line + b"\n")
    with pytest.raises(ValueError, match=r"articles\.jsonl, line 2: not an article"):
        list(read_articles(tmp_path / "articles.jsonl"))


def test_every_row_leads_to_the_record_that_proves_it(tmp_path: Path) -> None:
    write_tables(tmp_path, [ARTICLE])
    for table in ("images", "panels", "counts"):
        assert {row["record_id"] for row in rows(tmp_path, table)} == {"<urn:uuid:1>"}


def test_all_rows_of_a_table_have_the_same_columns(tmp_path: Path) -> None:
    write_tables(tmp_path, [ARTICLE])
    card, entity = rows(tmp_path, "panels")
    assert card.keys() == entity.keys()


def test_a_line_that_is_no_article_is_named(tmp_path: Path) -> None:
    table = tmp_path / "articles.jsonl"
    write_tables(tmp_path, [ARTICLE])
    table.write_text(table.read_text() + "{}\n")
    with pytest.raises(ValueError, match=r"articles\.jsonl, line 2"):
        list(read_articles(table))
