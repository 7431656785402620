"""How well copies are found, aligned and put in order: a generated benchmark over real articles.

    python benchmarks/copies.py PAGES [--limit N] [--seed N] [--show N]

PAGES is a folder with truth.jsonl: a JSON object a line with at least ``id``, ``url`` and ``text``. From its texts come
excerpts, shuffles, paraphrases, deep rewrites, briefs, localisations, updates, mixtures and roundups, each with the
truth of every sentence (rewriting.py), and hard negatives: other texts on the same subject, one boilerplate under all
texts, two halves of one report that share every name and no sentence, two reports that quote one statement and one
person, instalments of a series with one background, live blogs with the same entries. Beside it, in the same run,
MinHash-LSH and SimHash, where ``pip install datasketch simhash`` was run in the environment (one of its own; the
project needs neither).

A generator knows its own tricks. Numbers from here say that nothing broke; that rewrites by people are found is for the
real ones to show.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import rewriting

from crawler.model import Article, Image, Organization, Outcome
from crawler.stories import align, find_stories
from crawler.stories.sentences import split_sentences
from crawler.stories.wording import words_of

KINDS: dict[str, tuple[rewriting.Rule, ...]] = {
    "verbatim": (),
    "excerpt": (rewriting.excerpt,),
    "shuffle": (rewriting.thin, rewriting.shuffle),
    "paraphrase": (rewriting.paraphrase,),
    "shuffled paraphrase": (rewriting.thin, rewriting.paraphrase, rewriting.shuffle),
    "paraphrased excerpt": (rewriting.excerpt, rewriting.paraphrase),
    "deep rewrite": (rewriting.thin, rewriting.deep, rewriting.shuffle),
    "brief": (rewriting.telegraphic, rewriting.paraphrase),
    "localisation": (rewriting.localise,),
    "update": (rewriting.update,),
}
ROUNDUP = "roundup"
QUOTES = [
    "We have looked at this from every side and there is simply no cheaper way to get it done before the winter comes",
    "If you ask ten of my colleagues you will hear eleven answers, and the twelfth turns out to be right",
    "Nobody should be surprised by this, because we have been saying the same thing in every meeting for six years",
]
BOILERPLATE = [
    "Sign up for our morning briefing and get the stories that matter in your inbox every day.",
    "Follow us on all channels for more news, analysis and opinion from our reporters around the world.",
]


@dataclass(frozen=True)
class Copy:
    kind: str
    sources: tuple[Article, ...]
    article: Article
    links: frozenset[tuple[int, int]]
    """Truth for copies of one source: number of the copy's sentence, number of the source's."""


def read_texts(folder: Path, limit: int | None) -> list[tuple[str, str, list[str]]]:
    """Address, title and sentences of every text of at least eight sentences, each once and cut to forty."""
    found, seen = [], set[tuple[str, ...]]()
    for row in map(json.loads, (folder / "truth.jsonl").read_text("utf-8").split("\n")[:-1]):
        sentences = [one for one in split_sentences(row.get("text") or "") if len(one) > 25]
        # What the splitter does to a sentence on its own must be what it did in the text.
        sentences = [one for one in dict.fromkeys(sentences) if split_sentences(one) == [one]][:40]
        # Some pages are in the folder twice, as two captures or on two sites, or are one form filled in twice.
        words = words_of(" ".join(sentences))
        runs = set(zip(*(words[at:] for at in range(6)), strict=False))
        again = len(runs & seen) > 0.03 * len(runs)
        seen |= runs
        if len(sentences) >= 8 and not again:
            found.append((row["url"], row.get("headline") or "", sentences))
    return found[:limit]


def originals(texts: Sequence[tuple[str, str, list[str]]], random: Random) -> list[Article]:
    made = []
    for number, (url, headline, sentences) in enumerate(texts):
        outlet = f"Outlet {number % 40}"
        when = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=random.randrange(8000))
        made.append(
            Article(
                url=f"https://o{number % 40}.example/{number}?from={url}",
                captured_at="2031-06-01T00:00:00Z",
                outcome=Outcome.ARTICLE,
                headline=headline,
                publisher=Organization(outlet),
                date_published=when.isoformat(),
                authors=(f"Writer {number}",) if random.random() < 0.7 else (),
                images=(Image(url="https://img.example/1", credit="A. Person"),) if random.random() < 0.5 else (),
                text="\n\n".join(sentences),
            )
        )
    return made


def copy_of(source: Article, kind: str, number: int, random: Random) -> Copy:
    made = rewriting.verbatim(split_sentences(source.text or ""))
    for rule in KINDS[kind]:
        made = rule(made, random)
    placed = [(split_sentences(one.text), one.sources) for one in made]
    links, texts = set(), []
    for pieces, sources in placed:
        links.update((len(texts) + at, origin) for at in range(len(pieces)) for origin in sources)
        texts += pieces
    return Copy(kind, (source,), _published(source, texts, f"https://copy.test/{number}", random), frozenset(links))


def mixture(one: Article, other: Article, number: int, random: Random) -> Copy:
    halves = [rewriting.excerpt(rewriting.verbatim(split_sentences(text.text or "")), random) for text in (one, other)]
    texts = [made.text for half in halves for made in half]
    later = max(one, other, key=lambda article: article.date_published or "")
    return Copy("mixture", (one, other), _published(later, texts, f"https://mix.test/{number}", random), frozenset())


def roundup(source: Article, others: Sequence[Article], number: int, random: Random) -> Copy:
    """A fifth of the source, in other words, within a page of passages from elsewhere."""
    sentences = split_sentences(source.text or "")
    start = random.randrange(max(1, len(sentences) - len(sentences) // 4))
    taken = rewriting.verbatim(sentences)[start : start + max(3, round(len(sentences) * 0.22))]
    made = [split_sentences(one.text) for one in rewriting.paraphrase(taken, random)]
    # One sentence of each other text: too little of it to be its copy.
    passages = [split_sentences(other.text or "")[2:3] for other in others]
    texts = [*(one for passage in passages for one in passage), *(piece for pieces in made for piece in pieces)]
    return Copy(ROUNDUP, (source,), _published(source, texts, f"https://roundup.test/{number}", random), frozenset())


def _published(source: Article, texts: Sequence[str], url: str, random: Random) -> Article:
    """A copier's page: later by minutes to days, or without a date; crediting or not."""
    texts = list(texts)
    when = datetime.fromisoformat(source.date_published or "") + timedelta(
        minutes=random.choice([20, 90, 400, 2000, 6000])
    )
    date = random.choice([when.isoformat(), when.isoformat(), when.date().isoformat(), None])
    if random.random() < 0.25 and source.publisher:
        texts.append(f"The figures were first reported by {source.publisher.name}.")
    return Article(
        url=url,
        captured_at="2031-06-01T00:00:00Z",
        outcome=Outcome.ARTICLE,
        headline=source.headline,
        publisher=Organization("The Copy Desk") if random.random() < 0.6 else None,
        authors=source.authors if random.random() < 0.4 else (),
        date_published=date,
        original_urls=(source.url,) if source.url and random.random() < 0.1 else (),
        text="\n\n".join(texts),
    )


def halves(texts: Sequence[tuple[str, str, list[str]]], random: Random) -> Iterator[tuple[Article, Article]]:
    """Hard negatives: two reports that share every name and no sentence; half of the pairs share a quotation."""
    for number, (_, headline, sentences) in enumerate(texts):
        quote = [f"“{random.choice(QUOTES)},” said a person at the meeting."] if number % 2 else []
        both = [[*sentences[start::2], *quote] for start in (0, 1)]
        when = "2030-05-05T10:00:00+00:00"
        one, other = (
            Article(f"https://n{side}.example/{number}", None, Outcome.ARTICLE, headline=headline, date_published=when,
                    text="\n\n".join(both[side])) for side in (0, 1)
        )  # fmt: skip
        yield one, other


def series(texts: Sequence[tuple[str, str, list[str]]]) -> Iterator[tuple[Article, ...]]:
    """Hard negatives: instalments of one outlet that all end in the same background, under a tenth of each."""
    for number in range(0, len(texts) - 3, 4):
        background = texts[number][2][-2:]
        size = sum(map(len, background))
        several = [text for text in texts[number + 1 : number + 4] if sum(map(len, text[2])) > 10 * size]
        when = datetime(2030, 3, 1, tzinfo=UTC)
        yield tuple(
            Article(
                f"https://series.example/{number}/{part}", None, Outcome.ARTICLE,
                headline=headline, publisher=Organization("The Weekly Part"),
                date_published=(when + timedelta(days=7 * part)).isoformat(),
                text="\n\n".join([*sentences, *background]),
            )
            for part, (_, headline, sentences) in enumerate(several)
        )  # fmt: skip


def releases(texts: Sequence[tuple[str, str, list[str]]], random: Random) -> Iterator[tuple[Article, Article]]:
    """Hard negatives: two reports of one event, each with its own words, that quote one press release in part, and one
    person at the same table; what they share outside quotation marks is under a tenth."""
    for number, (_, headline, sentences) in enumerate(texts):
        mine, yours = sentences[::2], sentences[1::2]
        shared = random.choice(QUOTES)
        speech = [f"“{quote},” the statement read." for quote in random.sample(QUOTES, 2)]
        two = (
            [*mine[:4], *speech, *mine[4:], f"“{shared},” Rowan Elk told reporters."],
            [f"“{shared},” said Rowan Elk, who signed the statement.", *yours[:3], *reversed(speech), *yours[3:]],
        )
        yield tuple(  # type: ignore[misc]
            Article(f"https://r{side}.example/{number}", None, Outcome.ARTICLE, headline=headline,
                    date_published=f"2030-06-0{side + 1}T10:00:00+00:00", text="\n\n".join(text))
            for side, text in enumerate(two)
        )  # fmt: skip


def live_blogs(sources: Sequence[Article], random: Random) -> Iterator[tuple[Article, Article]]:
    """Hard negatives: two live blogs of one evening with entries of one sentence each from many reports; a tenth of the
    entries is the same, and none holds enough of any report."""
    sentences = [[one for one in split_sentences(source.text or "") if len(one) > 50] for source in sources]
    for number in range(0, len(sources) - 50, 50):
        several = [one for one in sentences[number : number + 50] if len(one) > 12]
        entries = [random.choice(one) for one in several]
        both, left, right = entries[:2], entries[2:24], entries[24:]
        yield tuple(  # type: ignore[misc]
            Article(f"https://live{side}.example/{number}", None, Outcome.ARTICLE, headline="As it happened",
                    text="\n\n".join(random.sample([*both, *own], len(both) + len(own))))
            for side, own in enumerate((left, right))
        )  # fmt: skip


def with_boilerplate(articles: Iterable[Article]) -> list[Article]:
    return [replace(article, text="\n\n".join([article.text or "", *BOILERPLATE])) for article in articles]


def measure_alignment(copies: Sequence[Copy], show: int) -> None:
    scores: dict[str, Counter[str]] = defaultdict(Counter)
    spent = 0.0
    for copy in copies:
        began = time.process_time()
        alignment = align(copy.sources[0], copy.article)
        spent += time.process_time() - began
        found = {(mine, origin) for link in alignment.links for mine in link.copy for origin in link.original}
        count = scores[copy.kind]
        count.update(
            right=len(found & copy.links), wrong=len(found - copy.links), missed=len(copy.links - found), pairs=1
        )
        count[alignment.direction] += 1
        for mine, origin in sorted(found - copy.links)[: max(0, show)]:
            show -= 1
            print("wrong  ", alignment.copy_sentences[mine], "\n    <- ", alignment.original_sentences[origin])
        for mine, origin in sorted(copy.links - found)[: max(0, show)]:
            show -= 1
            print("missed ", alignment.copy_sentences[mine], "\n    <- ", alignment.original_sentences[origin])
    print(f"\n{'sentences of':22}{'pairs':>6}{'precision':>11}{'recall':>8}{'F1':>7}   decided  right")
    for kind, count in [*scores.items(), ("all", sum(scores.values(), Counter()))]:
        precision = count["right"] / max(1, count["right"] + count["wrong"])
        recall = count["right"] / max(1, count["right"] + count["missed"])
        decided = count["original"] + count["copy"]
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{kind:22}{count['pairs']:6}{precision:11.3f}{recall:8.3f}{f1:7.3f}"
            f"   {decided / count['pairs']:7.2f}  {count['original'] / max(1, decided):5.3f}"
        )
    words = (
        sum(len(words_of(article.text or "")) for copy in copies for article in (*copy.sources, copy.article))
        / len(copies)
        / 2
    )
    print(f"aligned {len(copies) / spent:.0f} pairs a second on one core; {words:.0f} words a text on average\n")


def measure_finding(
    corpus: Sequence[Article], copies: Sequence[Copy], negatives: Sequence[tuple[Article, ...]]
) -> None:
    family = {article.url: frozenset([article.url]) for article in corpus}
    for copy in copies:
        family[copy.article.url] = frozenset(source.url for source in copy.sources)
    wanted = [
        (copy.kind, source.url, copy.article.url)
        for copy in copies
        for source in copy.sources
        if _share(copy, source) >= 0.15
    ]
    methods = {"find_stories": _by_stories, "MinHash-LSH": _by_minhash, "SimHash": _by_simhash}
    kinds = sorted({kind for kind, *_ in wanted})
    print(f"{len(corpus)} articles, {len(wanted)} pairs of copy and source, {len(negatives)} hard negatives")
    print(f"{'':16}{'seconds':>8}{'precision':>11}{'recall':>8}   recall by kind")
    for name, method in methods.items():
        began = time.perf_counter()
        try:
            found = method(corpus)
        except ImportError as missing:
            print(f"{name:16}not run: {missing.name} is not installed (pip install datasketch simhash)")
            continue
        spent = time.perf_counter() - began
        false = [pair for pair in found if not family[min(pair)] & family[max(pair)]]
        right = Counter(kind for kind, one, other in wanted if frozenset((one, other)) in found)
        total = Counter(kind for kind, *_ in wanted)
        share = {kind: right[kind] / total[kind] for kind in kinds}
        precision = 1 - len(false) / max(1, len(found))
        print(
            f"{name:16}{spent:8.1f}{precision:11.4f}{right.total() / total.total():8.3f}   "
            + ", ".join(f"{kind} {share[kind]:.2f}" for kind in kinds)
        )
        for pair in sorted(map(sorted, false))[:10] if name == "find_stories" else ():
            print("    false:", *pair)


def _share(copy: Copy, source: Article) -> float:
    """How much of the source's text the copy was made of, by its sentences."""
    if copy.kind == "mixture":
        return 1.0
    if copy.kind == ROUNDUP:
        return 0.2
    sentences = split_sentences(source.text or "")
    used = {origin for _, origin in copy.links}
    return sum(len(sentences[number]) for number in used) / sum(map(len, sentences))


Pairs = set[frozenset[str | None]]


def _by_stories(corpus: Sequence[Article]) -> Pairs:
    found: Pairs = set()
    for story in find_stories(corpus):
        members = [article.url for article in (*((story.original,) if story.original else ()), *story.copies)]
        found.update(frozenset((one, other)) for at, one in enumerate(members) for other in members[at + 1 :])
    return found


def _by_minhash(corpus: Sequence[Article]) -> Pairs:
    from datasketch import MinHash, MinHashLSH

    index, hashes = MinHashLSH(threshold=0.5, num_perm=128), {}
    for article in corpus:
        words = words_of(article.text or "")
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(run).encode() for run in zip(words, words[1:], words[2:], strict=False)])
        index.insert(article.url, sketch)
        hashes[article.url] = sketch
    return {frozenset((url, other)) for url, sketch in hashes.items() for other in index.query(sketch) if other != url}


def _by_simhash(corpus: Sequence[Article]) -> Pairs:
    from simhash import Simhash, SimhashIndex

    hashes = []
    for article in corpus:
        words = words_of(article.text or "")
        hashes.append((article.url, Simhash([" ".join(run) for run in pairwise(words)])))
    index = SimhashIndex(hashes, k=6)
    return {frozenset((url, other)) for url, value in hashes for other in index.get_near_dups(value) if other != url}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pages", type=Path, help="folder with truth.jsonl")
    parser.add_argument("--limit", type=int, help="use the first N texts")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", type=int, default=0, help="print the first N wrong sentence links")
    options = parser.parse_args()
    random = Random(options.seed)
    texts = read_texts(options.pages, options.limit)
    # Every fourth text is kept for halves: the halves and the whole must not be in one corpus.
    kept, cut = [text for at, text in enumerate(texts) if at % 4], texts[::4]
    sources = originals(kept, random)
    copies = [copy_of(source, random.choice(list(KINDS)), number, random) for number, source in enumerate(sources)]
    measure_alignment(copies, options.show)
    mixed = [mixture(one, other, number, random) for number, (one, other) in enumerate(pairwise(sources[::8]))]
    long = [source for source in sources if len(split_sentences(source.text or "")) > 24]
    mixed += [roundup(one, random.sample(long, 10), number, random) for number, one in enumerate(sources[3::10])]
    negatives = [*halves(cut[::3], random), *releases(cut[1::3], random), *live_blogs(sources, random)]
    negatives += series(cut[2::3])
    corpus = with_boilerplate(sources) + [copy.article for copy in (*copies, *mixed)]
    everything = [*corpus, *(article for several in negatives for article in several)]
    measure_finding(everything, [*copies, *mixed], negatives)


if __name__ == "__main__":
    main()
