"""An article survives its JSON."""

from __future__ import annotations

import json

import pytest

from crawler.model import (
    Article,
    Block,
    Candidate,
    Card,
    Count,
    Entity,
    Evidence,
    Extractor,
    Image,
    Organization,
    Outcome,
    Panel,
    RecordRef,
    SetAside,
)

RECORD = RecordRef("rec-1.warc.gz", 1234, 567, "<urn:uuid:00000000-0000-4000-8000-000000000001>")

FULL = Article(
    url="https://herald.example/harbour",
    captured_at="2026-11-22T18:00:00Z",
    outcome=Outcome.ARTICLE,
    headline="Harbour opens",
    topics=("ports", "trade"),
    authors=("A. Writer",),
    publisher=Organization("Herald", "https://herald.example/"),
    blocks=(Block("heading", "Before", level=2), Block("paragraph", "The harbour opened.")),
    images=(Image("https://herald.example/1.jpg", caption="The harbour", variants=("a", "b"), record=RECORD),),
    panels=(Panel("related", "More", cards=(Card("Next", position=1),), entities=(Entity("Person", "A. Writer"),)),),
    counts=(Count("followers", "483K+", 483000, lower_bound=True, precision=1000),),
    set_aside=(SetAside("Read more", "promotion"),),
    evidence={"headline": Evidence("meta", "og:title", 0.9, None, (Candidate("Harbour", "dom", "h1", 0.5),))},
    record=RECORD,
    extractor=Extractor("wirecopy", "0"),
)


def test_an_article_is_the_same_after_json() -> None:
    assert Article.from_dict(json.loads(json.dumps(FULL.to_dict()))) == FULL


def test_what_is_not_known_is_null() -> None:
    empty = Article(url=None, captured_at=None, outcome=Outcome.EMPTY).to_dict()
    assert empty["headline"] is None
    assert empty["text"] is None
    assert empty["counts"] == []


def test_columns_of_a_later_version_are_passed_over() -> None:
    assert Article.from_dict({**FULL.to_dict(), "mood": "sober"}) == FULL


@pytest.mark.parametrize("missing", ["url", "captured_at", "outcome"])
def test_what_makes_an_article_must_be_there(missing: str) -> None:
    values = FULL.to_dict()
    del values[missing]
    with pytest.raises(KeyError, match=missing):
        Article.from_dict(values)
