"""The tables that bring captures together: stories and their copies, quotations, versions, counts over time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from crawler.export.jsonl import line, read_articles, write_rows
from crawler.export.rows import Row
from crawler.export.story_rows import row_of_version, rows_of_quotations, rows_of_series, rows_of_story
from crawler.model import Alignment, Article, Derivation, Story
from crawler.stories import align
from crawler.stories.index import Cluster, StoryIndex
from crawler.stories.outlets import address_of, page_of, site_of
from crawler.stories.sentences import split_sentences
from crawler.stories.series import count_series
from crawler.stories.speakers import quotations_of
from crawler.stories.timing import as_of, published
from crawler.stories.versions import byline_changed, headline_changed, versions_of

INDEX = "stories.duckdb"
"""The file beside the tables in which the next capture's articles find their stories; made again if it is missing."""
TABLES = ("stories", "copies", "sentence_links", "quotes", "versions", "count_series")


def write_story_tables(
    folder: Path, *, anew: bool = False, told: Callable[[Article], None] | None = None
) -> dict[str, int]:
    """Write the tables of stories in ``folder``, which holds ``articles.jsonl``; return the number of rows in each.

    Only articles that are new since the last time are compared, and only stories they join are told anew; with ``anew``
    all are. ``told`` is called with each article that is read. Raises ``OSError`` where the folder can't be written.
    """
    if anew:
        for name in (INDEX, f"{INDEX}.wal"):
            (folder / name).unlink(missing_ok=True)
    with StoryIndex(folder / INDEX) as index:
        index.add(_read(folder, told))
        return write_rows(folder, TABLES, _rows(folder, index))


def _read(folder: Path, told: Callable[[Article], None] | None) -> Iterator[Article]:
    for article in read_articles(folder / "articles.jsonl"):
        if told:
            told(article)
        yield article


def _rows(folder: Path, index: StoryIndex) -> Iterator[tuple[str, Row]]:
    in_stories: set[str] = set()
    for table, row in _rows_of_stories(index):
        if table == "copies":
            in_stories.add(row["record_id"] or row["article_url"] or "")
        yield table, row
    places: dict[str, list[int]] = defaultdict(list)
    counted: list[Article] = []
    for place, article in _with_places(folder / "articles.jsonl"):
        page = page_of(article)
        if page and article.captured_at:
            places[address_of(page)].append(place)
            counted.append(_counts_alone(article))
        known_by = (article.record.id if article.record else article.url) or ""
        if article.text and known_by not in in_stories:
            quotations = quotations_of(split_sentences(article.text))
            yield from (("quotes", row) for row in rows_of_quotations(article, quotations))
    for there in places.values():
        yield from (("versions", row) for row in _rows_of_versions(folder / "articles.jsonl", there))
    for series in count_series(counted):
        yield from (("count_series", row) for row in rows_of_series(series))


def _rows_of_stories(index: StoryIndex) -> Iterator[tuple[str, Row]]:
    """The rows of every story; those of stories that nothing joined are taken as they were."""
    clusters: list[Cluster] = []
    for cluster in index.clusters():
        clusters.append(cluster)
        content = index.kept(cluster)
        if content is None:
            rows = [row for story in index.stories_of(cluster) for row in _rows_of_story(story)]
            content = "".join(map(line, rows))
            index.keep(cluster, content)
        for row in content.splitlines():
            table, values = json.loads(row)
            yield table, values
    index.forget(clusters)


def _rows_of_story(story: Story) -> Iterator[tuple[str, Row]]:
    spans = [span for node in story.tree if (span := published(node.article))]
    first = min(spans, key=lambda span: span.earliest, default=None)
    yield from rows_of_story(
        story,
        sites=len({site_of(page_of(node.article)) or page_of(node.article) for node in story.tree}),
        earliest=first.earliest.isoformat() if first else None,
        latest=first.latest.isoformat() if first else None,
        alignments=[_alignment(node) for node in story.tree],
        quotations=[quotations_of(split_sentences(node.article.text or "")) for node in story.tree],
    )


def _alignment(node: Derivation) -> Alignment | None:
    return align(node.source, node.article) if node.source else None


def _rows_of_versions(table: Path, places: list[int]) -> Iterator[Row]:
    with table.open("rb") as rows:
        captures = []
        for place in places:
            rows.seek(place)
            captures.append(_at(rows.readline()))
    for version in versions_of(captures):
        before = version.previous
        yield row_of_version(
            version,
            headline_changed=before is not None and headline_changed(before, version.article),
            byline_changed=before is not None and byline_changed(before, version.article),
        )


def _with_places(table: Path) -> Iterator[tuple[int, Article]]:
    if not table.exists():
        return
    with table.open("rb") as rows:
        place = 0
        for row in rows:
            yield place, _at(row)
            place += len(row)


def _at(row: bytes) -> Article:
    return Article.from_dict(json.loads(row))


def _counts_alone(article: Article) -> Article:
    return Article(
        article.url,
        as_of(article),  # an archive's copy prints the count of its day, not of ours
        article.outcome,
        counts=article.counts,
        memento=article.memento,
        record=article.record,
    )
