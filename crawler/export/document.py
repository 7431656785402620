"""``docs/tables.md``, the page that describes the tables, made of their schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from crawler.export.schema import SCHEMA, Table

_HEAD = """\
# The tables of a collection

JSON Lines under `tables/`, one row a line, made from the WARCs: by every capture those rows that it touches, which then
stand at the end, and all again by `wirecopy index`. Each file holds the whole table at any time. `wirecopy export`
writes them for other programs, to a folder or a store ([storage.md](storage.md#writing-tables-there)); its rows begin
with `collection`, the name of theirs. Any value can be null: unknown, or not there. Times are RFC 3339 in UTC, or as
the page states them; `list` and `object` are JSON. This page is made by
`python -m crawler.export.document > docs/tables.md`.

Texts are as the pages have them, in CSV too: a spreadsheet takes one that begins with `=`, `+`, `-` or `@` for a
formula, which may reach the network. Import the columns as text there, or open the Parquet or SQLite form.

Pandas: `pd.read_json("tables/articles.jsonl", lines=True)`; DuckDB: `select * from 'tables/articles.jsonl'`; R:
`arrow::read_parquet("articles.parquet")` of an export; Datasette: `datasette wirecopy.sqlite` of an export to SQLite.
[tables.ipynb](tables.ipynb) has examples with plots.

## All copies of one story, and how to cite them

Whichever of its pages you know, in DuckDB:

```sql
SELECT role, article_url, captured_at, record_id, source_url, confidence, coverage_of_copy
FROM 'archives/a-story/tables/copies.jsonl'
WHERE story_id IN (
  SELECT story_id FROM 'archives/a-story/tables/copies.jsonl' WHERE article_url = 'https://www.example.com/news/a-story'
)
ORDER BY story_id, position
```

Of many collections `wirecopy stories archives -o stories` makes the same table, `stories/copies.parquet`, with copies
wherever they lie. Cite a capture by `article_url`, `captured_at` and `record_id`: the record has the digest of its
bytes, and `wirecopy serve` shows it under `/record/COLLECTION/RECORD`.

A story's id begins the SHA-256 of the address of its first article (of the page itself, where a web archive's copy of
it was captured). Where another is found to be the first, by a copy
that joins or by a newer wirecopy, the story has another id; the desk leads on from the former one, and in tables it is
found by

```sql
SELECT DISTINCT story_id FROM 'archives/a-story/tables/copies.jsonl'
JOIN 'archives/a-story/tables/articles.jsonl' ON record.id = record_id
WHERE left(sha256(coalesce(to_json(memento)->>'page', url)), 16) = '1a1c6821a212d23f'
```

## From a list of URLs to a table

    wirecopy capture --urls urls.csv -c archives/study --panels 0 --no-requisites
    wirecopy pack archives/study    # one file, to deposit and cite
    wirecopy export archives/study --format csv -o tables

Of a table (`.csv`, `.tsv`) the column `url` is read, or the one that `--column` names. Lines without a URL are told,
all at once; `--leave-malformed` captures the others. A page that is named twice is captured once. `articles` also has
pages that were found on the way (copies, originals), and pages under the address they redirected to; the ledger knows
which URL was asked for and how it ended, also where nothing came. In Python, a row for each URL of the list:

```python
import sqlite3
import pandas as pd

asked = pd.read_sql(
    "SELECT story AS asked, id, outcome AS ended FROM captures WHERE role = 'seed' AND outcome <> 'redirect'"
    " UNION ALL SELECT story, NULL, outcome FROM failures WHERE role = 'seed'",
    sqlite3.connect("archives/study/ledger.sqlite"),
)
articles = pd.read_json("archives/study/tables/articles.jsonl", lines=True)
articles["id"] = articles["record"].str["id"]
table = asked.merge(articles, on="id", how="left")
counts = pd.read_json("archives/study/tables/counts.jsonl", lines=True)
comments = counts[counts["name"] == "comments"].groupby("record_id")["value"].max()
table["comments"] = table["id"].map(comments)
table[["asked", "ended", "outcome", "headline", "authors", "date_published", "text", "comments"]].to_csv("table.csv")
```

`asked` has no fragment, and scheme and host in lower case; lists and objects stay in their columns as such.
"""


def document() -> str:
    """All tables as Markdown."""
    return "\n".join([_HEAD, *(line for table in SCHEMA.values() for line in _section(table))])


def _section(table: Table) -> Iterator[str]:
    yield f"## `{table.name}`\n"
    yield f"One row: {table.row}." + (f" Rows are told apart by {_names(table.key)}." if table.key else "") + "\n"
    yield "| column | type | meaning | unit |"
    yield "|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {column.meaning} | {column.unit or ''} |"
    yield ""


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


if __name__ == "__main__":
    sys.stdout.write(document())
