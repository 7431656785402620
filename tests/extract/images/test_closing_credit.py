"""Whose an article's only picture is, by a line under its text."""

from __future__ import annotations

import pytest

from crawler.extract.images.closing_credit import closing_credit
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html


def credit(below: str, last: int = 1) -> str | None:
    return closing_credit(lay_out(parse_html(f"<p>They went up the steps.</p><p>Nobody looked back.</p>{below}")), last)


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("Photo credit: Ada Winter", "Ada Winter"),
        ("Featured image: Ada Winter on Lampwick", "Ada Winter on Lampwick"),
        ("Beitragsbild: Ada Winter", "Ada Winter"),
        ("Foto: Hafenblatt / Ada Winter.", "Hafenblatt / Ada Winter"),
        ("Foto: Hafenbilder / The lamp is my life.", "Hafenbilder / The lamp is my life"),
        ("Crédits photos : Phare", "Phare"),
        ("Sources: <a href=/x>Harbour Post</a>, <a href=/y>Island News</a> / Photo Credit: <a href=/z>Ada Winter</a>",
         "Ada Winter"),
    ],
)  # fmt: skip
def test_a_line_under_the_text_says_whose_it_is(line: str, whose: str) -> None:
    assert credit(f"<p>{line}</p>") == whose
    assert credit(f"<p>Harbour</p><p>{line}</p>") == whose


@pytest.mark.parametrize(
    "html",
    [
        "<p>The lamp on its way up. Photo: Ada Winter</p>",
        "<p>Photos: how the lamp came home: a gallery</p>",
        "<p><a href=/gallery>Photos: The lamp comes home</a></p>",
        "<p>Foto: Die Lampe kehrt nach vierzig Jahren in ihren Turm zurück.</p>",
        "<div><img src='/other.jpg'><p>Photo: Ada Winter</p></div>",
        "<footer><p>Photo: Ada Winter</p></footer>",
        "<h3>Photo: Ada Winter</h3>",
        "<p>One.</p><p>Two.</p><p>Photo: Ada Winter</p>",
        "<p>The photo credits the keeper: nobody else was there.</p>",
    ],
)
def test_captions_of_others_and_sentences_do_not(html: str) -> None:
    assert credit(html) is None
