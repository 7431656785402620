from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import Article, Credit, Organization
from crawler.stories import align, find_stories
from crawler.stories.attribution import labelled_names
from crawler.stories.third_houses import shared_house

AGENCY = "Velm Press Agency"


def printed_in(original: Article, paper: str, day: str, **fields: object) -> Article:
    """An agency's story in a paper that says nothing of where it has it from, but for ``fields``."""
    page = replace(
        original,
        url=f"https://www.{paper.lower().replace(' ', '')}.example/news/1",
        publisher=Organization(paper),
        byline=None,
        authors=(),
        images=(),
        date_published=f"2031-03-{day}T09:00:00Z",
    )
    return replace(page, **fields)  # type: ignore[arg-type]


def crediting(original: Article) -> list[dict[str, object]]:
    return [
        {"byline": AGENCY, "authors": (AGENCY,)},
        {"byline": f"By Nora Feld, {AGENCY}", "authors": ("Nora Feld",)},
        {"text": f"PORT VELM ({AGENCY}) — {original.text}"},
        {"text": f"{original.text}\n\nSource: {AGENCY}"},
        {"credits": (Credit(f"© 2031 {AGENCY}. All rights reserved."),)},
        {"credits": (Credit(AGENCY),)},
        {"credits": (Credit("the agency", "https://www.velmpressagency.example/"),)},
        {"original_urls": ("https://www.velmpressagency.example/story/1",)},
    ]


@pytest.mark.parametrize("first", range(8))
@pytest.mark.parametrize("second", range(8))
def test_two_papers_that_credit_one_agency_are_not_each_others_source(
    original: Article, first: int, second: int
) -> None:
    ways = crediting(original)
    one = printed_in(original, "Hill Post", "14", **ways[first])
    other = printed_in(original, "River Echo", "17", **ways[second])
    assert shared_house(one, other) is not None
    assert align(one, other).direction == "undecided"
    assert any("both credit" in reason.text for reason in align(one, other).reasons)


def test_two_pages_that_name_one_address_elsewhere_are_not_each_others_source(original: Article) -> None:
    named = {"original_urls": ("https://velm.example/1",)}
    one, other = (printed_in(original, paper, day, **named) for paper, day in (("Hill Post", "14"), ("Echo", "17")))
    assert align(one, other).direction == "undecided"
    (story,) = find_stories([one, other])
    assert story.original is None


def test_two_networks_that_show_one_outlets_story_are_not_each_others_source(original: Article) -> None:
    outlet = {"publisher": Organization("The Velm Courier")}
    one, other = (
        printed_in(original, name, day, **outlet, distributor=Organization(name))
        for name, day in (("Relay", "14"), ("Mirror", "17"))
    )
    assert align(one, other).direction == "undecided"


def test_who_credits_the_other_is_its_copy_though_both_credit_an_agency(original: Article) -> None:
    one = printed_in(original, "Hill Post", "14", byline=AGENCY, authors=(AGENCY,))
    text = f"{original.text}\n\nOriginally published by Hill Post.\n\nSource: {AGENCY}"
    other = printed_in(original, "River Echo", "14", text=text)
    assert align(one, other).direction == "original"


def test_the_agencys_own_page_is_the_source(original: Article) -> None:
    own = replace(original, url="https://www.velmpressagency.example/1", publisher=Organization(AGENCY))
    paper = printed_in(original, "Hill Post", "17", byline=AGENCY, authors=(AGENCY,))
    assert shared_house(own, paper) is None
    assert align(own, paper).direction == "original"


def test_a_writer_whom_both_name_is_no_house(original: Article) -> None:
    named = {"byline": "By Nora Feld", "authors": ("Nora Feld",), "credits": (Credit("Nora Feld"),)}
    one, other = (printed_in(original, paper, day, **named) for paper, day in (("Hill Post", "14"), ("Echo", "17")))
    assert shared_house(one, other) is None
    assert align(one, other).direction == "original"


def test_of_two_pages_that_call_themselves_one_houses_the_one_on_its_site_is(original: Article) -> None:
    paper = Organization("The Velm Morning Courier")
    own = replace(original, url="https://www.vmcourier.example/1", publisher=paper)
    shown = replace(own, url="https://mirror.test/1", date_published="2031-03-17T09:00:00Z")
    assert shared_house(own, shown) is None
    assert shared_house(replace(own, url="https://relay.test/1"), shown) == paper.name


@pytest.mark.parametrize(
    "fields",
    [
        {"original_urls": ("https://www.velmcourier.example/quay",)},
        {"publisher": Organization("The Velm Courier"), "distributor": Organization("Relay", "https://relay.example/")},
    ],
)
def test_the_first_page_at_hand_is_no_original_where_it_says_that_another_house_had_the_story(
    original: Article, fields: dict[str, object]
) -> None:
    relay = printed_in(original, "Relay", "14", **fields)
    farm = printed_in(original, "Farm", "17", original_urls=(relay.url,))
    (story,) = find_stories([relay, farm])
    assert story.original is None
    assert [(node.article.url, node.source and node.source.url) for node in story.tree] == [
        (relay.url, None),
        (farm.url, relay.url),
    ]
    own = replace(original, url="https://www.velmcourier.example/quay", publisher=Organization("The Velm Courier"))
    (whole,) = find_stories([relay, farm, own])
    assert whole.original == own
    (plain,) = find_stories([printed_in(original, "Relay", "14"), farm])
    assert plain.original is not None


def test_who_had_the_story_from_elsewhere_is_nobodys_source_by_its_date_alone(original: Article) -> None:
    relay = printed_in(original, "Relay", "14", original_urls=("https://www.velmcourier.example/quay",))
    farm = printed_in(original, "Farm", "17")
    assert align(relay, farm).direction == "undecided"
    assert align(farm, relay).direction == "undecided"
    assert any("stood elsewhere first" in reason.text for reason in align(relay, farm).reasons)
    named = replace(farm, text=f"{farm.text}\n\nSource: Relay")
    assert align(relay, named).direction == "original"


@pytest.mark.parametrize("name", ["The Velm Courier", "velmcourier.example", "Velm Courier"])
def test_a_house_is_the_same_by_its_name_and_by_its_site(original: Article, name: str) -> None:
    one = printed_in(original, "Hill Post", "14", original_urls=("https://www.thevelmcourier.example/quay",))
    other = printed_in(original, "River Echo", "17", text=f"{original.text}\n\nSource: {name}")
    assert shared_house(one, other) in ("thevelmcourier.example", name)


@pytest.mark.parametrize(
    "fields",
    [
        {"credits": (Credit("World News"),)},
        {"credits": (Credit("U.S. News"),)},
        {"byline": "By News Desk", "authors": ("News Desk",)},
        {"byline": "By Nora Feld, News Editor", "authors": ("Nora Feld",)},
        {"credits": (Credit("© 2031 All rights reserved"),)},
        {"credits": (Credit("© Alle Rechte vorbehalten"),)},
        {"credits": (Credit("Source: Twitter"),)},
    ],
)
def test_what_names_a_section_a_desk_or_nobody_is_no_house(original: Article, fields: dict[str, object]) -> None:
    one, other = (printed_in(original, paper, day, **fields) for paper, day in (("Hill Post", "14"), ("Echo", "17")))
    assert shared_house(one, other) is None
    assert align(one, other).direction == "original"


def test_a_sentence_that_begins_with_a_word_for_credits_is_none() -> None:
    assert not list(labelled_names("La hausse continue. Avec Marie Dupont, nous gagnons."))
    assert list(labelled_names("(avec Agence du Port)")) == ["Agence du Port"]
    assert list(labelled_names("© 2031 The Courier All rights reserved")) == ["Courier"]


@pytest.mark.parametrize("name", ["AP News", "The Associated Press", None])
def test_an_agencys_own_page_is_known_under_any_of_its_names(original: Article, name: str | None) -> None:
    publisher = Organization(name) if name else None
    named = {"byline": "By Nora Feld, Associated Press", "authors": ("Nora Feld",)}
    own = replace(original, url="https://apnews.com/1", publisher=publisher, **named)  # type: ignore[arg-type]
    paper = printed_in(original, "Hill Post", "17", byline="AP", authors=("AP",))
    assert shared_house(own, paper) is None


def test_a_site_is_named_for_a_house_by_the_beginnings_of_its_words(original: Article) -> None:
    credited = {"text": f"{original.text}\n\nSource: Velm Morning Courier"}
    paper = printed_in(original, "Hill Post", "17", **credited)
    for site, shared in (("vmcourier", None), ("velmmo", None), ("vmc", None), ("elmo", "Velm Morning Courier")):
        page = replace(printed_in(original, "X", "14", **credited), url=f"https://{site}.example/1", publisher=None)
        assert shared_house(page, paper) == shared, site


def test_a_house_that_names_its_own_site_of_another_country_has_its_story_from_itself(original: Article) -> None:
    own = replace(original, url="https://www.quay.co.uk/1", original_urls=("https://www.quay.com/1",))
    farm = printed_in(original, "Farm", "17")
    assert align(own, farm).direction == "original"
    (story,) = find_stories([own, farm])
    assert story.original == own
