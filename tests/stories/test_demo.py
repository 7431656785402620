"""The demo's rewrite against the map its author drew of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.demo.truth import TRUTH
from crawler.model import Alignment, Article, Image, Organization
from crawler.stories import align, find_stories


@pytest.fixture
def original(article: Callable[..., Article]) -> Article:
    return article(
        list(TRUTH.sentences),
        f"{TRUTH.publisher_url}/story",
        headline=TRUTH.headline,
        authors=TRUTH.authors,
        publisher=Organization(TRUTH.publisher, TRUTH.publisher_url),
        date_published=TRUTH.published,
        images=tuple(
            Image(url=picture.name, caption=picture.caption, credit=picture.credit) for picture in TRUTH.pictures
        ),
    )


@pytest.fixture
def rewrite(article: Callable[..., Article]) -> Article:
    return article(
        [sentence.text for sentence in TRUTH.rewrite],
        "https://varraherald.test/news/1/a",
        headline=TRUTH.rewrite_headline,
        date_published=TRUTH.rewrite_published,
    )


@pytest.fixture
def alignment(original: Article, rewrite: Article) -> Alignment:
    return align(original, rewrite)


def test_its_sentences_are_split_as_they_were_written(alignment: Alignment) -> None:
    assert alignment.original_sentences == TRUTH.sentences
    assert alignment.copy_sentences == tuple(sentence.text for sentence in TRUTH.rewrite)


def test_nearly_every_sentence_is_led_back_to_all_its_sources(alignment: Alignment) -> None:
    found: dict[int, set[int]] = {number: set() for number in range(len(TRUTH.rewrite))}
    for link in alignment.links:
        for number in link.copy:
            found[number].update(link.original)
    wrong = [number for number, sentence in enumerate(TRUTH.rewrite) if found[number] != set(sentence.sources)]
    assert len(wrong) <= 1
    assert all(found[number] < set(TRUTH.rewrite[number].sources) for number in wrong), (
        "one of several sources at most is missed"
    )


def test_the_added_claim_is_marked(alignment: Alignment) -> None:
    added = {number for link in alignment.links if link.label == "added" for number in link.copy}
    assert added == {number for number, sentence in enumerate(TRUTH.rewrite) if sentence.label == "added"}


def test_none_of_the_related_cards_is_aligned(original: Article, article: Callable[..., Article]) -> None:
    cards = article([card.snippet for card in TRUTH.cards if card.snippet])
    assert {link.label for link in align(original, cards).links} == {"added", "dropped"}


def test_the_original_is_known_by_at_least_five_signs(alignment: Alignment) -> None:
    assert alignment.direction == "original"
    assert len([reason for reason in alignment.reasons if reason.weight > 0]) >= 5


def test_the_rewrite_is_found(original: Article, rewrite: Article, article: Callable[..., Article]) -> None:
    cards = [article(card.snippet, f"https://c{at}.example/") for at, card in enumerate(TRUTH.cards) if card.snippet]
    (story,) = find_stories([*cards, rewrite, original])
    assert (story.original, story.copies) == (original, (rewrite,))
