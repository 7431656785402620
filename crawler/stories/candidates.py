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

import duckdb

from crawler.stories.wording import Wording

FORM = 1
"""Number of the tables' form: an index of another form is made again."""
RUN = 4
"""Units in a run: a rewrite keeps runs of four words, a chance report of the same event shares few."""
_SAMPLED = 2
"""One run in so many is kept."""
_CENTRES = 12
"""A run that more texts share leads from each to the first so many of them and not to all."""
_COMMON = 2000
"""A run in more texts is a phrase and leads nowhere."""
_LEAST, _LEAST_SHARE = 2, 0.02
"""Sampled runs, and the share of the shorter text's, that make two texts candidates."""
_SURE, _SURE_RUNS = 0.4, 40
"""Share of the shorter text's runs outside quotations from which on two texts surely hang together, and their number
before sampling."""
_LITTLE, _HOLDERS, _HOLDING = 0.35, 20, 5
"""A sentence is boilerplate where its holders have less than this in common. So many are looked at, and so many of them
taken for the one that the others might have copied."""
_PART = 40_000_000
"""Runs that are joined at a time: what bounds the memory."""

_TABLES = """
create table if not exists form (number integer);
create table if not exists texts (text integer, key varchar, digest varchar, article varchar);
create table if not exists sizes (text integer, sentences integer, runs integer, own_runs integer);
create table if not exists sentences (text integer, number integer, hash ubigint);
create table if not exists runs (text integer, hash ubigint, own boolean);
create table if not exists boilerplate (hash ubigint);
create table if not exists boilerplate_runs (hash ubigint);
create temp table latest (hash ubigint, units varchar);
create table if not exists related (one integer, other integer);
create table if not exists kept (members varchar, content varchar);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A text on its way into the tables: what it is known by, and whatever its owner wants back."""

    key: str
    digest: str
    article: str
    sentences: Sequence[Wording]


class Candidates:
    """The tables. Raises ``duckdb.Error`` where the file is no database of ours or can't be written."""

    def __init__(self, path: Path | None, memory: str, threads: int) -> None:
        self.db = duckdb.connect(str(path or ":memory:"), config={"memory_limit": memory, "threads": threads})
        self.db.execute("set preserve_insertion_order = false")
        self.db.execute(_TABLES)
        self.next = int(self._one("select coalesce(max(text) + 1, 0) from texts"))

    def known(self, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Number and digest of the texts that are stored under ``keys``."""
        rows = self._all("select key, text, digest from texts where key in (select unnest($1))", [list(keys)])
        return {key: (text, digest) for key, text, digest in rows}

    def drop(self, texts: Sequence[int]) -> None:
        """Forget texts, and with whom they were related."""
        for table in ("texts", "sizes", "sentences", "runs"):
            self.db.execute(f"delete from {table} where text in (select unnest($1))", [list(texts)])
        self.db.execute(
            "delete from related where one in (select unnest($1)) or other in (select unnest($1))", [list(texts)]
        )

    def add(self, stored: Sequence[Stored]) -> list[int]:
        """Store texts; they are compared by :meth:`compare`."""
        numbers = list(range(self.next, self.next + len(stored)))
        self.next += len(stored)
        rows = [
            (number, at, sentence.plain, " ".join(sentence.run_units), " ".join(sentence.own_run_units))
            for number, text in zip(numbers, stored, strict=True)
            for at, sentence in enumerate(text.sentences)
        ]
        db = self.db
        db.execute(
            "insert into texts select unnest($1), unnest($2), unnest($3), unnest($4)",
            [numbers, *([getattr(text, field) for text in stored] for field in ("key", "digest", "article"))],
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
            insert into latest select hash(plain), units from fresh;
            create or replace temp table fresh_runs as
            select text, hash, bool_or(own) as own from (
                select text, hash, plain as own from ({_runs("fresh", "text, units = own as plain", "units")}) union all
                select text, hash, true as own from (
                    {_runs("(select text, own from fresh where own <> units)", "text", "own")}
                )
            ) group by text, hash;
            insert into runs select * from fresh_runs;
            insert into sizes
                select text, count, coalesce(runs, 0), coalesce(own, 0)
                from (select text, count(distinct plain) as count from fresh group by text)
                left join (select text, count(*) as runs, count(*) filter (own) as own from fresh_runs group by text)
                using (text);
            drop table fresh_runs; drop table fresh;
            """
        )

    def compare(self, first: int) -> None:
        """Find the candidates among the texts from number ``first`` on and all others.

        Those that surely hang together are noted as related; :meth:`doubtful` gives the others.
        """
        db = self.db
        parts = 1 + int(self._one("select count(*) from runs")) // _PART
        self._mark_boilerplate(first, parts)
        db.execute("create or replace temp table shared (one integer, other integer, runs integer, own integer)")
        for part in range(parts):
            db.execute(_SHARED.format(part=part, parts=parts, first=first))
        db.execute(
            f"""
            create or replace temp table pairs as
            select one, other, sum(s.runs) as runs, sum(own) as own,
                least(a.runs, b.runs) as least, least(a.own_runs, b.own_runs) as least_own
            from shared s join sizes a on a.text = one join sizes b on b.text = other
            group by one, other, a.runs, b.runs, a.own_runs, b.own_runs
            having sum(s.runs) >= greatest({_LEAST}, {_LEAST_SHARE} * least(a.runs, b.runs));
            drop table shared;
            create or replace temp table doubtful as select row_number() over (order by one, other) as place, one, other
            from pairs where not {_IS_SURE};
            insert into related select one, other from pairs where {_IS_SURE};
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

    def related(self) -> Iterator[tuple[int, int]]:
        """All pairs that hang together."""
        found = self.db.cursor().execute("select one, other from related order by one, other")
        while rows := found.fetchmany(10_000):
            yield from rows

    def articles(self, texts: Iterable[int]) -> dict[int, str]:
        """What was stored with each of ``texts``."""
        return dict(self._all("select text, article from texts where text in (select unnest($1))", [list(texts)]))

    def boilerplate(self, texts: Iterable[int]) -> dict[int, set[int]]:
        """Numbers of the sentences of each of ``texts`` that are boilerplate; of repeated ones the first."""
        rows = self._all(
            "select text, number from sentences where text in (select unnest($1))"
            " and hash in (select hash from boilerplate)",
            [list(texts)],
        )
        found: dict[int, set[int]] = {}
        for text, number in rows:
            found.setdefault(text, set()).add(number)
        return found

    def kept(self, members: str) -> str | None:
        """What :meth:`keep` was given for this story."""
        rows = self._all("select content from kept where members = $1", [members])
        return rows[0][0] if rows else None

    def keep(self, members: str, content: str) -> None:
        """Keep what was made of a story, until :meth:`forget`."""
        self.db.execute("insert into kept values ($1, $2)", [members, content])

    def forget(self, but: Sequence[str]) -> None:
        """Drop what was kept of stories other than these."""
        self.db.execute("delete from kept where members not in (select unnest($1::varchar[]))", [list(but)])

    def close(self) -> None:
        """Write what is not yet written, and let go of the file."""
        self.db.close()

    def _mark_boilerplate(self, first: int, parts: int) -> None:
        self.db.execute("create or replace temp table marked (hash ubigint)")
        for part in range(parts):
            self.db.execute(_BOILERPLATE.format(part=part, parts=parts, first=first))
        units = _runs("(select distinct * from latest semi join marked using (hash))", "hash as sentence", "units")
        self.db.execute(
            f"""
            insert into boilerplate select hash from marked where hash not in (select hash from boilerplate);
            insert into boilerplate_runs select distinct hash from ({units});
            drop table marked;
            truncate latest;
            """
        )

    def _one(self, query: str) -> Any:
        return self._all(query)[0][0]

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        return self.db.execute(query, values).fetchall()


def _runs(table: str, holder: str, column: str) -> str:
    """A query for the sampled runs in a column of units, with who holds them."""
    name = ", ".join(one.split()[-1] for one in holder.split(", "))
    units = ", ".join(f"units[start + {place}]" for place in range(RUN))
    return (
        f"select {name}, unnest(list_filter("
        f"list_transform(range(1, len(units) - {RUN - 2}), lambda start: hash({units})),"
        f" lambda run: run % {_SAMPLED} = 0)) as hash"
        f" from (select {holder}, string_split({column}, ' ') as units from {table})"
    )


_IS_SURE = f"(own >= {_SURE} * least_own and own * {_SAMPLED} >= {_SURE_RUNS})"
# Texts are numbered in the order of arrival, so the first holders of a run are the same for all later ones.
_SHARED = f"""
insert into shared
with part as (select * from runs where (hash // 64) % {{parts}} = {{part}}),
few as (
    select hash from part anti join boilerplate_runs using (hash)
    group by hash having count(*) between 2 and {_COMMON} and max(text) >= {{first}}
),
ranked as (
    select text, hash, own, row_number() over (partition by hash order by text) as place
    from part semi join few using (hash)
)
select a.text, b.text, count(*), count(*) filter (a.own and b.own)
from ranked a join ranked b on a.hash = b.hash and a.text < b.text
where a.place <= {_CENTRES} and b.text >= {{first}}
group by a.text, b.text
"""
_BOILERPLATE = f"""
insert into marked
with part as (select * from sentences where (hash // 64) % {{parts}} = {{part}}),
often as (select hash from part group by hash having count(*) > 2 and max(text) >= {{first}}),
held as (
    select holders, list(hash) as hashes from (
        select hash, list(text order by text)[1:{_HOLDERS}] as holders
        from part semi join often using (hash) group by hash
    ) group by holders
),
numbered as (select row_number() over () as id, holders, hashes from held),
beside as (
    select id, centre, unnest(holders) as other
    from (select id, holders, unnest(holders[1:{_HOLDING}]) as centre from numbered)
),
asked as (select distinct centre, other from beside where centre <> other),
common as (
    select centre, other, count(*) as common
    from asked join sentences a on a.text = centre join sentences b on b.text = other and a.hash = b.hash
    group by centre, other
),
likeness as (
    select id, centre, avg((common - 1) / greatest(1, least(x.sentences, y.sentences) - 1)) as mean
    from beside join common using (centre, other) join sizes x on x.text = centre join sizes y on y.text = other
    group by id, centre
)
select unnest(hashes) from numbered join (select id from likeness group by id having max(mean) < {_LITTLE}) using (id)
"""
