"""Lines that count the articles a reader may read for free."""

import pytest

from crawler.extract.body.metering import counts_free, find_offers
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS

STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def offers(html: str) -> list[str]:
    blocks = lay_out(parse_html(html)).blocks
    return [blocks[number].text for number in sorted(find_offers(blocks))]


@pytest.mark.parametrize(
    "text",
    [
        "You have read two of five free articles this month.",
        "You've reached your limit of free stories",
        "This is your last free article.",
        "3 free articles left",
        "Sie haben noch zwei kostenlose Artikel in diesem Monat",
        "Il vous reste 2 articles gratuits",
        "Te quedan 3 artículos gratis este mes",
        "У вас осталось 2 бесплатные статьи",
    ],
)
def test_line_that_counts_what_may_be_read_is_none_of_the_text(text: str) -> None:
    assert counts_free(text)


@pytest.mark.parametrize(
    "text",
    [
        "The library handed out five free articles about the harbour to each of its visitors.",
        "You have to read the story of the lamp, she said.",
        "You can read free articles on the lamp in the hall of the museum.",
        "Free stories are told at the quay on Friday.",
        "You have read that the ferry is free.",
        "",
    ],
)
def test_line_of_a_story_is(text: str) -> None:
    assert not counts_free(text)


@pytest.mark.parametrize(
    "line",
    [
        "You have now reached your allowance of 3 free articles in the last 30 days.<br>Don't worry.",
        "Sorry, you've used all your complimentary stories this month. Choose how to go on reading below.",
        "Sie haben Ihre drei kostenlosen Artikel für diesen Monat aufgebraucht. Jetzt weiterlesen.",
        "Vous avez atteint la limite de vos articles gratuits.",
        "Ha alcanzado el límite de artículos gratis de este mes.",
    ],
)
def test_all_in_the_box_that_tells_that_no_more_is_free_is_an_offer(line: str) -> None:
    box = f"<div><p>Good to see you here.</p><div><p>{line}</p><p>When you register, a book is sent.</p></div></div>"
    assert len(offers(f"<article>{STORY}{box}</article>")) == 3


def test_a_line_that_tells_so_among_paragraphs_goes_alone() -> None:
    line = "You have reached your limit of free articles."
    assert offers(f"<article>{STORY}<p>{line}</p></article>") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "You have reached the tower, where free articles of clothing hang in the hall for whoever comes up wet.",
        "Visitors have reached their limit of free stories when the keeper puts his cap on.",
        "Have you used up the free articles that the museum hands out? The keeper has more of them.",
        "Sie haben drei kostenlose Artikel über die Lampe geschrieben und keinen davon verkauft.",
    ],
)
def test_a_story_that_only_sounds_so_stays(line: str) -> None:
    assert offers(f"<article>{STORY}<div><p>{line}</p><p>{PARAGRAPHS[0]}</p></div></article>") == []
