"""Panels and cards as pages build them: writers, kickers and commands among the cards, lists that are no stories."""

from __future__ import annotations

import pytest

from crawler.extract.page import Page
from crawler.extract.panels import find_panels
from crawler.model import Card, Panel

URL = "https://news.example/2023/05/17/pier"
ARTICLE = (
    "<article><h1>The pier opens again</h1><p id=own>The harbour board voted to reopen the old pier.</p></article>"
)
LONG = "Ferry fares to rise on all three routes"


def panels(body: str) -> tuple[Panel, ...]:
    page = Page(f"<html><body>{ARTICLE}{body}</body></html>", url=URL)
    return find_panels(page, own={b.number for b in page.layout.blocks if b.box.element.get("id") == "own"})


def stories(*numbers: int) -> str:
    return "".join(f"<li><a href='/story-{n}'>{LONG} {n}</a></li>" for n in numbers)


def cards(inside: str) -> list[Card]:
    """Those of a panel whose second card is plain."""
    (panel,) = panels(f"<aside><h2>Related</h2><ul><li>{inside}</li>{stories(2)}</ul></aside>")
    return list(panel.cards)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/authors/ada-winter/'>Ada Maria Winter the Second</a>",
        "<a href='/autor/ada-winter'>Alle Beiträge von Ada Winter</a>",
        "<a href='/wer' rel=author>Ada Maria Winter the Second</a>",
        "<a href='/tag/harbour'>All the news of our harbour</a>",
        "<a href='/category/flash-info/'>Everything of the short news</a>",
        "<a href='https://www.facebook.com/news'>Join the harbour on Facebook now</a>",
        "<a href='/list'>View all stories of today</a>",
        "<a href='/list'>Alle Meldungen vom 28.04.2020 anzeigen</a>",
        "<a href='/list'>Ver todas las noticias</a>",
        "<a href='/in'>Log in to leave a comment</a>",
        "<a href='/in'>this link opens in a new tab</a>",
    ],
)
def test_links_to_writers_topics_networks_and_lists_are_no_cards(link: str) -> None:
    (panel,) = panels(f"<aside><h2>Related</h2><ul>{stories(1, 2)}<li>{link}</li></ul></aside>")
    assert [each.headline for each in panel.cards] == [f"{LONG} 1", f"{LONG} 2"]


def test_a_story_and_its_writer_are_one_card() -> None:
    inside = (
        f"<h3><a href='/s'>{LONG}</a></h3><h4><a href='/authors/ada-winter/'>Ada Winter</a></h4><time>3 May 2023</time>"
    )
    first, second = cards(inside)
    assert (first.headline, first.url, first.publisher, first.date_raw) == (
        LONG, "https://news.example/s", None, "3 May 2023",
    )  # fmt: skip
    assert second.headline == f"{LONG} 2"


def test_the_page_itself_among_the_cards_does_not_end_their_panel() -> None:
    itself = (
        f"<div><h3><a href='{URL}'>The pier opens again</a></h3><h2><a href='/authors/ada'>Ada Winter</a></h2></div>"
    )
    (panel,) = panels(f"<section><h2>Related</h2>{itself}<ul>{stories(1, 2)}</ul></section>")
    assert (panel.title, len(panel.cards)) == ("Related", 2)


@pytest.mark.parametrize(
    "inside",
    [
        f"<a href='/s'><h3>Harbour</h3><p>{LONG}</p></a>",
        f"<h4>Log in</h4><a href='/s'>{LONG}</a>",
        f"<a href='/s'><span>Harbour</span><h3>{LONG}</h3></a>",
        f"<a href='/s'>{LONG} Read more »</a>",
        f"<a href='/s'><h3>{LONG}</h3><p>Fares on the routes rise.</p><span>Read article</span></a>",
    ],
    ids=["kicker as heading", "heading of something else", "kicker above", "command behind", "command below"],
)
def test_the_headline_of_a_card_is_neither_kicker_nor_command(inside: str) -> None:
    assert cards(inside)[0].headline == LONG


def test_a_short_headline_above_a_sentence_is_the_headline() -> None:
    inside = "<a href='/s'><h3>Dear ferries</h3><p>Fares on all of the three island routes are to rise in June.</p></a>"
    assert cards(inside)[0].headline == "Dear ferries"


@pytest.mark.parametrize(
    ("printed", "publisher", "section"),
    [
        ("<span>Saltmarsh Times</span>", "Saltmarsh Times", None),
        ("<span>via Coastline Wire</span>", "Coastline Wire", None),
        ("<span class='publisher'>Saltmarsh</span>", "Saltmarsh", None),
        ("<span>coast.example</span>", "coast.example", None),
        ("<span>By Ada Winter</span>", None, None),
        ("<span>Ada Winter</span>", None, None),
        ("<span>© Ada Winter</span>", None, None),
        ("<span>Roll Out</span>", None, None),
        ("<span>Read article</span>", None, None),
        ("<span class='category'>Workouts</span>", None, "Workouts"),
        ("<span>POLITICS</span>", None, "POLITICS"),
        ("<span>19,90 EUR</span>", None, None),
    ],
)
def test_what_else_a_card_says_is_an_outlet_only_where_something_says_so(
    printed: str, publisher: str | None, section: str | None
) -> None:
    card = cards(f"<a href='/s'><h3>{LONG}</h3></a>{printed}")[0]
    assert (card.publisher, card.section) == (publisher, section)


def test_an_outlet_is_known_by_the_host_its_card_leads_to() -> None:
    card = cards(f"<a href='https://www.saltmarsh.example/s'><h3>{LONG}</h3></a><span>Saltmarsh</span>")[0]
    assert card.publisher == "Saltmarsh"


@pytest.mark.parametrize(
    "links",
    [
        ("Photo editing and retouching", "High-end image retouching", "Background removal for shops"),
        ("About the harbour board", "Pay your mooring fees", "Rules for visiting boats"),
        ("Ajay A. Patel Jr.", "Antonio B. Neri Sr.", "Arvind C. Krishna II"),
    ],
)
def test_short_links_below_a_heading_in_unknown_words_are_navigation(links: tuple[str, ...]) -> None:
    items = "".join(f"<li><a href='/{n}'>{text}</a></li>" for n, text in enumerate(links))
    assert panels(f"<div><h3>Solutions</h3><ul>{items}</ul></div>") == ()


def test_short_headlines_with_days_are_stories() -> None:
    items = "".join(f"<li><a href='/{n}'>Fares rise again {n}</a><time>{n} May 2023</time></li>" for n in (1, 2, 3))
    (panel,) = panels(f"<div><h3>From the quay</h3><ul>{items}</ul></div>")
    assert len(panel.cards) == 3


def test_a_headline_of_a_story_heads_no_panel() -> None:
    first = f"<h4><a href='/story-0'>{LONG} 0</a></h4>"
    assert all(panel.title != f"{LONG} 0" for panel in panels(f"<div>{first}<ul>{stories(1, 2, 3)}</ul></div>"))


def test_two_stories_are_enough_where_a_word_tells_the_kind() -> None:
    (panel,) = panels(f"<div><h4>Meistgelesen in der Rubrik</h4><ul>{stories(1, 2)}</ul></div>")
    assert (panel.kind, len(panel.cards)) == ("most_read", 2)


def test_a_first_rank_heading_below_the_article_heads_a_panel() -> None:
    (panel,) = panels(f"<section><h1>Aus dem Hafen</h1><ul>{stories(1, 2, 3)}</ul></section>")
    assert (panel.title, len(panel.cards)) == ("Aus dem Hafen", 3)


def test_the_heading_of_a_box_tells_more_of_its_kind_than_its_name() -> None:
    (panel,) = panels(f"<div class=recommended><h3>Popular content</h3><ul>{stories(1, 2)}</ul></div>")
    assert panel.kind == "most_read"


@pytest.mark.parametrize("last", ["View all topics", "Alle Themen anzeigen", "Ver más", "もっと見る"])
def test_a_link_to_all_names_is_none(last: str) -> None:
    names = "".join(f"<a href='/t/{n}'>{name}</a>" for n, name in enumerate(("Piers", "Ferries", last)))
    (panel,) = panels(f"<div><h3>Topics</h3><p>{names}</p></div>")
    assert [entity.name for entity in panel.entities] == ["Piers", "Ferries"]


def test_a_panel_that_the_page_holds_twice_is_one() -> None:
    box = f"<aside><h3>Related</h3><ul>{stories(1, 2)}</ul></aside>"
    assert len(panels(f"<main>{box}</main><div>{box}</div>")) == 1


@pytest.mark.parametrize("button", ["Seguir", "Follow", "Abonnieren", "Suivre", "Подписаться"])
def test_a_button_to_follow_is_no_name(button: str) -> None:
    (panel,) = panels(f"<div><button>{button}</button><b>Saltmarsh Times</b><div>12K followers</div></div>")
    assert panel.title == "Saltmarsh Times"
    assert panels(f"<div><button>{button}</button><div>12K followers</div></div>") == ()


def test_of_a_panel_held_twice_the_one_with_a_title_is_kept() -> None:
    bare, titled = (
        f"<div class=related>{head}<ul>{stories(1, 2)}</ul></div>" for head in ("", "<h3>Worth a look</h3>")
    )
    assert [panel.title for panel in panels(bare + "<p>And now</p>" + titled)] == ["Worth a look"]


def test_a_script_in_the_day_of_a_card_is_no_part_of_it() -> None:
    inside = f"<a href='/s'><h3>{LONG}</h3></a><time>3 May 2023<script>show(new Date())</script></time>"
    assert cards(inside)[0].date_raw == "3 May 2023"
