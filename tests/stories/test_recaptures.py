from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from crawler.model import Article, Count, RecordRef
from crawler.stories import find_stories
from crawler.stories.recaptures import Pair, worth_comparing

START = datetime(2031, 3, 14, 18, tzinfo=UTC)


def captures(article: Article, texts: Sequence[str]) -> dict[int, Article]:
    """A page as it was captured every hour."""
    return {
        number: replace(
            article,
            captured_at=(START + timedelta(hours=number)).isoformat(),
            text=text,
            record=RecordRef("a.warc.gz", number, 1, f"urn:uuid:{number}"),
            counts=(Count("views", str(number), number),),
        )
        for number, text in enumerate(texts)
    }


def all_pairs(articles: dict[int, Article]) -> list[Pair]:
    return list(combinations(articles, 2))


@pytest.fixture
def page(original: Article) -> Article:
    return replace(original, url="https://bay.example/harbour?utm_source=feed")


def test_a_capture_that_repeats_a_version_is_compared_with_that_alone(page: Article) -> None:
    seen = captures(page, ["One.", "One.", "Two.", "One.", "Two."])
    assert worth_comparing(all_pairs(seen), seen) == [(0, 1), (0, 2), (0, 3), (2, 4)]


def test_a_version_is_compared_with_those_right_before_it_also_where_no_run_of_words_led_there(page: Article) -> None:
    seen = captures(page, [f"Version {number}." for number in range(6)])
    found = worth_comparing([(0, 5)], seen)
    assert [pair for pair in found if pair[1] == 5] == [(2, 5), (3, 5), (4, 5)]


def test_a_version_stands_for_its_repeats_among_the_texts_of_other_pages(page: Article) -> None:
    seen = captures(page, ["One.", "One.", "Two.", "One."])
    seen[7] = replace(page, url="https://mirror.example/1", captured_at=START.isoformat())
    assert worth_comparing([(1, 7), (3, 7)], seen) == [(0, 1), (0, 2), (0, 3), (0, 7)]


def test_captures_are_told_by_their_time_and_not_by_the_order_in_which_they_came(page: Article) -> None:
    seen = captures(page, ["One.", "One.", "One."])
    assert worth_comparing([], {0: seen[2], 1: seen[0], 2: seen[1]}) == [(0, 1), (1, 2)]


@pytest.mark.parametrize("changed", [{"byline": "Ines Aldana"}, {"date_published": "2031-03-13"}, {"headline": "Else"}])
def test_a_capture_that_says_more_than_its_text_repeats_nothing(page: Article, changed: dict[str, str]) -> None:
    seen = captures(page, ["One.", "One.", "One."])
    seen[1] = replace(seen[1], **changed)
    assert worth_comparing([], seen) == [(0, 1), (0, 2)]


def test_texts_without_a_page_or_a_time_are_compared_as_they_were_found(page: Article) -> None:
    seen = captures(page, ["One."] * 4)
    seen = {0: replace(seen[0], url=None), 1: replace(seen[1], url=None), 2: replace(seen[2], captured_at=None)}
    assert worth_comparing(all_pairs(seen), seen) == all_pairs(seen)


def test_a_page_captured_a_hundred_times_is_a_history_below_its_first_capture(page: Article, rewrite: Article) -> None:
    text = page.text or ""
    texts = [text] * 40 + [f"{text}\n\nThe union has answered with a strike from Monday on."] * 60
    seen = captures(page, texts)
    (story,) = find_stories([*seen.values(), rewrite])
    source = {node.article.captured_at: node.source for node in story.tree if node.article.url == page.url}
    assert {one.captured_at for one in source.values() if one} == {seen[0].captured_at, seen[40].captured_at}
    assert source[seen[40].captured_at] == seen[0]
    assert len(story.tree) == 101
    assert [node.source for node in story.tree if node.article.url == rewrite.url] == [seen[0]]
