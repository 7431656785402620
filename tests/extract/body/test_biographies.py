"""What the author is stands above the text or at its end, and is none of it; what the author does in it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.body.biographies import find_biographies
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
AUTHORS = ("Ada Winter", "Jonas Falk")
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def found(html: str) -> list[str]:
    blocks = lay_out(parse_html(html)).blocks
    return [blocks[number].text for number in sorted(find_biographies(blocks, AUTHORS))]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Winter is a freelance writer who lives on the west coast.",
        "Ada Winter currently works for the Harbour Times as a reporter. She was born on a ferry.",
        "Jonas Falk ist Redakteur im Ressort Küste und schreibt seit 2009 über Häfen.",
        "Ada Winter est journaliste indépendante et couvre la mer du Nord.",
        "Jonas Falk es periodista y escribe sobre puertos desde 2012.",
        "Ada Winter è giornalista e scrive di mare.",
        "Jonas Falk är journalist och bor på ön.",
    ],
)
def test_who_the_author_is_above_the_text_is_none_of_it(line: str) -> None:
    assert found(f"<p>{line}</p>{STORY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Winter is a name that every child on the island knows.",
        "Ada Winter is sitting in her kitchen and will not say a word about the lamp.",
        "I am a writer, and I live by the harbour.",
        "Jonas Falk ist wütend. Der Redakteur, der ihn angerufen hat, wollte nur das Wetter wissen.",
        "Marte Olsvik is a reporter, and today she has news of her own.",
        "Jonas Falk: You are a journalist, and you have never seen the lamp?",
        "Journalist Ada Winter is missing, and half the island is looking for her.",
    ],
)
def test_a_story_that_begins_like_a_biography_is_text(line: str) -> None:
    assert found(f"<p>{line}</p>{STORY}") == []


@pytest.mark.parametrize(
    "line",
    [
        "Ada Winter covers ports for the Harbour Times. Write to her at ada@harbour-times.example.",
        "Jonas Falk (Jahrgang 1962) arbeitet als Redakteur und wohnt in Grindholm.",
        "Ada Winter, an award-winning journalist, has lived on the island since 2009.",
        "Journaliste indépendante, Ada Winter couvre la mer du Nord depuis 2012.",
        "The author teaches history and is a fellow of the museum.",
        "<em>The author lives in Grindholm with two dogs.</em>",
        "Die Autorin ist Historikerin und lebt in Grindholm.",
        "El autor es profesor de historia marítima.",
        "L’auteur est professeur d’histoire maritime.",
        "O autor é jornalista e vive na ilha.",
        "Автор — историк и сотрудник музея.",
    ],
)
@pytest.mark.parametrize("after", ["", "<p>More of this at the museum on Sunday.</p>"])
def test_who_the_author_is_below_the_text_is_none_of_it(line: str, after: str) -> None:
    if after and line.startswith(("Ada Winter covers", "Journaliste")):
        return  # with no calling right behind the name only the last lines are biographies
    plain = line.replace("<em>", "").replace("</em>", "")
    assert found(f"{STORY}<p>{line}</p>{after}") == [plain]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Winter, who climbed the stairs with a photographer, counted a hundred and twelve of them.",
        "Ada Winter counted the steps, and the director of the museum did not believe her.",
        "The author of the letters is unknown, but the teacher has a theory.",
        "The author is at her best where nothing happens at all.",
        "Die Autorin ist sich sicher, dass niemand den Brief gelesen hat.",
        "El autor de las cartas es desconocido.",
        "The author is a professor who lives in the past and says so.",
        "The author was a teacher before his first novel on the lamp.",
        "Der Autor ist Meister seines Faches, und sein Roman liest sich wie ein Lied.",
        "L’auteur est un écrivain qui aime la mer et le dit à chaque page.",
        "El autor es un periodista que conoce el puerto desde niño.",
        "“Ada Winter is a writer, and writers talk,” said Marte Olsvik.",
        "I am a reporter, not a welder, and I will keep my hands off the lamp.",
    ],
)
def test_what_the_story_ends_with_is_text(line: str) -> None:
    assert found(f"{STORY}<p>{line}</p>") == []


def test_what_the_author_of_a_book_is_of_whom_the_text_tells_is_text() -> None:
    last = "The author is a historian of the sea, and it shows."
    assert found(f"<p>For ten years the author lived with the keepers.</p>{STORY}<p>{last}</p>") == []


def test_what_a_company_that_signs_its_text_says_of_itself_is_text() -> None:
    last = "At Lamp House, we know that each teacher is a lamp, and the director of a school its window."
    blocks = lay_out(parse_html(f"{STORY}<p>{last}</p>")).blocks
    assert find_biographies(blocks, ("Lamp House",)) == set()


def test_a_short_note_that_is_all_about_the_author_stays() -> None:
    assert found("<p>Ada Winter is a reporter.</p><p>Ada Winter is a writer.</p>") == []


def test_a_biography_between_title_and_text_is_left_out_of_the_article(story: Build) -> None:
    line = "Ada Winter is a reporter who has written of the sea and its people for the Harbour Times since 2009."
    page = story(head='<title>x</title><meta name="author" content="Ada Winter">', body=f"<p><i>{line}</i></p>{STORY}")
    text = extract_article(page, url=URL).text or ""
    assert text.startswith(PARAGRAPHS[0])
    assert PARAGRAPHS[-1] in text
