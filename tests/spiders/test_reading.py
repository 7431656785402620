"""What a page that a server refused is said to be, and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.model import Outcome, RecordRef
from crawler.spiders.reading import read_page


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"forbidden", None),  # that it is no HTML explains nothing
        (b"", None),
        (b"<html><title>404 Not Found</title><body><h1>Page not found</h1>", "titled '404 Not Found'"),
    ],
)
def test_a_page_gives_the_reason_only_of_what_it_refuses(body: bytes, reason: str | None) -> None:
    article = read_page(
        body, url="https://a.example/1", captured_at=datetime(2026, 11, 1, tzinfo=UTC), headers={},
        outcome=Outcome.BLOCKED, record=RecordRef("a.warc.gz", 0, 1, "urn:uuid:1"),
    )  # fmt: skip
    assert (article.outcome, article.outcome_reason) == (Outcome.BLOCKED, reason)
