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


def beside_the_text(line: str, box: str) -> bool:
    page = (
        "<!doctype html><html lang=en><head><title>Lamp</title></head><body><main><article>"
        f"<h1>Lamp comes home</h1>{TEXT}</article>{box.format(line)}</main></body></html>"
    ).encode()
    return line in (extract_article(page, url="https://harbour-times.example/lamp").text or "")


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this article, published on Tuesday, gave the wrong number of boats.",
        "The original version of this story said that 41 boats were in port.",
        "In einer früheren Fassung dieses Textes hieß es, im Hafen lägen 41 Schiffe. Richtig ist 14.",
        "Dans une version précédente, nous indiquions 41 bateaux au port. Il y en avait 14.",
        "Uma versão anterior deste texto dizia que havia 41 barcos no porto. Eram 14.",
        "In una versione precedente di questo articolo era scritto che le barche erano 41.",
        "I en tidigare version av texten stod det att 41 båtar låg i hamnen. Det var 14.",
        "I en tidligere versjon av teksten sto det at 41 båter lå i havnen. Det var 14.",
        "W poprzedniej wersji tekstu podaliśmy, że w porcie stało 41 łodzi. Było ich 14.",
    ],
)
def test_a_correction_in_a_box_beside_the_text_is_of_the_text(note: str) -> None:
    assert beside_the_text(note, "<div class='disclaimer'><p>{}</p></div>")


@pytest.mark.parametrize(
    "line",
    [
        "This article was first published in spring. Read the original version of this article there.",
        "Este artículo fue publicado originalmente en la isla. Lea la versión original en inglés.",
        "Película en versión original con subtítulos, martes a las ocho en el cine Puerto.",
        "Das neue Telefon behebt viele Schwächen der vorherigen Version, sagt der Hersteller.",
        "La première version du téléphone est sortie en mars et coûte neuf cents euros.",
        "Dieser Text erschien in einer früheren Fassung im Hafenblatt von Grindholm.",
        "If you believe this article should be corrected, write to the editors of the paper.",
    ],
)
def test_what_speaks_of_other_versions_is_no_correction(line: str) -> None:
    assert not beside_the_text(line, "<div class='promo'><p>{}</p></div>")


def test_a_reader_who_says_what_is_wrong_is_none() -> None:
    line = "An earlier version of this article gave the right number of boats, I have counted them myself."
    assert not beside_the_text(
        line, "<section id=comments><h3>2 comments</h3><div class=comment><p>{}</p></div></section>"
    )
