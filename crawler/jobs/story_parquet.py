"""The tables of stories of many collections as Parquet, whoever tells the stories."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.export.delivery import SCRATCH, Delivery, Place, delivery
from crawler.export.jsonl import line
from crawler.export.parquet import write_parquet
from crawler.export.schema import SCHEMA
from crawler.jobs.story_tables import rows_in
from crawler.model.each import Each
from crawler.stories.apart import Clusters

TABLES = ("stories", "copies", "sentence_links", "quotes")


def tables_at(place: Place) -> Delivery:
    """The tables of stories at a folder or address on their way, to be entered: older ones stay until it is committed.

    Raises ``OSError``, ``StoreError``.
    """
    return delivery(place, "stories", frozenset(map(_file_of, TABLES)).__contains__)


def write_stories(each: Each, blocks: Iterable[Clusters], out: Delivery) -> dict[Place, int]:
    """Write the tables of the stories that the clusters tell, as ``each`` makes them; the files, with their rows.

    Rows stand in the order of the clusters. Raises ``ExportError``, ``OSError``, ``StoreError``, and what ``each``
    raises.
    """
    with TemporaryDirectory(prefix=SCRATCH, dir=out.folder) as scratch:
        spools = {table: Path(scratch) / f"{table}.jsonl" for table in TABLES}
        with ExitStack() as files:
            lines_of = {
                table: files.enter_context(file.open("w", encoding="utf-8", errors="replace"))
                for table, file in spools.items()
            }
            for rows in each(rows_in, blocks):
                for table, row in rows:
                    lines_of[table].write(line(row))
        written = {}
        for table, spool in spools.items():
            file = out.folder / _file_of(table)
            with spool.open(encoding="utf-8") as lines:
                count = write_parquet(SCHEMA[table].columns, map(json.loads, lines), file)
            spool.unlink()
            out.take(file)
            written[out.where(file.name)] = count
    out.commit()
    return written


def _file_of(table: str) -> str:
    return f"{table}.parquet"
