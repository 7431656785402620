"""When a collection's tables are read again."""

from __future__ import annotations

from pathlib import Path

from crawler.web.catalogue_rows import stamp_of


def test_it_is_told_by_every_table_and_none_that_is_gone_meanwhile_ends_it(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    seen = {stamp_of(tmp_path)}
    (tables / "articles.jsonl").write_text("{}\n")
    seen.add(stamp_of(tmp_path))
    (tables / "counts.jsonl").symlink_to("nowhere")  # as if it went between being listed and looked at
    seen.add(stamp_of(tmp_path))
    assert len(seen) == 3
