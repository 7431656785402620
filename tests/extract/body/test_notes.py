"""Notes by a text are none of it: how to cite it, where to tell of mistakes, who wrote it, who links to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.body.notes import find_notes
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import HEADLINE, PARAGRAPHS, URL

Build = Callable[..., bytes]
BODY = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)


def noted(line: str) -> set[int]:
    """What is a note where a line stands above the text."""
    return find_notes(lay_out(parse_html("".join(f"<p>{each}</p>" for each in (line, *PARAGRAPHS)))).blocks)


def text(page: bytes) -> str:
    return extract_article(page, url=URL).text or ""


@pytest.mark.parametrize(
    "note",
    [
        "<p>Citation: Lighthouse lamp returns to Grindholm (2024) retrieved 6 March 2024 from this address</p>",
        "<p>Empfohlene Zitierweise: Ada Winter, Lighthouse lamp returns, Harbour Times, 5. März 2024</p>",
        "<p>Autor: Jonas FALK, Landesanstalt für Leuchttürme, Grindholm (D)</p>",
        "<div><p>Kļūda tekstā?</p><p>Iezīmējiet to un spiediet Ctrl+Enter, lai nosūtītu redaktoram!</p></div>",
        "<p>Die Rechte sämtlicher Texte sind bei der Hafenzeitung. Jede Weiterverbreitung ist honorarpflichtig.</p>",
        "<p>This document is subject to copyright. Apart from fair dealing no part may be used without permission.</p>",
        "<p>Nichts mehr von der Insel verpassen: Abonnieren Sie kostenlos den Newsletter der Harbour Times.</p>",
        "<p>Image illustrative : <a href='https://pictures.example/7'>The quay</a> by Mira Sund, Creative Commons</p>",
        "<p>[…] The great lamp of Grindholm lighthouse was carried back up its hundred and twelve steps on […]</p>",
    ],
)
def test_a_note_below_the_text(story: Build, note: str) -> None:
    assert text(story(body=BODY + note)) == "\n\n".join(PARAGRAPHS)


def test_the_way_to_the_page_above_the_text(story: Build) -> None:
    way = "<p>Harbour Times &gt; Islands &gt; What the keepers of Grindholm said of the lamp when it came home</p>"
    assert text(story(body=way + BODY)) == "\n\n".join(PARAGRAPHS)


def test_what_only_reads_like_one_is_text(story: Build) -> None:
    line = "Citation for bravery: that is what the council had promised the oldest of the keepers at last."
    assert line in text(story(body=f"<p>{line}</p>" + BODY))
    claimed = "The drawings of the lens are subject to copyright, said the lawyer of the family that had owned it."
    assert claimed in text(story(body=f"<p>{claimed}</p>" + BODY))
    spoken = "Author: that is what she wants to be called, after thirty years of keeping the lamp."
    assert spoken in text(story(body=BODY + f"<p>{spoken}</p>"))


@pytest.mark.parametrize(
    "line",
    [
        "Her newsletter on lighthouses now has 20,000 subscribers, which is more than the island has people.",
        "The court of the islands has found that recipes for lamp oil are not subject to copyright.",
        "Der Newsletter des Vereins, den ein Lehrer schreibt, hat inzwischen mehr als viertausend Abonnenten.",
        "Cite this as the reason, the lawyer of the collector told the court, and you will lose the lamp.",
        "All rights reserved, the oldest of the keepers said of his drawings, and nobody laughed at it.",
        "The judge also ruled that the photograph may not be reproduced in a book on the keepers of the lamp.",
    ],
)
def test_a_last_paragraph_on_letters_or_rights_is_text(story: Build, line: str) -> None:
    assert line in text(story(body=BODY + f"<p>{line}</p>"))


def test_a_quotation_that_leaves_words_out_is_text(story: Build) -> None:
    quoted = "[…] The keeper shall climb the hundred and twelve steps each evening, whatever the wind may be […]"
    assert quoted in text(story(body=f"<blockquote><p>{quoted}</p></blockquote>" + BODY))
    assert quoted in text(story(body=f"<p>{PARAGRAPHS[0]}</p><p>{quoted}</p>" + BODY))


def test_a_kicker_right_above_the_headline_is_no_text(story: Build) -> None:
    deck = "<p>A lamp that was sold to a collector forty years ago is back in its tower, to everybody's surprise.</p>"
    page = story(heading=f"<div class=teaser-body><p>Islands</p><h2>{HEADLINE}</h2>{deck}</div>", byline="", date="")
    assert not text(page).startswith("Islands")
    assert HEADLINE not in text(page)


@pytest.mark.parametrize(
    "line",
    ["This article is more than 5 years old", "This story was published in 2017 and may contain outdated information.",
     "Prenez note que cet article publié en 2017 pourrait contenir des informations qui ne sont plus à jour.",
     "Cet article a plus de deux ans.", "Dieser Artikel ist älter als ein Jahr.",
     "Esta noticia se publicó hace más de dos años",
     "Questo articolo è stato pubblicato più di due anni fa", "Dit artikel is meer dan een jaar oud",
     "Denne artikkelen er mer enn to år gammel.", "この記事は3年以上前に書かれたものです。",
     "本文最后更新于一年前，内容可能已过时。"],
)  # fmt: skip
def test_that_the_text_is_old_is_none_of_it(line: str) -> None:
    assert 0 in noted(line)


@pytest.mark.parametrize(
    "line",
    ["This article is more than a recipe.", "This story was published in 1921 by two printers who never met.",
     "Cet article coûte plus de deux euros.", "Dieser Artikel ist über die Lampe.",
     "Questo articolo parla di due anni in mare.",
     "This post is over the harbour and has been painted twice.",
     "This page was torn from a book that is out of date, the keeper says.",
     "Dieser Text ist über zwei Jahre hinweg entstanden, in Zügen und Küchen.",
     "Cet article a plus d'un an de retard sur les faits, sourit le maire.",
     "Esta noticia llegó con más de dos meses de retraso a la isla.",
     "Esta notícia chegou com mais de dois anos de atraso.",
     "Questo articolo è costato più di due mesi di lavoro a tre redattori.",
     "Dit artikel is meer dan een jaar in voorbereiding geweest.",
     "Texten är över ett år av samtal, nedtecknade på ön.",
     "文章指出，这种灯塔并未过时。", "文章称传统灯塔已过时，但渔民不同意。",
     "このページは3年以上前の話を伝える。"],
)  # fmt: skip
def test_other_lines_about_the_text_stay(line: str) -> None:
    assert 0 not in noted(line)
