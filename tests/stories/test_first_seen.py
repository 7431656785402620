from __future__ import annotations

from dataclasses import replace

from crawler.model import Article
from crawler.stories import find_stories
from crawler.stories.index import StoryIndex


def captured(article: Article, day: str, published: str | None) -> Article:
    return replace(article, captured_at=f"2031-03-{day}T12:00:00Z", date_published=published)


def seen_first(original: Article) -> list[Article]:
    """A page that is dated anew at its second capture, and a copy that came in between and credits nobody."""
    bare = replace(original, authors=(), byline=None, images=(), publisher=None)
    copy = replace(captured(bare, "17", "2031-03-16T06:00:00Z"), url="https://mirror.test/1")
    return [captured(bare, "14", "2031-03-14T09:00:00Z"), copy, captured(bare, "20", "2031-03-19T09:00:00Z")]


def test_a_page_that_dates_itself_anew_was_published_when_it_was_first_seen(original: Article) -> None:
    first, copy, anew = seen_first(original)
    for given in ([first, copy, anew], [anew, copy, first]):
        (story,) = find_stories(given)
        assert story.original == first
        assert {node.article.url: node.source and node.source.url for node in story.tree}[copy.url] == first.url


def test_without_the_first_capture_its_word_counts(original: Article) -> None:
    _, copy, anew = seen_first(original)
    (story,) = find_stories([copy, anew])
    assert story.original == copy


def test_an_address_given_to_another_story_has_that_ones_date(original: Article, unrelated: Article) -> None:
    first, copy, anew = seen_first(original)
    other = replace(first, text=unrelated.text)
    (story,) = find_stories([other, copy, anew])
    assert story.original == copy


def test_an_earlier_capture_that_comes_later_changes_what_is_kept(original: Article) -> None:
    first, copy, anew = seen_first(original)
    more = [replace(copy, url=f"https://bay{number}.example/1", date_published="2031-04-02") for number in range(9)]
    with StoryIndex() as index:
        index.add([copy, anew, *more])
        assert index.stories()[0].original == copy
        index.add([first])
        assert index.stories()[0].original == first


def test_a_time_of_capture_that_cannot_be_read_says_nothing(original: Article) -> None:
    _, copy, anew = seen_first(original)
    for broken in ("2031-03-14T12:00:00", "some day"):
        assert find_stories([replace(anew, captured_at=broken), copy, anew])
