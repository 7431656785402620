"""Stories, histories and counts over time as rows of their tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.export.rows import Row
from crawler.model import Alignment, Article, Derivation, Quotation, Series, Story, Version
from crawler.model.article import plain


def rows_of_story(
    story: Story,
    *,
    sites: int,
    earliest: str | None,
    latest: str | None,
    alignments: Sequence[Alignment | None],
    quotations: Sequence[Sequence[Quotation]],
) -> Iterator[tuple[str, Row]]:
    """The rows of ``stories``, ``copies``, ``sentence_links`` and ``quotes`` that a story gives.

    ``alignments`` holds that of each article of the story's tree with its source, ``quotations`` what is quoted in
    each; ``earliest`` and ``latest`` bound the date of the earliest of them.
    """
    first = story.original or story.tree[0].article
    original = _key(story.original, "original_url", "original_captured_at", "original_record_id")
    publisher = story.original.publisher if story.original else None
    yield (
        "stories",
        {
            "story_id": story.id,
            "headline": first.headline,
            "language": first.language,
            **original,
            "original_publisher": publisher.name if publisher else None,
            "articles": len(story.tree),
            "sites": sites,
            "first_published_earliest": earliest,
            "first_published_latest": latest,
        },
    )
    ids: dict[tuple[int, int], str] = {}
    place = {id(node.article): at for at, node in enumerate(story.tree)}
    for position, (node, alignment) in enumerate(zip(story.tree, alignments, strict=True), 1):
        yield "copies", _copy(story, node, position)
        if alignment:
            yield from (("sentence_links", row) for row in _links(story, node, alignment))
        source = place.get(id(node.source), -1) if node.source else -1
        rows = _quotes(story, node, position - 1, source, alignment, quotations, ids)
        yield from (("quotes", row) for row in rows)


def rows_of_quotations(article: Article, quotations: Sequence[Quotation]) -> Iterator[Row]:
    """The rows of ``quotes`` of an article that belongs to no story."""
    for position, quotation in enumerate(quotations, 1):
        yield {**_quoted(article, position, quotation), **_NO_SOURCE}


def row_of_version(version: Version, *, headline_changed: bool, byline_changed: bool) -> Row:
    """A row of ``versions``."""
    article, previous = version.article, version.previous
    real = [edit.kind for edit in version.edits if edit.boring is None]
    return {
        **_key(article),
        "version": version.number,
        "previous_captured_at": previous.captured_at if previous else None,
        "previous_record_id": previous.record.id if previous and previous.record else None,
        "change": version.change,
        "outcome": article.outcome.value,
        "back": version.back,
        "headline": article.headline,
        "headline_before": previous.headline if previous and headline_changed else None,
        "byline": article.byline,
        "byline_before": previous.byline if previous and byline_changed else None,
        "date_modified": article.date_modified,
        **{f"sentences_{kind}": real.count(kind) for kind in ("added", "removed", "changed", "moved")},
        "edits": plain(version.edits),
    }


def rows_of_series(series: Series) -> Iterator[Row]:
    """The rows of ``count_series`` of one series."""
    for point in series.points:
        count = point.count
        yield {
            "series": series.id,
            **_key(point.article),
            "site": series.site,
            "of": series.of,
            "name": series.name,
            "raw": count.raw if count else None,
            "value": count.value if count else None,
            "lower_bound": count.lower_bound if count else None,
            "precision": count.precision if count else None,
            "at_least": point.at_least,
            "at_most": point.at_most,
            "change": point.change,
            "days": point.days,
            "flags": list(point.flags),
        }


def _copy(story: Story, node: Derivation, position: int) -> Row:
    article = node.article
    if node.source is None:
        role = "original" if story.original is article or story.original == article else "undecided"
    elif node.is_version:
        role = "version"
    else:
        role = "copy" if node.direction == "original" else "undecided"
    return {
        "story_id": story.id,
        **_key(article),
        "position": position,
        "depth": node.depth,
        "role": role,
        "publisher": article.publisher.name if article.publisher else None,
        "headline": article.headline,
        **_source(node),
        "direction": node.direction if node.source else None,
        "confidence": node.confidence,
        "coverage_of_copy": node.coverage.of_copy if node.coverage else None,
        "coverage_of_source": node.coverage.of_original if node.coverage else None,
        "reasons": plain(node.reasons),
    }


def _links(story: Story, node: Derivation, alignment: Alignment) -> Iterator[Row]:
    for number, link in enumerate(alignment.links, 1):
        yield {
            "story_id": story.id,
            **_key(node.article),
            **_source(node),
            "link": number,
            "label": link.label,
            "moved": link.moved,
            "score": link.score,
            "method": link.method,
            "copy_sentences": list(link.copy),
            "source_sentences": list(link.original),
            "copy_text": " ".join(alignment.copy_sentences[at] for at in link.copy) or None,
            "source_text": " ".join(alignment.original_sentences[at] for at in link.original) or None,
            "changed": list(link.changed),
        }


def _quotes(
    story: Story,
    node: Derivation,
    number: int,
    source: int,
    alignment: Alignment | None,
    quotations: Sequence[Sequence[Quotation]],
    ids: dict[tuple[int, int], str],
) -> Iterator[Row]:
    """Rows of one article's quotations; each takes its id from the same utterance in the source, if it is there."""
    matched = {link.copy: link for link in alignment.quotations} if alignment else {}
    for position, quotation in enumerate(quotations[number], 1):
        link = matched.get(quotation)
        theirs = _position(quotations[source], link.original) if link and source >= 0 else None
        quote_id = ids.get((source, theirs)) if theirs is not None else None
        if quote_id is None:
            quote_id = hashlib.sha256(f"{story.id} {quotation.text.lower()}".encode()).hexdigest()[:16]
        ids[number, position] = quote_id
        yield {
            **_quoted(node.article, position, quotation),
            "quote_id": quote_id,
            "story_id": story.id,
            "source_text": link.original.text if link else None,
            "source_speaker": link.original.speaker if link else None,
            "score": link.score if link else None,
        }


def _position(quotations: Sequence[Quotation], wanted: Quotation) -> int | None:
    return next((at for at, quotation in enumerate(quotations, 1) if quotation == wanted), None)


def _quoted(article: Article, position: int, quotation: Quotation) -> Row:
    return {
        **_key(article),
        "position": position,
        "sentence": quotation.sentence,
        "text": quotation.text,
        "speaker": quotation.speaker,
    }


_NO_SOURCE: Mapping[str, Any] = dict.fromkeys(("quote_id", "story_id", "source_text", "source_speaker", "score"))


def _key(
    article: Article | None, url: str = "article_url", captured_at: str = "captured_at", record_id: str = "record_id"
) -> Row:
    record = article.record if article else None
    return {
        url: article.url if article else None,
        captured_at: article.captured_at if article else None,
        record_id: record.id if record else None,
    }


def _source(node: Derivation) -> Row:
    return _key(node.source, "source_url", "source_captured_at", "source_record_id")
