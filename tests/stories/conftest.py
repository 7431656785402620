"""An invented story as its paper printed it, and as another site rewrote it. Neither place nor people exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article, Image, Organization, Outcome

ORIGINAL = [
    "The harbour authority of Port Velm will close the Long Quay to freighters on Monday after divers "
    "found cracks in 14 of its 212 piles.",
    "The decision, taken late on Friday, diverts roughly 40 ships a month to the deep-water terminal at Orsund.",
    '"We are not going to gamble with the lives of the people who work there," Ilse Tarnow, the '
    "authority's director, told The Velm Courier.",
    "Divers from the firm Kestrel Marine inspected the piles in early March with sonar and hammers.",
    "Their report, which the Courier has seen, blames shipworms that thrive in the warmer water of the bay.",
    '"The damage is worse than [the council] was told last year," said Bram Oduya, a retired harbour '
    "engineer and author of a history of the quay.",
    "Repairs will cost about 6.4 million crowns and last until October, according to the report.",
    "The dockers' union demanded that its 320 members be paid in full while the quay is shut.",
    "Fishing boats may still land their catch at the northern steps.",
    "The quay was built in 1911 and last renewed in 1987.",
]
REWRITE = [
    "The dockers' union wants full pay for all 320 members for as long as the quay stays shut.",
    '"We are not going to gamble with the lives of the people who work there," Ilse Tarnow, the '
    "director, told The Velm Courier.",
    "Freighters will be barred from the Long Quay in Port Velm starting Monday, since cracks were "
    "discovered in 14 piles by divers.",
    "Fishing boats may still land their catch at the northern steps.",
    '"The damage is worse than the council was told last year," said Bram Oduya, a retired harbour engineer.',
    "A report blames shipworms thriving in the bay's warmer water.",
    "It puts the cost of repairs at 6.4 million crowns.",
    "Hotel owners said they had received no cancellations so far.",
    "Built in 1911, the quay was most recently renewed in 1987.",
]
TRUTH = {0: {7}, 1: {2}, 2: {0}, 3: {8}, 4: {5}, 5: {4}, 6: {6}, 7: set(), 8: {9}}
UNRELATED = [
    "A choir of bakers sang at the opening of the new library in Tessel on Sunday.",
    "The building holds 90,000 books and a reading room under a glass roof.",
    "Children from four schools had painted the shelves.",
    "The mayor thanked the masons, who finished two weeks early.",
]


def make_article(sentences: list[str] | str, url: str = "https://a.example/story", **fields: object) -> Article:
    text = sentences if isinstance(sentences, str) else "\n\n".join(sentences)
    return Article(url=url, captured_at="2031-05-01T00:00:00Z", outcome=Outcome.ARTICLE, text=text, **fields)  # type: ignore[arg-type]


@pytest.fixture
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture
def original() -> Article:
    return make_article(
        ORIGINAL,
        "https://courier.velm.example/quay",
        headline="Long Quay to close",
        byline="By Nora Feld",
        authors=("Nora Feld",),
        publisher=Organization("The Velm Courier", "https://courier.velm.example/"),
        date_published="2031-03-14T09:00:00+00:00",
        images=(
            Image(url="https://courier.velm.example/quay.jpg", caption="The quay", credit="Jan Moll/The Velm Courier"),
        ),
    )


@pytest.fixture
def rewrite() -> Article:
    return make_article(
        REWRITE, "https://velmstar.test/news/1/quay", date_published="2031-03-16", headline="Quay shut to ships"
    )


@pytest.fixture
def truth() -> dict[int, set[int]]:
    """Numbers of the original's sentences by the number of the rewrite's sentence they became."""
    return TRUTH


@pytest.fixture
def unrelated() -> Article:
    return make_article(UNRELATED, "https://tessel.example/library")
