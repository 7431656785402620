"""What a newsroom says that its text had wrong is part of the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS

Build = Callable[..., bytes]
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


@pytest.mark.parametrize(
    "note",
    [
        "Correction, Jan. 4: An earlier version of this story misstated the number of boats in port. It was 14.",
        "This article was amended on 4 January 2024 because it had 41 boats in port. There were 14.",
        "In einer früheren Fassung dieses Textes hieß es, im Hafen lägen 41 Schiffe. Richtig ist 14.",
        "Une première version de cet article indiquait 41 bateaux au port. Il y en avait 14.",
        "En una versión anterior se decía que había 41 barcos en el puerto. Eran 14.",
        "В предыдущей версии текста говорилось о 41 судне в порту. Их было 14.",
    ],
)
@pytest.mark.parametrize("box", ["<p class='correction'><em>{}</em></p>", "<div class='corrections'><p>{}</p></div>"])
def test_a_correction_below_the_text_is_of_the_text(story: Build, json_ld: Build, note: str, box: str) -> None:
    page = story(head=f"<title>Lamp</title>{json_ld(headline='Lamp')}", body=TEXT + box.format(note))
    assert note in (extract_article(page, url="https://harbour-times.example/lamp").text or "")


@pytest.mark.parametrize(
    "line",
    [
        "Spotted a mistake? Tell us, and read how we handle corrections and complaints in our policy.",
        "Our corrections policy says how we mend what we got wrong, and whom to write to about it.",
    ],
)
def test_an_offer_to_correct_is_none(story: Build, json_ld: Build, line: str) -> None:
    body = f"{TEXT}<div class='corrections-policy'><p><a href='/corrections'>{line}</a></p></div>"
    page = story(head=f"<title>Lamp</title>{json_ld(headline='Lamp')}", body=body)
    assert line not in (extract_article(page, url="https://harbour-times.example/lamp").text or "")


@pytest.mark.parametrize(
    "line",
    [
        "El ciclo se proyecta en versión original con subtítulos en la filmoteca municipal.",
        "Der Film läuft in der ursprünglichen Fassung am Freitag im Kino am Hafen.",
        "The original version of this song was written by a dock worker in 1931 and became a hit.",
        "Users of earlier versions of the lamp's app have to install the new one by Friday.",
        "La première version du téléphone est sortie en mars dernier avec un grand écran.",
    ],
)
def test_an_earlier_version_of_something_else_is_none(story: Build, json_ld: Build, line: str) -> None:
    cards = f"<li><a href='/x'>Songs</a><p>{line}</p></li><li><a href='/y'>Lamps</a><p>A lamp lights the pier.</p></li>"
    body = f"<article><h1>Lamp</h1>{TEXT}<div class='most-read'><ol>{cards}</ol></div></article>"
    page = story(head=f"<title>Lamp</title>{json_ld(headline='Lamp')}", body=body)
    assert line not in (extract_article(page, url="https://harbour-times.example/lamp").text or "")
