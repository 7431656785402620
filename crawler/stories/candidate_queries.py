"""The queries behind the candidates: tables, runs and their sampling, what is shared, what is boilerplate."""

from __future__ import annotations

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
_SHORT, _RARE = 40, 4
"""Sampled runs of a text up to which one is enough, where so few texts have it: a rewritten brief keeps hardly any."""
_SURE, _SURE_RUNS = 0.4, 40
"""Share of the shorter text's runs outside quotations from which on two texts surely hang together, and their number
before sampling."""
_LITTLE, _HOLDERS, _HOLDING = 0.35, 20, 5
"""A sentence is boilerplate where its holders have less than this in common. So many are looked at, and so many of them
taken for the one that the others might have copied."""
_MANY, _NOTICES, _BEGIN_OTHERWISE, _SITES = 12, 0.8, 0.9, 0.5
"""Holders from which on it is boilerplate too where they have less than this in common, so many are pages of their own
that begin otherwise, and they are of no more sites than this part: short reports of a house may have more notices than
sentences of their own. Papers that print one story below lines of their own are of as many sites, and captures of one
page that is written on are of one page."""
PART = 40_000_000
"""Runs that are joined at a time: what bounds the memory."""

TABLES = """
create table if not exists form (number integer, made varchar);
create table if not exists unsettled (yes boolean);
create table if not exists texts (
    text integer, key varchar, digest varchar, article varchar, page ubigint, site ubigint
);
create table if not exists sizes (text integer, sentences integer, runs integer, own_runs integer);
create table if not exists sentences (text integer, number integer, hash ubigint);
create table if not exists runs (text integer, hash ubigint, own boolean);
create table if not exists boilerplate (hash ubigint);
create table if not exists boilerplate_runs (hash ubigint);
create table if not exists related (one integer, other integer);
create table if not exists untold (text integer);
create table if not exists kept (one integer, other integer, mark varchar, relation varchar);
"""


def runs_of(table: str, holder: str, column: str, condition: str = "true") -> str:
    """A query for the sampled runs in a column of units, with who holds them; one that recurs comes more than once."""
    name = ", ".join(one.split()[-1] for one in holder.split(", "))
    places = ", ".join(f"unnest(units[{1 + place}:{place - RUN or ''}]) as unit_{place}" for place in range(RUN))
    # Every unit is hashed once: hashing each run of strings takes twice as long.
    return f"""
        select {name}, hash from (
            select {name}, hash({", ".join(f"unit_{place}" for place in range(RUN))}) as hash from (
                select {name}, {places} from (
                    select {holder}, list_transform(string_split({column}, ' '), lambda unit: hash(unit)) as units
                    from {table} where {condition}
                ) where len(units) >= {RUN}
            )
        ) where hash % {_SAMPLED} = 0
    """


def held_since(table: str, first: int) -> str:
    """A query for the rows of a table whose hash one of the texts from number ``first`` on has.

    Looking for few hashes among many takes a hundredth of the time that grouping all by their hash does.
    """
    if not first:
        return table
    return f"(select {table}.* from {table} semi join (select hash from {table} where text >= {first}) using (hash))"


IS_CANDIDATE = (
    f"(sum(s.runs) >= greatest({_LEAST}, {_LEAST_SHARE} * least(a.runs, b.runs))"
    f" or (sum(rare) > 0 and least(a.runs, b.runs) <= {_SHORT}))"
)
IS_SURE = f"(own >= {_SURE} * least_own and own * {_SAMPLED} >= {_SURE_RUNS})"
# Texts are numbered in the order of arrival, so the first holders of a run are the same for all later ones.
SHARED = f"""
insert into shared
with part as not materialized (select * from {{runs}} where (hash // 64) % {{parts}} = {{part}}),
few as (
    select hash, holders <= {_RARE} as rare from (
        select hash, count(*) as holders from part group by hash
        having count(*) between 2 and {_COMMON} and max(text) >= {{first}}
    ) anti join boilerplate_runs using (hash)
),
ranked as (
    select text, hash, rare, bool_or(own) as own, row_number() over (partition by hash order by text) as place
    from part join few using (hash) group by text, hash, rare
)
select a.text, b.text, count(*), count(*) filter (a.own and b.own), count(*) filter (a.rare)
from ranked a join ranked b on a.hash = b.hash and a.text < b.text
where a.place <= {_CENTRES} and b.text >= {{first}}
group by a.text, b.text
"""
BOILERPLATE = f"""
insert into marked
with part as not materialized (select * from {{sentences}} where (hash // 64) % {{parts}} = {{part}}),
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
begun as (
    select id from (select id, unnest(holders) as text from numbered where len(holders) >= {_MANY})
    join (select text, hash from sentences where number = 0) using (text) join texts using (text)
    group by id
    having least(count(distinct hash), count(distinct page)) >= {_BEGIN_OTHERWISE} * count(*)
        and count(distinct site) <= {_SITES} * count(*)
),
likeness as (
    select id, centre, avg((common - 1) / greatest(1, least(x.sentences, y.sentences) - 1)) as mean
    from beside join common using (centre, other) join sizes x on x.text = centre join sizes y on y.text = other
    group by id, centre
)
select unnest(hashes) from numbered join (select id from likeness group by id having max(mean) < {_LITTLE}
    union select id from likeness semi join begun using (id) group by id having max(mean) < {_NOTICES}
) using (id)
"""
