"""The pages of a capture, packed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.archive import Recorded
from crawler.jobs.pages import Packed, Pages
from crawler.model import Article, Block, Evidence, Image, Outcome, Purpose, RecordRef, Role
from crawler.spiders.wanted import Page

RECORD = RecordRef("a.warc.gz", 1, 2, "urn:uuid:1")
ARTICLE = Article(
    "https://a.example/1", "2031-05-01T00:00:00Z", Outcome.ARTICLE, headline="Ferry \ud800", text="It came back.",
    images=(Image("https://a.example/1.jpg"), Image("https://a.example/2.jpg")), record=RECORD,
)  # fmt: skip


def page(number: int, role: Role = Role.SEED) -> Page:
    article = replace(
        ARTICLE, url=f"https://a.example/{number}", blocks=(Block("paragraph", "It came back."),),
        evidence={"headline": Evidence("dom", "h1", 1.0)},
    )  # fmt: skip
    recorded = Recorded(RECORD, datetime(2031, 5, 1, tzinfo=UTC), Outcome.OK, "", False)
    return Page(f"https://a.example/{number}", Purpose(role), article, recorded, 200)


def test_a_page_comes_back_without_blocks_and_evidence_and_with_the_records_of_its_pictures() -> None:
    taken = RecordRef("a.warc.gz", 9, 9, "urn:uuid:9")
    pages = Pages([Packed.of(page(1))], {"https://a.example/2.jpg": taken})
    (found,) = pages
    expected = page(1)
    images = (ARTICLE.images[0], replace(ARTICLE.images[1], record=taken))
    light = replace(expected.article, headline="Ferry ?", blocks=(), evidence=None, images=images)
    assert found == replace(expected, article=light)


def test_outlines_tell_what_a_page_is_without_its_text() -> None:
    (outline,) = Pages([Packed.of(page(1))]).outlines()
    assert (outline.article.url, outline.article.outcome, outline.article.text) == (
        "https://a.example/1", Outcome.ARTICLE, None,
    )  # fmt: skip


def test_some_are_chosen_and_ordered_by_their_outlines() -> None:
    pages = Pages([Packed.of(page(number, Role.CARD if number % 2 else Role.SEED)) for number in range(5)])
    chosen = pages.only(lambda page: page.purpose.role is Role.SEED, lambda page: -int(page.requested[-1]))
    assert [page.requested[-1] for page in chosen] == ["4", "2", "0"]
    assert [page.requested[-1] for page in chosen[:2]] == ["4", "2"]
    assert (len(chosen), bool(pages.only(lambda page: False))) == (3, False)
    with pytest.raises(IndexError):
        chosen[3]
