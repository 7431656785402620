"""What of finding stories can be done at the same time, each part with all that it needs: from values to values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.model import Article, Story
from crawler.stories.families import families
from crawler.stories.first_seen import dated_as_first_seen
from crawler.stories.outlets import page_of
from crawler.stories.proof import LEAST_SHARE
from crawler.stories.recaptures import worth_comparing
from crawler.stories.relate import Relation, Text, hang_together, relate
from crawler.stories.sentences import split_sentences
from crawler.stories.third_houses import is_from_elsewhere
from crawler.stories.timing import as_of, published
from crawler.stories.tree import tree
from crawler.stories.wording import Wording, word_sentences, words_of

Relating = Callable[[tuple[int, int], int, int, Text, Text], Relation | None]
"""Called with the numbers of two texts, their places in their cluster, and the texts."""
Worded = tuple[str, str, str]
"""A sentence as it is compared: its plain words, and the units of its runs, all and those outside quotations."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that hang together, by their numbers, whatever stories they tell."""

    texts: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An article, as JSON or as it is, and the numbers of its sentences that are boilerplate."""

    article: Article | str
    boilerplate: frozenset[int] = frozenset()

    def read(self) -> Article:
        """The article."""
        return Article.from_dict(json.loads(self.article)) if isinstance(self.article, str) else self.article

    def compared(self, article: Article) -> Sequence[Wording]:
        """What is compared of the article that this is read as."""
        sentences = word_sentences(split_sentences(article.text or ""))
        out = {sentences[number].plain for number in self.boilerplate}
        return [one for one in sentences if one.plain not in out] if out else sentences


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles, by their numbers, and these articles."""

    pairs: Sequence[tuple[int, int]]
    known: Mapping[int, Known]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Clusters, and their articles."""

    clusters: Sequence[Cluster]
    known: Mapping[int, Known]


def worded(texts: Sequence[str]) -> list[list[Worded]]:
    """The sentences of each of ``texts``."""
    return [[as_compared(sentence) for sentence in word_sentences(split_sentences(text))] for text in texts]


def as_compared(sentence: Wording) -> Worded:
    """A sentence as it goes into the tables of candidates."""
    return sentence.plain, " ".join(sentence.run_units), " ".join(sentence.own_run_units)


def hanging_together(given: Pairs) -> list[tuple[int, int]]:
    """Those of the pairs whose texts hang together."""
    texts = _texts(given.known, given.known)
    return [(one, other) for one, other in given.pairs if hang_together(texts[one], texts[other])]


def stories_in(given: Clusters) -> list[Story]:
    """The stories that the articles of the clusters tell; none of one where no text took enough from another."""
    return [story for cluster in given.clusters for story in stories_of(cluster, given.known)]


def stories_of(cluster: Cluster, known: Mapping[int, Known], relating: Relating | None = None) -> Iterator[Story]:
    """The stories that the articles of one cluster tell; ``relating`` knows, or finds, how its pairs hang together."""
    relating = relating or _related
    texts = dated_as_first_seen(_texts(cluster.texts, known))
    order = sorted(texts, key=lambda number: in_time(texts[number].article))
    place = {number: at for at, number in enumerate(order)}
    sorted_texts = [texts[number] for number in order]
    relations = []
    for pair in worth_comparing(cluster.pairs, {number: text.article for number, text in texts.items()}):
        one, other = sorted(place[number] for number in pair)
        if relation := relating(pair, one, other, sorted_texts[one], sorted_texts[other]):
            relations.append(relation)
    sizes = [[sentence.own for sentence in text.sentences] for text in sorted_texts]
    for first, members in families(sizes, relations, LEAST_SHARE):
        yield _story(first, members, sorted_texts, relations)


def _texts(numbers: Iterable[int], known: Mapping[int, Known]) -> dict[int, Text]:
    """The texts of these numbers; captures that print the same are taken apart once."""
    texts = {}
    compared: dict[tuple[str | None, frozenset[int]], Sequence[Wording]] = {}
    for number in numbers:
        article = known[number].read()
        printed = (article.text, known[number].boilerplate)
        if printed not in compared:
            compared[printed] = known[number].compared(article)
        texts[number] = Text(article, compared[printed])
    return texts


def _related(_: tuple[int, int], one: int, other: int, mine: Text, yours: Text) -> Relation | None:
    return relate(one, other, mine, yours)


def in_time(article: Article) -> tuple[str, str, str]:
    """Sorts articles by when they were published, as far as that is known."""
    span = published(article)
    return (span.earliest.isoformat() if span else "9999", as_of(article) or "", page_of(article) or "")


def _story(first: int | None, members: Sequence[int], texts: Sequence[Text], relations: Sequence[Relation]) -> Story:
    articles = {number: texts[number].article for number in members}
    first_article = articles[members[0] if first is None else first]
    # The first of those at hand may say itself that the story stood elsewhere before.
    original = None if first is None or is_from_elsewhere(first_article) else first_article
    copies = tuple(article for article in articles.values() if article is not original)
    known_by = page_of(first_article) or " ".join(words_of(first_article.text or ""))
    return Story(story_id(known_by), original, copies, tree(articles, relations))


def story_id(known_by: str) -> str:
    """A story's id, made of the address of its first article, or of its words where it has none.

    So it stays while further copies join, until another article is found to be the first.
    """
    return hashlib.sha256(known_by.encode()).hexdigest()[:16]
