"""What a page that a server refused is said to be, and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.model import Outcome, Purpose, RecordRef, Role
from crawler.model.purpose import REDIRECT
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


@pytest.mark.parametrize(
    ("via", "url", "outcome"),
    [
        ("https://a.example/2031/quay-closed", "https://a.example/", Outcome.SOFT_404),
        ("https://a.example/?p=4711", "https://a.example/", Outcome.SOFT_404),
        ("https://a.example/", "https://www.a.example/", Outcome.NOT_ARTICLE),
        ("https://a.example/index.html", "https://a.example/", Outcome.NOT_ARTICLE),
        ("https://a.example/en-gb/home", "https://a.example/", Outcome.NOT_ARTICLE),
        ("https://a.example/2031/quay-closed", "https://a.example/news/", Outcome.NOT_ARTICLE),
    ],
)
def test_a_story_whose_address_leads_to_the_front_page_is_gone(via: str, url: str, outcome: Outcome) -> None:
    links = "".join(f"<h3><a href='/{n}/a-story-of-the-harbour'>A story of the harbour, {n}</a></h3>" for n in range(9))
    article = read_page(
        f"<html><title>Latest</title><body><h1>Latest</h1>{links}</body></html>".encode(),
        url=url, captured_at=datetime(2031, 3, 1, tzinfo=UTC), headers={}, outcome=Outcome.OK,
        record=RecordRef("a.warc.gz", 0, 1, "urn:uuid:1"),
        purpose=Purpose(Role.SEED, story=via, via=via, because=REDIRECT),
    )  # fmt: skip
    assert (article.outcome, article.url) == (outcome, via if outcome is Outcome.SOFT_404 else url)


def test_a_story_whose_address_leads_to_a_login_is_that_address_unread_and_no_page_of_another() -> None:
    via = "https://a.example/2031/quay-closed"
    form = "<form action=/login><input type=email name=e><input type=password name=p><button>Log in</button></form>"
    article = read_page(
        f"<html><title>Log in</title><body><h1>Log in</h1>{form}</body></html>".encode(),
        url="https://a.example/account/login?next=/2031/quay-closed", captured_at=datetime(2031, 3, 1, tzinfo=UTC),
        headers={}, outcome=Outcome.OK, record=RecordRef("a.warc.gz", 0, 1, "urn:uuid:1"),
        purpose=Purpose(Role.SEED, story=via, via=via, because=REDIRECT),
    )  # fmt: skip
    assert (article.outcome, article.url) == (Outcome.LOGIN, via)
