"""How sure the blocks of a page must be, by how much the page leaves in doubt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.body.threshold import SURE, says_news, threshold_of

BLOCKS = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5000)), max_size=40)


def test_on_a_page_of_certain_text_a_doubtful_block_is_left_out() -> None:
    assert threshold_of([0.99, 0.45, 0.98], [800, 200, 900]) == SURE


def test_on_a_page_where_nothing_is_certain_a_doubtful_block_is_taken() -> None:
    assert threshold_of([0.7, 0.42, 0.68], [800, 200, 900]) == 0.42


def test_a_block_that_is_hardly_the_articles_is_never_taken() -> None:
    assert threshold_of([0.52, 0.2], [800, 700]) == SURE


def test_a_doubtful_block_is_taken_where_there_is_no_other() -> None:
    assert threshold_of([0.35, 0.1], [400, 80]) == 0.35


def test_a_page_without_text_has_the_usual_threshold() -> None:
    assert threshold_of([], []) == SURE
    assert threshold_of([0.0, 0.0], [10, 20]) == SURE


@given(BLOCKS)
def test_what_is_surer_than_not_is_always_taken(blocks: list[tuple[float, int]]) -> None:
    assert threshold_of([share for share, _ in blocks], [size for _, size in blocks]) <= SURE


def test_a_page_is_news_where_its_data_say_so() -> None:
    assert says_news("article NewsArticle")
    assert says_news("LiveBlogPosting")
    assert not says_news("article BlogPosting Product")
