"""What a test expects, held against what it found: an item, or an article in whichever form it was written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extract import extract_article
from crawler.model import Article
from crawler.testing.expected import Expected
from crawler.testing.fields import NAMES, fields_of
from crawler.testing.recording import Recording
from tests.testing.conftest import STORY

URL, AT = "https://www.ledger.example/pier", datetime(2024, 3, 6, 8, tzinfo=UTC)


@pytest.fixture
def article() -> Article:
    page = STORY.format(title="Pier reopens").replace("</h1>", "</h1><figure><img src=/pier.jpg width=900></figure>")
    return extract_article(page.encode(), url=URL, captured_at=AT)


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return Recording(tmp_path, (URL,), AT)


def check(recording: Recording, field: str | None, found: object, *, update: bool = False) -> None:
    Expected(recording, field, update=update, tell=lambda line: None).check(found)


def test_an_article_is_as_its_recording_expects(recording: Recording, article: Article) -> None:
    assert article.images
    recording.expect(fields_of(article))
    for field in NAMES:
        check(recording, field, article)


def test_an_article_that_was_written_down_whole_is_as_expected_too(recording: Recording, article: Article) -> None:
    whole = {name: value for name, value in article.to_dict().items() if name in NAMES}
    recording.expect(whole)
    for field in whole:
        check(recording, field, article)


@pytest.mark.parametrize("field", ["headline", "text", "images"])
def test_another_article_is_not(recording: Recording, article: Article, field: str) -> None:
    recording.expect(fields_of(article))
    other = replace(article, headline="Another", text="Another.", images=())
    with pytest.raises(AssertionError, match=f"{field} is not as expected"):
        check(recording, field, other)


def test_of_an_article_are_written_down_the_fields_that_a_reader_would_check(
    recording: Recording, article: Article
) -> None:
    check(recording, None, article, update=True)
    assert recording.expected() == fields_of(article)
