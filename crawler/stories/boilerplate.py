"""Sentences that many texts share though nothing else hangs together in them: notices, appeals, a paper's own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb

from crawler.stories.candidate_queries import BOILERPLATE, held_since, runs_of
from crawler.stories.wording import Wording

_HOLDERS = 1000
"""Texts that are asked for boilerplate at a time."""

SentencesOf = Callable[[Sequence[int]], Mapping[int, Sequence[Wording]]]
"""Gives the sentences of texts by their numbers."""


def boilerplate_of(db: duckdb.DuckDBPyConnection, texts: Iterable[int]) -> dict[int, set[int]]:
    """Numbers of the sentences of each of ``texts`` that are boilerplate; of repeated ones the first."""
    rows = db.execute(
        "select text, number from sentences where text in (select unnest($1))"
        " and hash in (select hash from boilerplate)",
        [list(texts)],
    ).fetchall()
    found: dict[int, set[int]] = {}
    for text, number in rows:
        found.setdefault(text, set()).add(number)
    return found


def mark_boilerplate(
    db: duckdb.DuckDBPyConnection, first: int, since: int, parts: int, sentences_of: SentencesOf
) -> None:
    """Note what became boilerplate by the texts from number ``first`` on, and the runs of words in it.

    The sentences held since text ``since`` are looked through in so many ``parts``, which bounds the memory.
    """
    db.execute("create or replace temp table marked (hash ubigint)")
    for part in range(parts):
        db.execute(BOILERPLATE.format(part=part, parts=parts, first=first, sentences=held_since("sentences", since)))
    # How a sentence is worded is not in the tables: it is asked of one text that holds it.
    holders = db.execute(
        "select text, list(number) from ("
        "select min(text) as text, arg_min(number, text) as number from sentences semi join marked using (hash)"
        " where hash not in (select hash from boilerplate) group by hash) group by text order by text"
    ).fetchall()
    for start in range(0, len(holders), _HOLDERS):
        some = dict(holders[start : start + _HOLDERS])
        sentences = sentences_of(list(some))
        worded = [" ".join(sentences[text][number].run_units) for text in some for number in some[text]]
        db.execute("create or replace temp table worded as select unnest($1) as units", [worded])
        runs = runs_of("worded", "1 as one", "units")
        db.execute(f"insert into boilerplate_runs select distinct hash from ({runs})")
    db.execute(
        "insert into boilerplate select hash from marked where hash not in (select hash from boilerplate);"
        "drop table marked"
    )
