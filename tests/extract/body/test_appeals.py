"""Lines at the end of the text that ask to follow the outlet elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.body.appeals import find_appeals
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
HOST = "harbour-times.example"
PROSE = f"<p>{PARAGRAPHS[0]}</p>"


def appeals(html: str) -> list[str]:
    blocks = lay_out(parse_html(html), HOST).blocks
    return [blocks[number].text for number in sorted(find_appeals(blocks, HOST))]


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/harbourtimes",
        "https://web.archive.org/web/20240305120000/https://t.me/harbourtimes",
        "https://www.facebook.com/harbourtimes/",
        "https://x.com/harbourtimes?s=20",
        "https://www.youtube.com/@harbourtimes",
        "https://whatsapp.com/channel/0029Va",
        "https://news.google.com/publications/CAAq",
        "https://play.google.com/store/apps/details?id=example.harbour",
        "https://www.harbour-times.example/",
        "/news/",
    ],
)
def test_a_last_line_that_leads_to_a_channel_or_home_is_none_of_the_text(link: str) -> None:
    assert appeals(f"{PROSE}<p>Ада Винтер <a href='{link}'>здесь</a></p>") == ["Ада Винтер здесь"]


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/harbourtimes/4711",
        "https://x.com/ada/status/4711",
        "https://lamp.example/",
        "/2024/03/05/lamp",
        "#x",
    ],
)
def test_a_last_line_that_leads_to_a_post_or_a_page_is_text(link: str) -> None:
    assert appeals(f"{PROSE}<p>She showed it <a href='{link}'>here</a>.</p>") == []


def test_above_the_last_paragraph_there_are_none() -> None:
    line = "<p>He wrote <a href='https://t.me/keeper'>there</a> every day.</p>"
    assert appeals(f"{line}{PROSE}") == []
    assert len(appeals(f"{PROSE}{line}<h2>Lamps</h2>{line}")) == 2


def test_news_is_kept_without_its_appeal(story: Build, json_ld: Callable[..., str]) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    line = "<p>Join the readers of <a href='https://t.me/harbourtimes'>our channel</a> and stay up to date.</p>"
    news = story(head=f"<title>x</title>{json_ld(headline='Lamp')}", body=body + line)
    assert extract_article(news, url=URL).text == "\n\n".join(PARAGRAPHS)
