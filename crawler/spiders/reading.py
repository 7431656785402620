"""From a captured response to its article, tied to the record that proves it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from crawler.extract import extract_article
from crawler.model import Article, Memento, Outcome, Purpose, RecordRef, Role
from crawler.model.moment import rfc3339
from crawler.model.outcome import IS_BROKEN
from crawler.model.purpose import REDIRECT
from crawler.spiders.memento import Archived, page_of, same_page, unwrap

_TURNED_AWAY = "its address leads to the site's front page"
_FRONT = re.compile(
    r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?(?:/(?:index|home|default|start)(?:page)?(?:\.\w{1,5})?)?/?", re.IGNORECASE
)
"""Paths of a site's front page, also in its languages."""
_AT_THE_DOOR = frozenset({Outcome.LOGIN, Outcome.CONSENT})
"""Pages to which the address of a story leads whoever may not see it: what they are is the end of that address."""
_SAYS_NOTHING = frozenset({None, Outcome.OK, Outcome.NOT_MODIFIED})


_NO_REFUSALS = frozenset({Outcome.ARTICLE, Outcome.NOT_ARTICLE, Outcome.NOT_HTML, Outcome.EMPTY})
"""What a page may look like that explains no refusal."""


def read_page(
    body: bytes,
    *,
    url: str,
    captured_at: datetime,
    headers: Mapping[str, str],
    outcome: Outcome | None,
    record: RecordRef,
    purpose: Purpose | None = None,
    reason: str | None = None,
) -> Article:
    """The article of one captured page.

    ``outcome`` is what the wire said, and ``reason`` why. A refusal on the wire is stronger evidence than what its page
    looks like, so it decides the article's outcome; what the page itself gives away stays as the reason.
    """
    if purpose is not None and purpose.role is Role.MEMENTO and outcome in _SAYS_NOTHING:
        return _read_memento(body, url, captured_at, headers, record, purpose)
    article = extract_article(body, url=url, captured_at=captured_at, headers=headers)
    article = replace(article, record=record)
    if purpose is not None and purpose.because == REDIRECT and purpose.via:
        if _is_turned_away(article, purpose.via):
            return replace(article, url=purpose.via, outcome=Outcome.SOFT_404, outcome_reason=_TURNED_AWAY)
        if article.outcome in _AT_THE_DOOR:
            return replace(article, url=purpose.via)
    if outcome is None or outcome in _SAYS_NOTHING or article.outcome is outcome:
        return article
    if outcome in IS_BROKEN:  # what part of a page says is no reason for its ending early
        return replace(article, outcome=outcome, outcome_reason=reason)
    seen = None if article.outcome in _NO_REFUSALS else article.outcome_reason
    return replace(article, outcome=outcome, outcome_reason=seen)


def _is_turned_away(article: Article, asked: str) -> bool:
    """Whether the address of a story led to a site's front page: the story is no longer there."""
    page, was = urlsplit(article.url or ""), urlsplit(asked)
    led_to_front = page.path in ("", "/") and not page.query
    return (
        article.outcome is Outcome.NOT_ARTICLE and led_to_front and not (_FRONT.fullmatch(was.path) and not was.query)
    )


def _read_memento(
    body: bytes, url: str, captured_at: datetime, headers: Mapping[str, str], record: RecordRef, purpose: Purpose
) -> Article:
    """The article of a page as an archive keeps it: read as what it was then, and said to be the archive's.

    What the archive sent from elsewhere, or of another page, is none.
    """
    archived = unwrap(body, url=url, headers=headers)
    if archived is None or not _was_asked_for(archived, url, purpose):
        said = extract_article(b"", url=url, captured_at=captured_at)
        return replace(said, outcome=Outcome.NOT_HTML, outcome_reason="not a page of an archive", record=record)
    then = archived.captured_at
    article = extract_article(archived.body, url=archived.page, captured_at=then, headers=archived.headers)
    memento = Memento(archived.page, rfc3339(then) if then else None, archived.archive)
    return replace(article, url=url, captured_at=rfc3339(captured_at), memento=memento, record=record)


def _was_asked_for(archived: Archived, url: str, purpose: Purpose) -> bool:
    """Whether a page out of an archive is the one that ``purpose`` is about, from the archive that was asked."""
    if purpose.via is None:
        return True
    if purpose.because == REDIRECT and urlsplit(purpose.via).netloc != urlsplit(url).netloc:
        return False
    return same_page(archived.page, page_of(purpose.via) or purpose.via)
