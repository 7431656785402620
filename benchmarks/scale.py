"""How long a million articles take to be clustered, and in how much memory.

    python benchmarks/scale.py [--articles N] [--copied SHARE] [--memory GB] [--folder DIR]

Texts are made of invented words in the database itself, so that making them costs little and is not counted: stories of
18 sentences of 22 words drawn as words are in any language (few often, most seldom); a share of the articles are copies
in families of two to seven, of them a half word for word with a line of their own, a quarter excerpts of a third, and a
quarter rewrites in which every seventh word is another and the order is shuffled. All carry a line of boilerplate of
their outlet. Then the runs are sampled, the candidates joined, and the doubtful ones aligned, as for real articles.
The clustering time leaves out what is done once to each article as it is captured (its sentences and words, about a
millisecond), and the trees of the stories. Printed are the seconds of each step and those of the processors, the peak
of resident memory, and the pairs found of those that are true. On a machine that others use, the processors' seconds
are what can be compared: two cores share those of the database, one core takes all of the alignment's.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.model import Article, Outcome
from crawler.stories.candidates import Candidates
from crawler.stories.relate import Text, hang_together
from crawler.stories.sentences import split_sentences
from crawler.stories.wording import word_sentences

SENTENCES, WORDS, FAMILY = 18, 22, 4

# A copy takes the sentences of the first article of its family; `kind` says what it does to them.
_ARTICLES = """
create temp table made as
select text::integer as text,
    case when hash(text // {family}) % 1000 < {copied} * 1000 then text // {family} * {family} else text end as story,
    case when text % {family} = 0 then 0 else 1 + hash(text) % 4 end as kind
from range({first}, {last}) t(text)
"""
_SENTENCES = f"""
create temp table fresh as
select text, number::smallint as number, plain, plain as units, plain as own from (
    select text, number, array_to_string(list_transform(range({WORDS}), lambda place:
        'w' || (pow((hash(
            case when kind = 4 and hash(text::bigint * 7919 + number * 31 + place) % 7 = 0
            then text::bigint + 500000000 else story::bigint end
            * 1000 + place +
            case when kind = 4 and story <> text then (number * 7 + text) % {SENTENCES} else number end * 40
        ) % 1000000) / 1e6, 3) * 80000)::integer), ' ') as plain
    from made, range({SENTENCES}) u(number)
    where kind <> 3 or story = text or number < {SENTENCES} // 3
    union all
    select text, case when kind = 3 and story <> text then {SENTENCES} // 3 else {SENTENCES} end,
        'follow outlet ' || text % 200 || ' on all channels for news and analysis every morning'
    from made
)
"""


class Spent:
    """Seconds that passed, and those of all processors together, within its ``with`` blocks."""

    def __init__(self) -> None:
        self.passed = self.processors = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *error: object) -> None:
        self.passed += time.perf_counter() - self._began[0]
        self.processors += time.process_time() - self._began[1]


def make(tables: Candidates, first: int, last: int, copied: float) -> None:
    tables.db.execute("drop table if exists made; drop table if exists fresh")
    tables.db.execute(_ARTICLES.format(family=FAMILY, copied=copied, first=first, last=last))
    tables.db.execute(_SENTENCES)
    tables.db.execute(
        "insert into texts"
        " select text, text::varchar, '', string_agg(plain, chr(10) order by number), hash(text), hash(text % 200)"
        " from fresh group by text"
    )
    tables.next = last


def text_of(number: int, stored: str) -> Text:
    article = Article(f"https://o{number % 200}.example/{number}", None, Outcome.ARTICLE, text=stored)
    return Text(article, word_sentences(split_sentences(stored)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--copied", type=float, default=0.3, help="share of the articles that are in families")
    parser.add_argument("--memory", default="3GB", help="what the database may take")
    parser.add_argument("--folder", type=Path, help="where the index is written (default: a temporary folder)")
    options = parser.parse_args()
    with TemporaryDirectory(dir=options.folder) as folder:
        measure(Path(folder) / "stories.duckdb", options.articles, options.copied, options.memory)


def measure(path: Path, count: int, copied: float, memory: str) -> None:
    tables = Candidates(path)
    tables.db.execute(f"set memory_limit = '{memory}'")

    def texts_of(numbers: Iterable[int]) -> dict[int, Text]:
        return {number: text_of(number, text) for number, text in tables.articles(numbers).items()}

    spent = {step: Spent() for step in ("making the texts", "sampling runs", "candidates", "alignment")}
    at_once = 50_000
    for first in range(0, count, at_once):
        with spent["making the texts"]:
            make(tables, first, min(count, first + at_once), copied)
        with spent["sampling runs"]:
            tables.take_fresh()
    with spent["candidates"]:
        tables.compare(0, lambda numbers: {number: text.sentences for number, text in texts_of(numbers).items()})
    doubtful = 0
    with spent["alignment"]:
        for pairs in tables.doubtful(1000):
            doubtful += len(pairs)
            texts = texts_of({number for pair in pairs for number in pair})
            tables.relate([pair for pair in pairs if hang_together(texts[pair[0]], texts[pair[1]])])
    report(tables, count, copied, spent, doubtful, path)


def report(tables: Candidates, count: int, copied: float, spent: dict[str, Spent], doubtful: int, path: Path) -> None:
    related = list(tables.related())
    wrong = [pair for pair in related if pair[0] // FAMILY != pair[1] // FAMILY]
    of_original = {pair for pair in related if pair[0] % FAMILY == 0 and pair[0] // FAMILY == pair[1] // FAMILY}
    families = tables.db.execute(
        f"select count(*) from range({count}) t(text) where text % {FAMILY} <> 0"
        f" and hash(text // {FAMILY}) % 1000 < {copied} * 1000"
    ).fetchall()[0][0]
    for step, times in spent.items():
        print(f"{step:18}{times.passed:8.1f} s, {times.processors:7.1f} s of processors")
    steps = [times for step, times in spent.items() if step != "making the texts"]
    passed, processors = sum(times.passed for times in steps), sum(times.processors for times in steps)
    print(f"{'clustering':18}{passed:8.1f} s, {processors:7.1f} s of processors, for {count:,} articles")
    print(f"{doubtful:,} pairs needed an alignment")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, ", end="")
    print(f"index {path.stat().st_size / 1e9:.2f} GB on disk")
    print(f"{len(of_original) / max(1, families):.4f} of {families:,} copies tied to their original,", end=" ")
    print(f"{len(wrong)} of {len(related):,} pairs wrong")


if __name__ == "__main__":
    main()
