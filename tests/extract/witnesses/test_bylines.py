"""Who is proposed as an author by what a page shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.page import Page
from crawler.extract.witnesses.bylines import propose

Build = Callable[..., bytes]
MENU = "".join(f'<p><a href="/s/{n}">Lamp number {n} was lit on the hill of Grindholm</a></p>' for n in range(12))


def proposed(body: bytes) -> set[str]:
    page = Page(body, url="https://www.harbour-times.example/lamp")
    return {name for field, candidate in propose(page, page.layout) if field == "authors" for name in candidate.value}


CARD = '<p><a href="/s/7">By JONAS FALK - Two boats</a></p>'
TEXT = "".join(
    f"<p>The lamp of Grindholm was carried up its steps on day {n}, and everybody on the quay had come to watch it, "
    "for it had been away for forty years.</p>"
    for n in range(5)
)


def test_a_card_far_from_the_text_says_who_wrote_another_story(story: Build) -> None:
    assert "JONAS FALK" in proposed(story(byline="", after=MENU + CARD.replace("a href", "b id")))
    assert "JONAS FALK" not in proposed(story(byline="", after=MENU + CARD))


def test_a_name_below_the_text_that_links_to_all_on_a_person_is_a_topic(story: Build) -> None:
    signed = "<p>{}</p><p>lamps</p>"
    assert "Jonas Falk" in proposed(story(byline="", body=TEXT + signed.format("Jonas Falk")))
    assert "Jonas Falk" in proposed(
        story(byline="", body=TEXT + signed.format('<a href="/author/falk">Jonas Falk</a>'))
    )
    assert "Jonas Falk" not in proposed(story(byline="", body=TEXT + signed.format('<a href="/tag/7">Jonas Falk</a>')))


def test_a_japanese_sentence_with_a_day_in_it_is_no_dateline(story: Build) -> None:
    sentence = "北浜電子は5月18日、開発者の集まり「Slate Day」を開催。新しい装置「KS 100」の発売を発表しました。"
    assert "Slate Day" not in proposed(story(byline=f"<p>{sentence}</p>", language="ja"))
    assert "Ada Winter" in proposed(story(byline="<p>2024年5月18日 | Ada Winter</p>", language="ja"))


def test_of_an_authors_box_what_is_called_the_name_is_it(story: Build) -> None:
    box = (
        "<div class='author'><a class='x32' href='#'></a> <span class='{}'>{}</span><span class='date'>{}</span></div>"
    )
    assert "林若溪" in proposed(story(byline=box.format("name", "林若溪", "2018-03-01 14:27:02"), language="zh"))
    assert "Ada Winter" in proposed(story(byline=box.format("display-name", "Ada Winter", "5 March 2024")))
    assert "Harbour news" not in proposed(story(byline=box.format("filename", "Harbour news", "5 March 2024")))


def test_a_name_that_ends_in_a_capital_goes_not_on_in_the_element_behind_it(story: Build) -> None:
    line = "<p class=byline>By <span>Ada W</span><span>AFP</span></p>"
    article = extract_article(story(byline=line), url="https://www.harbour-times.example/lamp")
    assert article.authors == ("Ada W",)


@pytest.mark.parametrize(
    "line",
    [
        "By <big>A</big>DA <big>W</big>INTER and Jonas Falk",
        "B<small>Y</small> A<small>DA</small> W<small>INTER</small> <small>AND</small> Jonas Falk",
        "By <span class=cap>A</span>da <span class=cap>W</span>inter and <span class=cap>J</span>onas Falk",
        "<b>B</b>y Ada Winter and Jonas Falk",
        "By <b>Ada Winter</b>5 March 2024",
    ],
)
def test_a_name_whose_capitals_stand_in_elements_of_their_own_is_read_as_it_is_shown(story: Build, line: str) -> None:
    article = extract_article(story(byline=f"<p>{line}</p>"), url="https://www.harbour-times.example/lamp")
    assert [name.title() for name in article.authors] == ["Ada Winter", "Jonas Falk"][: 1 + ("Falk" in line)]
    assert "inter" not in (article.text or "").lower().split("\n")[0][:20]
