"""Words hidden beside the article are none of it; an article that is hidden as a whole, or in part, stays."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
WORDS = (
    "Ferry tickets, cheap ferry tickets, lamp for sale, the keeper of the light, who bought the lens, brass fittings "
    "by the pound, museum of the harbour, opening hours, letters of the last keeper, boats to the mainland."
)


def text(body: bytes) -> str:
    return extract_article(body, url=URL).text or ""


def test_hidden_words_outside_the_article_are_none_of_it(story: Build) -> None:
    hidden = '<div style="display:none">' + "".join(f"<p>{WORDS} {n}.</p>" for n in range(6)) + "</div>"
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</div></article>" + hidden + "<article><div>"
    found = text(story(body=body))
    assert PARAGRAPHS[-1] in found
    assert "by the pound" not in found


def test_an_article_that_a_script_will_show_is_kept(story: Build) -> None:
    body = '<div style="display:none">' + "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</div>"
    assert PARAGRAPHS[0] in text(story(body=body))


def test_the_hidden_rest_of_an_article_is_kept(story: Build) -> None:
    first, rest = PARAGRAPHS[:3], PARAGRAPHS[3:]
    shown = "".join(f"<p>{line}</p>" for line in (*first, first[0].replace("great", "old")))
    body = f'{shown}<div style="display:none">{"".join(f"<p>{line}</p>" for line in rest)}</div><p>{PARAGRAPHS[0]}!</p>'
    found = text(story(body=body))
    assert all(line in found for line in rest)
