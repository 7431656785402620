from __future__ import annotations

import json

import pytest

from crawler.extract import extract_article
from crawler.model import Credit

PARAGRAPHS = "".join(
    f"<p>{words}</p>"
    for words in (
        "The harbour authority of Port Velm will close the Long Quay to freighters after divers found cracks.",
        "The decision, taken late on Friday, diverts roughly 40 ships a month to the deep-water terminal at Orsund.",
        "Divers from the firm inspected the piles in early March with sonar and hammers, and wrote a long report.",
        "Their report blames shipworms that thrive in the warmer water of the bay, and the storms of two winters.",
        "Repairs will cost about 6.4 million crowns and last until October, according to the engineers of the port.",
    )
)
HEADLINE = "Long Quay to close on Monday after divers find cracks"


def credits_of(*, above: str = "", below: str = "", head: str = "", beside: str = "") -> tuple[Credit, ...]:
    page = (
        f"<html lang=en><head><title>{HEADLINE} | Paperboat</title>"
        f"<meta property='og:site_name' content='Paperboat'>{head}</head>"
        f"<body><header><a href='/'>Paperboat</a></header><main><article><h1>{HEADLINE}</h1>{above}"
        f"{PARAGRAPHS}{below}</article>{beside}</main><footer>© 2031 Paperboat</footer></body></html>"
    )
    return extract_article(
        page.encode(), url="https://paperboat.example/n/1", captured_at="2031-03-06T10:00:00Z"
    ).credits


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ("<div class=meta>The Courier · 2 days ago</div>", "The Courier"),
        ("<div class=source>thecourier.example · 2 days ago</div>", "thecourier.example"),
        ("<img src='/l/c.png' alt='The Courier logo' class=publisher-logo><span>2 days ago</span>", "The Courier"),
        ("<div class=pub><a href='/publishers/the-courier'>The Courier</a> <span>2d</span></div>", "The Courier"),
    ],
)
def test_an_outlet_beside_the_date_is_credited(above: str, text: str) -> None:
    assert credits_of(above=above) == (Credit(text),)


@pytest.mark.parametrize(
    "line",
    [
        "© 2031 The Courier. All rights reserved.",
        "Quelle: Die Seepost",
        "Dieser Artikel erschien zuerst in der Seepost.",
        "Первоначально опубликовано изданием «Вестник».",
    ],
)
def test_a_line_below_the_text_that_says_whose_it_is_is_kept_there_or_in_the_text(line: str) -> None:
    article = extract_article(
        f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>{PARAGRAPHS}<p>{line}</p>"
        "</article></body></html>".encode(),
        url="https://paperboat.example/n/1",
    )
    assert line in (article.text or "") or Credit(line) in article.credits


def test_a_link_to_another_sites_front_page_is_a_credit() -> None:
    link = "<p>Source: <a href='https://www.thecourier.example/'>The Courier</a></p>"
    assert credits_of(below=link) == (Credit("The Courier", "https://www.thecourier.example/"),)


def test_data_name_who_holds_the_rights() -> None:
    holder = {"@type": "Organization", "name": "The Courier", "url": "https://www.thecourier.example"}
    data = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "copyrightHolder": holder})
    assert credits_of(head=f'<script type="application/ld+json">{data}</script>') == (
        Credit("The Courier", "https://www.thecourier.example"),
    )


@pytest.mark.parametrize(
    "furniture",
    [
        {"above": "<div class=by>By Ines Aldana</div><time datetime=2031-03-04>Published March 4, 2031</time>"},
        {"above": "<p>Share on <a href='https://www.facebook.com/'>Facebook</a></p>"},
        {"below": "<p class=caption>Photo: © The Courier</p>"},
        {"below": "<h2>Related</h2><p>Source: The Courier</p>"},
        {"below": "<p>© 2031 Paperboat</p>"},
        {"below": "<p>Powered by <a href='https://presswork.example/'>Presswork</a></p>"},
        {"below": "<p><a href='https://wordpress.org/'>WordPress</a></p>"},
        {"below": "<p>Blog comments by <a href='https://disqus.com/'>Disqus</a></p>"},
        {"above": "<div class=meta>Sport · 2 days ago</div>"},
        {"beside": "<aside><p>Source: The Courier</p></aside>"},
    ],
)
def test_what_is_of_the_page_itself_or_of_others_is_none(furniture: dict[str, str]) -> None:
    found = [credit for credit in credits_of(**furniture) if credit.text != "© 2031 Paperboat"]
    assert found == []
