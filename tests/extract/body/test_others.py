"""Of the articles that a page shows one below the other only the first is the page's own."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import HEADLINE, PARAGRAPHS

OWN = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHER = "".join(
    f"<p>The seal of Grindholm, sentence {n}, has left the bakery by its back door again.</p>" for n in range(8)
)


def page(below: str) -> bytes:
    return (
        f"<!doctype html><html lang=en><head><title>{HEADLINE} | Harbour Times</title></head><body><main>"
        f"<article><header><h1>{HEADLINE}</h1><p>By Ada Winter</p></header>{OWN}</article>{below}</main></body></html>"
    ).encode()


def text_of(below: str) -> str:
    return extract_article(page(below), url="https://harbour-times.example/lamp").text or ""


@pytest.mark.parametrize("box", ["article", "section", "div"])
def test_an_article_with_its_own_title_below_the_text_is_another(box: str) -> None:
    text = text_of(f"<div>Read next</div><{box}><h1>Seal leaves the bakery</h1><p>By Jonas Falk</p>{OTHER}</{box}>")
    assert PARAGRAPHS[-1] in text
    assert "seal of Grindholm" not in text


def test_entries_with_headings_of_a_lower_rank_are_of_the_text() -> None:
    entries = "".join(f"<article><h2>Report {n}</h2><p>{10 + n}:00</p>{OTHER}</article>" for n in range(1))
    assert "seal of Grindholm" in text_of(entries)


def test_the_title_of_a_form_between_parts_of_the_text_is_no_others() -> None:
    form = "<div class=nl><h1>Newsletter</h1></div>"
    assert "seal of Grindholm" in text_of(f"{form}<div class=body>{OTHER}</div>")
