"""Lines that count the articles a reader may read for free."""

import pytest

from crawler.extract.body.metering import counts_free


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
