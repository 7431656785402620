"""The article's text in the page's application state, where the page itself shows next to nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from crawler.extract import extract_article
from crawler.model import Article
from tests.extract.conftest import HEADLINE, PARAGRAPHS, URL

Build = Callable[..., bytes]
HTML = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def read(story: Build, state: Any, body: str = "") -> Article:
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"page": {"story": state}})}</script>'
    return extract_article(story(body=body, after=script), url=URL)


@pytest.mark.parametrize(
    "body",
    [
        {"body": HTML},
        {"richText": HTML.replace("</p>", "{/p}")},
        {"content": {"rendered": HTML}},
        {"content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS]},
        {"content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in PARAGRAPHS]},
        {
            "body": {
                "nodeType": "document",
                "content": [
                    {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]} for text in PARAGRAPHS
                ],
            }
        },
        {
            "body": [
                {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]}
                for text in PARAGRAPHS
            ]
        },
        {"body": "\n\n".join(PARAGRAPHS)},
    ],
)
def test_a_shell_has_the_text_of_its_state(story: Build, body: dict[str, Any]) -> None:
    article = read(story, {"title": HEADLINE, **body})
    assert article.outcome == "article"
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.evidence["text"].source == "app-state"


def test_the_text_of_a_function_that_gives_the_state_is_read(story: Build) -> None:
    given = f"{json.dumps(HEADLINE)},{json.dumps(HTML)}"
    call = f"window.__NUXT__=(function(a,b){{return {{data:[{{title:a,body:b}}]}}}}({given}));"
    article = extract_article(story(body="", after=f"<script>{call}</script>"), url=URL)
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_kinds_of_elements_are_kept_and_what_is_no_text_is_left_out(story: Build) -> None:
    elements = [
        {"type": "text", "content": PARAGRAPHS[0]},
        {"type": "header", "level": 2, "content": "The last keeper"},
        {"type": "image", "content": "The lens on its way up", "url": "https://x.example/lens.jpg"},
        {"type": "related_story", "content": "A seal that would not leave the bakery"},
        {"type": "quote", "content": PARAGRAPHS[2]},
        {"type": "text", "content": PARAGRAPHS[1] + " " + PARAGRAPHS[3]},
    ]
    article = read(story, {"title": HEADLINE, "content_elements": elements})
    assert [(block.type, block.level) for block in article.blocks] == [
        ("paragraph", None),
        ("heading", 2),
        ("quote", None),
        ("paragraph", None),
    ]


def test_asides_in_the_stored_text_are_none_of_it(story: Build) -> None:
    aside = "<aside><a href='/x'>More from the harbour</a></aside>"
    article = read(story, {"title": HEADLINE, "body": HTML.replace("</p><p>", f"</p>{aside}<p>", 1)})
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_the_text_of_another_story_in_the_state_is_left(story: Build) -> None:
    article = read(story, {"title": "A seal that would not leave the bakery", "body": HTML})
    assert not article.text


def test_a_teaser_in_the_state_is_no_text(story: Build) -> None:
    assert not read(story, {"title": HEADLINE, "body": f"<p>{PARAGRAPHS[0]}</p>"}).text


def test_where_the_page_shows_a_good_part_the_page_is_believed(story: Build) -> None:
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3])
    article = read(story, {"title": HEADLINE, "body": HTML}, body=shown)
    assert article.evidence["text"].source == "dom"


@pytest.mark.parametrize(("said", "level"), [(3, 3), ("4", 4), (99, None), ("9" * 5000, None), ("²", None), (-1, None)])
def test_a_heading_has_a_rank_that_html_knows_or_none(story: Build, said: object, level: int | None) -> None:
    elements = [{"type": "heading", "text": "What the keeper saw", "level": said}]
    elements += [{"type": "paragraph", "text": text} for text in PARAGRAPHS]
    heading = next(
        block for block in read(story, {"title": HEADLINE, "blocks": elements}).blocks if block.type == "heading"
    )
    assert (heading.text, heading.level) == ("What the keeper saw", level)
