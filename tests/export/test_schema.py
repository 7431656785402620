"""The description of the tables, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.export.document import document
from crawler.export.schema import PAGE_TABLES, SCHEMA
from crawler.model import Article, Card, Count, Entity, Image, Outcome, Panel, RecordRef
from tests.derived import write_tables

ARTICLE = Article(
    url="https://herald.example/harbour",
    captured_at="2026-11-22T18:00:00Z",
    outcome=Outcome.ARTICLE,
    images=(Image("https://herald.example/1.jpg"),),
    panels=(Panel("related", "More", cards=(Card("Next", position=1),), entities=(Entity("Person", "A. Writer"),)),),
    counts=(Count("followers", "483K+", 483000, lower_bound=True, precision=1000),),
    record=RecordRef("rec-1.warc.gz", 1234, 567, "<urn:uuid:1>"),
)


def test_rows_of_pages_have_the_columns_described_in_their_order(tmp_path: Path) -> None:
    write_tables(tmp_path, [ARTICLE])
    for table in PAGE_TABLES:
        for row in (tmp_path / f"{table.name}.jsonl").read_text("utf-8").splitlines():
            assert list(json.loads(row)) == [column.name for column in table.columns]


def test_keys_are_columns_and_types_are_known() -> None:
    for table in SCHEMA.values():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert set(table.key) <= set(names)
        assert {column.type for column in table.columns} <= {
            "text", "integer", "number", "boolean", "time", "list", "object",
        }  # fmt: skip


def test_the_page_on_tables_tells_what_the_schema_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "tables.md"
    assert page.read_text("utf-8") == document(), "python -m crawler.export.document > docs/tables.md"
