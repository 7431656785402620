"""A heading is the article's where something under it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.body.orphans import find_orphans
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
OFFER = (
    '<div class="k1"><h3>Morning Tide</h3><p>Our free newsletter brings you the news of the island on weekdays.</p>'
    "<label>Your address</label><input><button>Sign up</button></div>"
)
TABLE = '<section class="k1"><h3>What it weighs</h3><table><tr><td>lens</td><td>2 t</td></tr></table></section>'


def text(story: Build, between: str) -> str:
    lines = [f"<p>{line}</p>" for line in PARAGRAPHS]
    return extract_article(story(body="".join([*lines[:2], between, *lines[2:]])), url=URL).text or ""


def test_the_heading_of_an_offer_is_no_text(story: Build) -> None:
    assert text(story, OFFER) == "\n\n".join(PARAGRAPHS)


def test_a_survey_is_no_text(story: Build) -> None:
    survey = (
        "<div class=k1><h4>Shall it be lit?</h4><form><label><input type=radio>At once</label><button>Vote</button>"
        "</form><p>This survey is open until Friday at noon and says nothing of the whole island.</p></div>"
    )
    assert text(story, survey) == "\n\n".join(PARAGRAPHS)


def test_the_heading_of_a_table_is_text(story: Build) -> None:
    assert "What it weighs" in text(story, TABLE)


def test_the_heading_of_a_section_is_text(story: Build) -> None:
    assert "The crane" in text(story, f"<section><h3>The crane</h3><p>{PARAGRAPHS[1]} And more.</p></section>")


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ("", {5}),
        ('<iframe src="https://films.example/embed/7"></iframe>', set()),
        ('<p><img src="/lamp.jpg"></p>', set()),
        ("<h3>The lens</h3>", set()),
    ],
    ids=["nothing", "a film", "a picture", "another heading, as in a list"],
)
def test_a_heading_at_the_end_is_text_where_something_is_shown_under_it(below: str, found: set[int]) -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    layout = lay_out(parse_html(f"<article>{lines}<h2>Where the lamp came from</h2>{below}</article>"))
    assert find_orphans(layout, layout.blocks) == found
