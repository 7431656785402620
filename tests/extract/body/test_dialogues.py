"""Dialogues in mid-text that ask for consent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
ASKED = "To show what the other harbour keeps here, you must allow it to measure how long you look at its boats."
BOX = "<div class='{}'><div><p class='{}-text'>{}</p><button>Allow</button><button>My choices</button></div></div>"


def text(story: Build, between: str) -> str:
    lines = [f"<p>{line}</p>" for line in PARAGRAPHS]
    return extract_article(story(body="".join([*lines[:2], between, *lines[2:]])), url=URL).text or ""


@pytest.mark.parametrize("name", ["m-consent", "embed consent--video", "gdpr", "two-click"])
def test_what_an_embed_asks_for_is_no_text(name: str, story: Build) -> None:
    assert text(story, BOX.format(name, name, ASKED)) == "\n\n".join(PARAGRAPHS)


def test_a_paragraph_on_consent_is_text(story: Build) -> None:
    assert ASKED in text(story, f"<h2 id='consent'>Consent</h2><p id='consent-2'>{ASKED}</p>")


def test_a_box_called_so_around_all_of_the_text_takes_nothing_along(story: Build) -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    body = f"<div class='page consent'>{lines}<button>Share</button><button>Print</button></div>"
    assert PARAGRAPHS[0] in (extract_article(story(body=body), url=URL).text or "")


def test_a_brief_filed_under_the_law_on_consent_is_text(story: Build) -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[:3])
    body = f"<article class='post tag-gdpr category-consent'>{lines}<button>Share</button></article>"
    assert PARAGRAPHS[0] in (extract_article(story(body=body), url=URL).text or "")
