"""Live blogs: their entries, whole and in order, each with its time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.body.live import says_live

Build = Callable[..., bytes]
LINES = (
    "The harbour master has opened the gates and the pond behind the dam is emptying, to cheers from the quay.",
    "All twenty-six pupils of the top class have arrived in boots, and two of them may pull the lever.",
    "Welcome to our live coverage: the tide turns at a quarter past eleven, and an hour later so should the wheel.",
)
ENTRIES = "".join(
    f'<div class="k7"><span class="t">1{3 - n}:05</span><h3>Update {n} of the day</h3><p>{line}</p>'
    '<p><a href="/share">Share</a></p></div>'
    for n, line in enumerate(LINES)
)
LIVE = "https://www.harbour-times.example/live/2024/03/05/tide-mill"


def test_entries_are_read_whole_and_in_order(story: Build) -> None:
    article = extract_article(story(body=f"<div>{ENTRIES}</div>"), url=LIVE)
    shown = [(block.type, block.text) for block in article.blocks]
    expected = [
        piece
        for n, line in enumerate(LINES)
        for piece in (("time", f"1{3 - n}:05"), ("heading", f"Update {n} of the day"), ("paragraph", line))
    ]
    assert [piece for piece in shown if piece in expected] == expected
    assert "Share" not in (article.text or "") and "13:05" not in (article.text or "")


def test_comments_of_the_same_form_are_no_entries(story: Build) -> None:
    comments = ENTRIES.replace('class="k7"', 'class="comment"')
    article = extract_article(story(after=f'<section class="comments">{comments}</section>'), url=LIVE)
    assert not [block for block in article.blocks if block.type == "time"]


@pytest.mark.parametrize("names", ["post", "message", "card", "update"])
def test_entries_are_known_by_their_form_and_not_by_their_names(names: str, story: Build) -> None:
    body = f'<div class="posts">{ENTRIES.replace("k7", names)}</div>'
    blocks = extract_article(story(body=body), url=LIVE).blocks
    assert [block.text for block in blocks if block.type == "time"] == ["13:05", "12:05", "11:05"]


def test_how_long_ago_is_a_time_where_an_element_says_so(story: Build) -> None:
    body = "".join(
        f'<div class="k7"><a href="#e{n}"><time datetime="2024-03-05T1{n}:00Z">hace {n + 2} min</time></a>'
        f"<p>{line}</p></div>"
        for n, line in enumerate(LINES)
    )
    blocks = extract_article(story(body=body), url=LIVE).blocks
    assert [block.text for block in blocks if block.type == "time"] == ["hace 2 min", "hace 3 min", "hace 4 min"]


@pytest.mark.parametrize(
    ("url", "kinds", "live"),
    [
        (LIVE, "", True),
        ("https://a.example/x", "LiveBlogPosting", True),
        ("https://a.example/sport/liveticker-1", "NewsArticle", True),
        ("https://a.example/how-we-deliver", "NewsArticle", False),
        ("https://a.example/sport/liverpool-draw", "NewsArticle", False),
    ],
)
def test_a_page_says_that_it_is_live(url: str, kinds: str, live: bool) -> None:
    assert says_live(url, kinds) is live
