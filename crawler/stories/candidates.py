"""Pairs of texts that may hang together, found in DuckDB: runs of words and whole sentences that few texts share.

The tables lie in one file, or in memory, and grow with every text; nothing is read again for what was compared before.
Runs are sampled by their hash, so that the same runs are kept of every text and the share that two texts have in common
stays what it is (Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from crawler.stories.apart import Worded
from crawler.stories.boilerplate import SentencesOf, boilerplate_of, mark_boilerplate
from crawler.stories.candidate_queries import IS_CANDIDATE, IS_SURE, PART, SHARED, TABLES, held_since, runs_of

FORM = 7
"""Number of the tables' form: an index of another form is made again."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "3GB", "threads": 2}
"""Of DuckDB, which else takes four fifths of the machine's memory and all its cores; what is more goes to the disk."""

_FEW = 4
"""Where the new texts have less than this part of all runs, only what they hold is looked for."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A text on its way into the tables: what it is known by, where it stands, and whatever its owner wants back."""

    key: str
    digest: str
    article: str
    page: str
    """Its address, and the site of that."""
    site: str
    sentences: Sequence[Worded]


class Candidates:
    """The tables. Raises ``duckdb.Error`` where the file is no database of ours or can't be written."""

    def __init__(self, path: Path | None) -> None:
        self.db = duckdb.connect(str(path or ":memory:"), config=_CONFIG)
        self.db.execute("set preserve_insertion_order = false")
        self.db.execute(TABLES)
        self.next = int(self._one("select coalesce(max(text) + 1, 0) from texts"))

    def begin(self) -> bool:
        """Note of tables that nothing was put into what form they have; False where they are of another."""
        if self.next or self._all("from form"):
            return False
        self.db.execute("insert into form values ($1, $2)", [FORM, uuid4().hex])
        return True

    def is_whole(self) -> bool:
        """Whether the tables are of this form, and all texts that are in them were compared."""
        return [number for (number,) in self._all("select number from form")] == [FORM] and self.settled()

    @property
    def made(self) -> str:
        """Tells these tables from others that were made of the same texts, whose numbers are others."""
        return str(self._one("select made from form"))

    def unsettle(self) -> None:
        """Note that texts come in, or go, which are not compared yet: whoever finds the note has half an index."""
        self.db.execute("insert into unsettled select true where not exists (from unsettled)")

    def settle(self) -> None:
        """Note that all texts are compared."""
        self.db.execute("delete from unsettled")

    def settled(self) -> bool:
        """Whether all texts that are here were compared."""
        return not self._all("from unsettled")

    def known(self, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Number and digest of the texts that are stored under ``keys``."""
        rows = self._all("select key, text, digest from texts where key in (select unnest($1))", [list(keys)])
        return {key: (text, digest) for key, text, digest in rows}

    def drop(self, texts: Sequence[int]) -> None:
        """Forget texts, and with whom they were related; all that hung together with them is untold."""
        self._find_near("select unnest($1)", [list(texts)])
        self.db.execute("insert into untold select text from near")
        for table in ("texts", "sizes", "sentences", "runs"):
            self.db.execute(f"delete from {table} where text in (select unnest($1))", [list(texts)])
        for table in ("related", "kept"):
            self.db.execute(
                f"delete from {table} where one in (select unnest($1)) or other in (select unnest($1))", [list(texts)]
            )

    def add(self, stored: Sequence[Stored]) -> list[int]:
        """Store texts; they are compared by :meth:`compare`."""
        numbers = list(range(self.next, self.next + len(stored)))
        self.next += len(stored)
        rows = [
            (number, at, *sentence)
            for number, text in zip(numbers, stored, strict=True)
            for at, sentence in enumerate(text.sentences)
        ]
        db = self.db
        db.execute("insert into untold select unnest($1)", [numbers])
        db.execute(
            "insert into texts select unnest($1), unnest($2), unnest($3), unnest($4),"
            " hash(unnest($5)), hash(unnest($6))",
            [
                numbers,
                *([getattr(text, name) for text in stored] for name in ("key", "digest", "article", "page", "site")),
            ],
        )
        if rows:
            db.execute(
                "create or replace temp table fresh as select unnest($1) as text, unnest($2) as number,"
                " unnest($3) as plain, unnest($4) as units, unnest($5) as own",
                [list(column) for column in zip(*rows, strict=True)],
            )
            self.take_fresh()
        return numbers

    def take_fresh(self) -> None:
        """Break the sentences of the temporary table ``fresh`` into runs."""
        self.db.execute(
            f"""
            insert into sentences select text, min(number), hash(plain) as h from fresh group by text, h;
            create or replace temp table fresh_runs as
            {runs_of("fresh", "text, true as own", "units", "own = units")}
            union all by name select text, bool_or(own) as own, hash from (
                {runs_of("fresh", "text, false as own", "units", "own <> units")}
                union all {runs_of("fresh", "text, true as own", "own", "own <> units")}
            ) group by text, hash;
            insert into runs by name select * from fresh_runs;
            insert into sizes
                select text, count, coalesce(runs, 0), coalesce(own, 0)
                from (select text, count(distinct plain) as count from fresh group by text)
                left join (select text, count(*) as runs, count(*) filter (own) as own from fresh_runs group by text)
                using (text);
            drop table fresh_runs; drop table fresh;
            """
        )

    def compare(self, first: int, sentences_of: SentencesOf) -> None:
        """Find the candidates among the texts from number ``first`` on and all others.

        ``sentences_of`` gives the sentences of texts by their numbers. Those that surely hang together are noted as
        related; :meth:`doubtful` gives the others.
        """
        db = self.db
        held, new = (int(self._one(f"select count(*) from runs where text >= {start}")) for start in (0, first))
        since = first if _FEW * new < held else 0
        parts = 1 + (new if since else held) // PART
        mark_boilerplate(db, first, since, parts, sentences_of)
        db.execute(
            "create or replace temp table shared (one integer, other integer, runs integer, own integer, rare integer)"
        )
        for part in range(parts):
            db.execute(SHARED.format(part=part, parts=parts, first=first, runs=held_since("runs", since)))
        db.execute(
            f"""
            create or replace temp table pairs as
            select one, other, sum(s.runs) as runs, sum(own) as own,
                least(a.runs, b.runs) as least, least(a.own_runs, b.own_runs) as least_own
            from shared s join sizes a on a.text = one join sizes b on b.text = other
            group by one, other, a.runs, b.runs, a.own_runs, b.own_runs
            having {IS_CANDIDATE};
            drop table shared;
            create or replace temp table doubtful as select row_number() over (order by one, other) as place, one, other
            from pairs where not {IS_SURE};
            insert into related select one, other from pairs where {IS_SURE};
            drop table pairs;
            """
        )

    def doubtful(self, at_once: int) -> Iterator[list[tuple[int, int]]]:
        """Candidates of the last comparison that only an alignment can decide, some at a time."""
        count = int(self._one("select count(*) from doubtful"))
        for start in range(0, count, at_once):
            rows = self._all(
                "select one, other from doubtful where place > $1 and place <= $2 order by place",
                [start, start + at_once],
            )
            yield [(one, other) for one, other in rows]

    def relate(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Note that these texts hang together."""
        if pairs:
            self.db.execute(
                "insert into related select unnest($1), unnest($2)", list(map(list, zip(*pairs, strict=True)))
            )

    def related(self, *, untold: bool = False) -> Iterator[tuple[int, int]]:
        """All pairs that hang together; with ``untold`` those alone that lead to a text of :meth:`untold`."""
        if untold:
            self._find_near("from untold")
            yield from self._all("select one, other from related semi join near on one = text order by one, other")
            return
        found = self.db.cursor().execute("select one, other from related order by one, other")
        while rows := found.fetchmany(10_000):
            yield from rows

    def untold(self) -> list[int]:
        """The texts that came, changed or went since :meth:`tell`, and those that had hung together with what went."""
        return [text for (text,) in self._all("select distinct text from untold order by text")]

    def untell(self) -> None:
        """Take all texts for untold."""
        self.db.execute("insert into untold select text from texts")

    def tell(self) -> None:
        """Note that whoever asks for :meth:`untold` has no more use for them."""
        self.db.execute("delete from untold")

    def articles(self, texts: Iterable[int]) -> dict[int, str]:
        """What was stored with each of ``texts``."""
        return dict(self._all("select text, article from texts where text in (select unnest($1))", [list(texts)]))

    def boilerplate(self, texts: Iterable[int]) -> dict[int, set[int]]:
        """Numbers of the sentences of each of ``texts`` that are boilerplate; of repeated ones the first."""
        return boilerplate_of(self.db, texts)

    def close(self) -> None:
        """Write what is not yet written, and let go of the file."""
        self.db.close()

    def _find_near(self, texts: str, values: Sequence[Any] = ()) -> None:
        """Make the temporary table ``near`` of texts, and of all that hang together with them."""
        query = f"create or replace temp table near as select distinct * from ({texts}) as given (text)"
        self.db.execute(query, values)
        known = -1
        while (count := int(self._one("select count(*) from near"))) > known:
            known = count
            self.db.execute(
                "insert into near select text from ("
                "select other as text from related semi join near on one = text union"
                " select one from related semi join near on other = text) anti join near using (text)"
            )

    def _one(self, query: str) -> Any:
        return self._all(query)[0][0]

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        return self.db.execute(query, values).fetchall()
