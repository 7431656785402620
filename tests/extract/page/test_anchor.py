"""Where an article begins and ends, in scripts of few and of many signs."""

from __future__ import annotations

from crawler.extract.page import Page

HAN = "港口的灯塔在昨夜的大风之后重新亮起，值班员说整个修复工作一共用了七个小时，附近的渔船都在等着这一束光回到海面上。"


def test_paragraphs_of_some_fifty_signs_are_an_article_in_chinese() -> None:
    rows = "".join(f"<li>第{n}条导航</li>" for n in range(12))
    body = f"<ul>{rows}</ul><h1>灯塔亮了又亮</h1><p>港口报</p><p>{HAN}</p><p>{HAN}</p>"
    far = "".join(f"<p>第{n}号</p>" for n in range(20))
    page = Page(
        f"<html><head><title>灯塔亮了又亮</title></head><body>{body}{far}</body></html>".encode(),
        url="https://g.example/1",
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    blocks = page.layout.blocks
    assert page.place.title is not None
    assert blocks[page.place.title].text == "灯塔亮了又亮"
    assert blocks[page.place.start].text == blocks[page.place.end].text == HAN
    assert page.place.end == page.place.start + 1


def test_a_short_line_between_long_paragraphs_ends_none() -> None:
    body = "".join(f"<p>{'The lamp was lit, and all of the harbour came to look at it. ' * 3}{n}</p>" for n in range(3))
    page = Page(f"<html><body><p>By boat</p>{body}<p>Short.</p></body></html>".encode(), url="https://g.example/2")
    assert (page.place.start, page.place.end) == (1, 3)


def test_the_only_paragraph_below_the_title_is_the_text() -> None:
    rows = "".join(f"<p>Row {n}</p>" for n in range(40))
    brief = "The lamp was lit again, and everybody on the quay of Grindholm had come to look at it. " * 2
    body = f"<h1>The lamp is lit</h1><p>By boat</p><p>{brief}</p>{rows}"
    page = Page(
        f"<html><head><title>The lamp is lit</title></head><body>{body}</body></html>", url="https://g.example/3"
    )
    assert page.layout.blocks[page.place.start].text == brief.strip()
    assert page.place.end == page.place.start
