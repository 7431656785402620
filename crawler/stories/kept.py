"""How the texts of large clusters hang together, kept in the index: where a copy joins, only its own pairs are aligned.

A relation is kept as JSON with a mark of both texts as they were compared, and is worth nothing once one of them, or
what of it is boilerplate, has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from crawler.model import Alignment, Coverage, Link, Reason
from crawler.model.article import plain
from crawler.stories.apart import Cluster, Known
from crawler.stories.relate import Relation, Text, relate

FEW = 8
"""Texts of a cluster up to which all are aligned anew: that takes less time than reading what was kept takes room."""


class Kept:
    """The relations of one cluster. Raises ``duckdb.Error`` where the database can't be read or written."""

    def __init__(self, db: duckdb.DuckDBPyConnection, cluster: Cluster, known: Mapping[int, Known]) -> None:
        self._db = db
        self._marks = {number: _mark(known[number]) for number in cluster.texts}
        rows = db.execute(
            "select one, other, mark, relation from kept "
            "where one in (select unnest($1)) and other in (select unnest($1))",
            [list(cluster.texts)],
        ).fetchall()
        self._found = {(one, other): (mark, relation) for one, other, mark, relation in rows}
        self._fresh: list[tuple[int, int, str, str]] = []

    def relate(self, pair: tuple[int, int], one: int, other: int, mine: Text, yours: Text) -> Relation | None:
        """As :func:`~crawler.stories.relate.relate`, of the texts that have these numbers in the index."""
        mark = f"{self._marks.get(pair[0])} {self._marks.get(pair[1])} {_dates(mine, yours)}"
        was, relation = self._found.get(pair, ("", ""))
        if was == mark:
            return _read(relation, one, other, mine, yours)
        made = relate(one, other, mine, yours)
        self._fresh.append((*pair, mark, _written(made, one)))
        return made

    def write(self) -> None:
        """Keep what was made."""
        if not self._fresh:
            return
        columns = [list(column) for column in zip(*self._fresh, strict=True)]
        self._db.execute(
            "delete from kept where (one, other) in (select (unnest($1), unnest($2)))", [columns[0], columns[1]]
        )
        self._db.execute("insert into kept select unnest($1), unnest($2), unnest($3), unnest($4)", columns)


def _dates(*texts: Text) -> str:
    """The days of two texts, whichever comes first: an earlier capture of a page may change that of a later one."""
    return " ".join(sorted(f"{text.article.date_published} {text.article.date_published_latest}" for text in texts))


def _mark(known: Known) -> str:
    article = known.article if isinstance(known.article, str) else json.dumps(known.article.to_dict())
    return hashlib.sha256(f"{sorted(known.boilerplate)} {article}".encode("utf-8", "replace")).hexdigest()[:32]


def _written(relation: Relation | None, one: int) -> str:
    """A relation without the texts, and whether the other text than ``one`` was first."""
    if relation is None or relation.alignment is None:
        return "null"
    values = plain(relation)
    values["is_turned"] = relation.one != one
    for name in ("one", "other"):
        del values[name]
    for name in ("original_sentences", "copy_sentences", "quotations"):
        del values["alignment"][name]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read(written: str, one: int, other: int, mine: Text, yours: Text) -> Relation | None:
    values = json.loads(written)
    if values is None:
        return None
    if values["is_turned"]:
        one, other, mine, yours = other, one, yours, mine
    aligned = values["alignment"]
    alignment = Alignment(
        original_sentences=tuple(sentence.printed for sentence in mine.sentences),
        copy_sentences=tuple(sentence.printed for sentence in yours.sentences),
        links=tuple(map(_link, aligned["links"])),
        coverage=Coverage(**aligned["coverage"]),
        direction=aligned["direction"],
        reasons=tuple(Reason(**reason) for reason in aligned["reasons"]),
    )
    pairs = tuple((original, copy) for original, copy in values["pairs"])
    return Relation(one, other, values["direction"], pairs, alignment, values["is_version"])


def _link(values: dict[str, Any]) -> Link:
    sides: dict[str, Sequence[Any]] = {name: tuple(values[name]) for name in ("copy", "original", "changed")}
    return Link(**(values | sides))
