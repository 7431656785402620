from __future__ import annotations

import pytest

from crawler.extract.comments import find_comments
from crawler.extract.layout import lay_out
from crawler.extract.tree import parse_html


def comments(html: str) -> list[str]:
    layout = lay_out(parse_html(html))
    return [layout.blocks[number].text for number in sorted(find_comments(layout, 0))]


@pytest.mark.parametrize(
    "names",
    [
        'class="comments"',
        'id="comments"',
        'class="comment-list x"',
        'id="disqus_thread"',
        'class="box leserkommentare"',
    ],
)
def test_a_box_called_comments_holds_comments(names: str) -> None:
    assert comments(f"<p>Story.</p><div {names}><p>I was there.</p><p>Me too.</p></div>") == ["I was there.", "Me too."]


def test_boxes_that_are_each_called_a_comment_are_comments() -> None:
    html = (
        '<p>Story.</p><div class="comment odd" id="comment-1"><p>One.</p></div><div class="comment"><p>Two.</p></div>'
    )
    assert comments(html) == ["One.", "Two."]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Story.</p><div class="text comment"><p>A column under the rubric of that name.</p></div>',
        '<div class="post comments-open"><p>Story.</p><p>Goes on.</p></div>',
        '<p>Story.</p><div class="commentary"><p>Goes on.</p></div><div class="commentary"><p>And on.</p></div>',
    ],
)
def test_an_article_is_no_comment_by_a_name_around_it(html: str) -> None:
    assert comments(html) == []
