"""The tables of stories, their copies, sentences, quotations and pictures: what new articles touch is told anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from crawler.export.rows import Row
from crawler.export.story_rows import rows_of_quotations, rows_of_story
from crawler.export.table_files import TableFiles
from crawler.model import Alignment, Article, Derivation, Story
from crawler.stories import align
from crawler.stories.apart import Cluster, Clusters, stories_in
from crawler.stories.index import StoryIndex, key_of
from crawler.stories.outlets import page_of, site_of
from crawler.stories.sentences import split_sentences
from crawler.stories.speakers import quotations_of
from crawler.stories.timing import Span, published

INDEX = "stories.duckdb"
"""The file beside the tables in which the next capture's articles find their stories; made again if it is missing."""
_QUOTES = "quotes"
TABLES = ("stories", "copies", "sentence_links", "image_matches", _QUOTES)
"""Their parts are named by the first article of a cluster; quotations of an article without a story by that."""
_AT_ONCE = 1000
"""Articles that are told anew at a time."""

Matches = Callable[[Sequence[Row]], Iterable[Row]]
"""Makes the rows of ``image_matches`` of rows of ``copies``."""


def tell_stories(
    tables: TableFiles, index: StoryIndex, matches: Matches, told: Callable[[Article], None] | None = None
) -> None:
    """Compare the articles that were put into ``tables`` with all in ``index``, and put what became of their stories.

    Where ``index`` is not the one that the tables were made with, all stories are told. ``told`` is called with each
    article that is compared. Once the tables are committed, ``index.tell()`` is to be called.
    """
    of_these = list(tables.kept("index", "made")) == [index.made]
    if not of_these:
        for table in TABLES:
            tables.clear(table)
        for made in tables.kept("index", "made"):
            tables.forget("index", "made", made)
        tables.keep("index", "made", index.made)
    index.add(_articles(tables, told, fresh=of_these))
    if not of_these:
        index.retell()
    alone = set(index.untold())
    for cluster in index.clusters(untold=True):
        alone -= set(cluster.texts)
        _put_cluster(tables, index, cluster, matches)
    left = sorted(alone)
    for start in range(0, len(left), _AT_ONCE):
        some = left[start : start + _AT_ONCE]
        for number in some:
            _take_cluster(tables, number)
        for article in index.articles(some).values():
            _put_quotations(tables, article)


def _articles(tables: TableFiles, told: Callable[[Article], None] | None, *, fresh: bool) -> Iterator[Article]:
    for part in tables.parts("articles", fresh=fresh):
        article = Article.from_dict(json.loads(tables.read("articles", part)))
        if told:
            told(article)
        if not article.text:
            tables.take(_QUOTES, part)
        yield article


def _put_cluster(tables: TableFiles, index: StoryIndex, cluster: Cluster, matches: Matches) -> None:
    first, *others = cluster.texts
    for number in others:
        _take_cluster(tables, number)
    rows: dict[str, list[Row]] = defaultdict(list)
    in_stories = set()
    for story in index.stories_of(cluster):
        in_stories |= {key_of(node.article) for node in story.tree}
        for table, row in _rows_of_story(story):
            rows[table].append(row)
    rows["image_matches"] = list(matches(rows["copies"]))
    for table in TABLES:
        tables.put(table, str(first), rows[table])
    for article in index.articles(cluster.texts).values():
        if key_of(article) in in_stories:
            tables.take(_QUOTES, key_of(article))
        else:
            _put_quotations(tables, article)


def _take_cluster(tables: TableFiles, number: int) -> None:
    for table in TABLES:
        tables.take(table, str(number))


def _put_quotations(tables: TableFiles, article: Article) -> None:
    """Put what is quoted in an article that belongs to no story."""
    quotations = quotations_of(split_sentences(article.text or ""))
    tables.put(_QUOTES, key_of(article), rows_of_quotations(article, quotations))


def rows_in(given: Clusters) -> list[tuple[str, Row]]:
    """The rows of ``stories``, ``copies``, ``sentence_links`` and ``quotes`` that the articles of clusters give."""
    return [row for story in stories_in(given) for row in _rows_of_story(story)]


def _rows_of_story(story: Story) -> Iterator[tuple[str, Row]]:
    first = _first_published(story)
    yield from rows_of_story(
        story,
        sites=len({site_of(page_of(node.article)) or page_of(node.article) for node in story.tree}),
        earliest=first.earliest.isoformat() if first else None,
        latest=first.latest.isoformat() if first else None,
        alignments=[_alignment(node) for node in story.tree],
        quotations=[quotations_of(split_sentences(node.article.text or "")) for node in story.tree],
    )


def _first_published(story: Story) -> Span | None:
    """When the original was published, or else the first of the articles: not before the earliest bound of any date."""
    if story.original and (span := published(story.original)):
        return span
    spans = [span for node in story.tree if (span := published(node.article))]
    return Span(min(span.earliest for span in spans), min(span.latest for span in spans)) if spans else None


def _alignment(node: Derivation) -> Alignment | None:
    return align(node.source, node.article) if node.source else None
