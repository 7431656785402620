"""The captures of one address as a history: what was edited, what changed without meaning, when the page was gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crawler.model import Article, Edit, Link, Outcome, Version
from crawler.model.outcome import IS_GONE
from crawler.stories.align import link_sentences
from crawler.stories.boring import why_boring
from crawler.stories.sentences import split_sentences
from crawler.stories.timing import as_of
from crawler.stories.wording import Wording, word_sentences, words_of


def versions_of(captures: Iterable[Article]) -> tuple[Version, ...]:
    """The history of one address, given its captures in any order.

    A capture is compared with the last one before it that could be read. One that was refused or failed says nothing:
    the text may be as it was.
    """
    return tuple(_history(sorted(captures, key=lambda article: as_of(article) or "")))


def _history(captures: Sequence[Article]) -> Iterator[Version]:
    previous: Article | None = None
    gone = False
    for number, article in enumerate(captures, 1):
        if not article.text or article.outcome is not Outcome.ARTICLE:
            was_there = previous is not None and article.outcome in IS_GONE
            gone = gone or was_there
            yield Version(article, number, "gone" if was_there else "unreadable", previous)
            continue
        if previous is None:
            yield Version(article, number, "first")
        else:
            edits = tuple(edits_of(previous, article))
            yield Version(article, number, _change(previous, article, edits), previous, edits, back=gone)
        previous, gone = article, False


def edits_of(before: Article, after: Article) -> Iterator[Edit]:
    """The differences between two captures' texts, in the order of the later one, then what was removed."""
    if before.text == after.text:
        return
    old = word_sentences(split_sentences(before.text or ""))
    new = word_sentences(split_sentences(after.text or ""))
    for link in link_sentences(old, new):
        yield from _edit(link, old, new)


def headline_changed(before: Article, after: Article) -> bool:
    """True where the headlines differ in their words."""
    return words_of(before.headline or "") != words_of(after.headline or "")


def byline_changed(before: Article, after: Article) -> bool:
    """True where other people are named, or the line differs in its words."""
    if before.authors or after.authors:
        return before.authors != after.authors
    return words_of(before.byline or "") != words_of(after.byline or "")


def _change(before: Article, after: Article, edits: Sequence[Edit]) -> str:
    if headline_changed(before, after) or byline_changed(before, after) or any(edit.boring is None for edit in edits):
        return "edited"
    return "boring" if edits else "same"


def _edit(link: Link, old: Sequence[Wording], new: Sequence[Wording]) -> Iterator[Edit]:
    before = " ".join(old[number].printed for number in link.original) or None
    after = " ".join(new[number].printed for number in link.copy) or None
    if link.label == "verbatim":
        if link.moved:
            yield Edit("moved", before, after)
        elif before != after:
            yield Edit("changed", before, after, boring="typography")
        return
    kind = {"added": "added", "dropped": "removed"}.get(link.label, "changed")
    yield Edit(kind, before, after, link.changed, why_boring(before, after))
