"""The tables of stories of many collections as Parquet, whoever tells the stories."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.export.jsonl import line
from crawler.export.parquet import SCRATCH, write_parquet
from crawler.export.schema import SCHEMA
from crawler.jobs.story_tables import rows_in
from crawler.model.each import Each
from crawler.stories.apart import Clusters

TABLES = ("stories", "copies", "sentence_links", "quotes")


def write_stories(each: Each, blocks: Iterable[Clusters], folder: Path) -> dict[Path, int]:
    """Write the tables of the stories that the clusters tell, as ``each`` makes them; the files, with their rows.

    Rows stand in the order of the clusters. Raises ``ExportError``, ``OSError``, and what ``each`` raises.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        spools = {table: Path(scratch) / f"{table}.jsonl" for table in TABLES}
        with ExitStack() as files:
            out = {
                table: files.enter_context(file.open("w", encoding="utf-8", errors="replace"))
                for table, file in spools.items()
            }
            for rows in each(rows_in, blocks):
                for table, row in rows:
                    out[table].write(line(row))
        written = {}
        for table, spool in spools.items():
            target = folder / f"{table}.parquet"
            with spool.open(encoding="utf-8") as lines:
                written[target] = write_parquet(SCHEMA[table].columns, map(json.loads, lines), target)
    return written
