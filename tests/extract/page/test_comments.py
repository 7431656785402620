from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.page.comments import find_comments, find_discussion
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS

Build = Callable[..., bytes]


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


@pytest.mark.parametrize(
    "heading",
    [
        "27 commentaires",
        "Comments (3)",
        "2 Kommentare",
        "12 thoughts on “The lamp”",
        "热门评论 10条",
        "全部评论（1,023）",
        "跟贴 12",
        "コメント12件",
        "댓글 7개",
    ],
)
def test_what_stands_below_a_heading_that_counts_comments(heading: str) -> None:
    page = (
        f"<div><p>The lamp turns again.</p><p>It was lit on Monday.</p></div><section><h2>{heading}</h2>"
        "<div><p>Well done.</p></div><div><p>I was there.</p></div></section><p>About the harbour</p>"
    )
    assert comments(page) == [heading, "Well done.", "I was there."]


@pytest.mark.parametrize(
    "heading",
    [
        "Comments of the minister",
        "The 2 comments that changed it all",
        "5 thoughts on the lamp of the year",
        "评论家说了三句话",
        "2024年评论界的一盏灯",
    ],
)
def test_a_subhead_that_tells_of_comments_hides_nothing(heading: str) -> None:
    assert comments(f"<p>The lamp turns again.</p><h2>{heading}</h2><p>It was lit on Monday.</p>") == []


@pytest.mark.parametrize("name", ["comments", "comment-list"])
def test_a_name_alone_makes_no_comments_of_an_article(story: Build, name: str) -> None:
    named = story().replace(b"story-text", name.encode())
    assert (
        extract_article(named, url="https://a.example/x").text
        == extract_article(story(), url="https://a.example/x").text
    )


READERS = "".join(
    f'<div class="comment"><p>Reader {number}, {number} May 2024</p><p>{said}</p></div>'
    for number, said in enumerate(
        (
            "I saw the lamp from the ferry on Saturday, and it was brighter than any that I remember from my youth.",
            "My aunt lit it for a year in the war, with a blanket over the window that looks out to the mainland.",
            "Will the stairs be open in the summer, too? We would love to bring the children to see the lens.",
        ),
        start=1,
    )
)
"""Comments with a line each that tells who wrote them, and when."""


def test_comments_that_their_writers_sign_are_none_of_the_text(story: Build) -> None:
    url = "https://a.example/x"
    page = story(after=f'<div class="comments">{READERS}</div>')
    assert extract_article(page, url=url).text == extract_article(story(), url=url).text


@pytest.mark.parametrize("name", ["comments", "comment", "disqus", "sidebar", "footer", "related", "newsletter"])
@pytest.mark.parametrize("paragraphs", [2, 3, 5])
def test_a_short_article_whose_every_paragraph_is_misnamed_is_read(name: str, paragraphs: int, story: Build) -> None:
    texts = PARAGRAPHS[:paragraphs]
    page = story(body="".join(f'<div class="{name}"><p>{text}</p></div>' for text in texts))
    assert extract_article(page, url="https://a.example/x").text == "\n\n".join(texts)


def test_a_later_half_that_is_called_comments_is_read(story: Build) -> None:
    halves = [f"<p>{PARAGRAPHS[0]}</p>", f'<div id="comments"><p>{"</p><p>".join(PARAGRAPHS[1:])}</p></div>']
    assert extract_article(story(body="".join(halves)), url="https://a.example/x").text == "\n\n".join(PARAGRAPHS)


def discussed(number: int, line: str) -> int:
    """How many blocks of a page of so many comments, a line above each, are a discussion."""
    said = f"<p>{PARAGRAPHS[1]}</p>"
    comments = "".join(f'<li id="comment_{n}"><div>{line} {n}</div>{said}</li>' for n in range(number))
    layout = lay_out(parse_html(f"<article><h1>Lamp</h1><p>{PARAGRAPHS[0]}</p></article><ul>{comments}</ul>"))
    likely = [block.number for block in layout.blocks if block.text == PARAGRAPHS[1]]
    return len(find_discussion(layout, likely))


def test_many_signed_comments_that_are_all_that_reads_like_an_article_are_a_discussion() -> None:
    assert discussed(12, "A reader on 4 March, number") == 24


@pytest.mark.parametrize(
    ("number", "line"), [(6, "A reader on 4 March, number"), (12, f"{'A subhead of the story ' * 5}")]
)
def test_few_or_unsigned_ones_are_none(number: int, line: str) -> None:
    assert discussed(number, line) == 0
