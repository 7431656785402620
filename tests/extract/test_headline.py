from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.headline import clean_title

Build = Callable[..., bytes]
TITLE = "Seal refuses to leave the bakery"


@pytest.mark.parametrize(
    "title",
    [
        "Seal refuses to leave the bakery | Harbour Times",
        "Seal refuses to leave the bakery - harbour-times.example",
        "Harbour Times: Seal refuses to leave the bakery",
        "Seal refuses to leave the bakery – News – Harbour Times",
        "Seal refuses to leave the bakery &#8211; Harbour Times",
    ],
)
def test_the_sites_name_is_cut_off(title: str) -> None:
    shown = {"seal refuses to leave the bakery": 1} if "News" in title else {}
    assert clean_title(title, shown, {"harbourtimes", "harbourtimesexample"}) == TITLE


def test_a_dash_inside_a_title_stays() -> None:
    title = "Lamp comes home - and nobody knows how to light it"
    assert clean_title(title, {}, {"harbourtimes"}) == title


def test_quotation_marks_of_a_title_stay() -> None:
    assert clean_title("»Nobody asked the seal«", {}, {"harbourtimes"}) == "»Nobody asked the seal«"


def test_the_heading_wins_over_the_title_for_search(story: Build) -> None:
    page = story(
        head="<title>Bakery seal news: what we know</title>"
        "<meta property='og:title' content='Bakery seal news: what we know'>",
        heading=f"<h1>{TITLE}</h1>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_a_heading_with_the_sites_name_is_no_headline(story: Build) -> None:
    page = story(head=f"<title>{TITLE} | Harbour Times</title>", heading=f"<h1>Harbour Times</h1><h2>{TITLE}</h2>")
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_a_kicker_in_the_heading_is_left_out_where_the_data_leave_it_out(story: Build) -> None:
    page = story(
        head=f"<title>Animals: {TITLE}</title><meta property='og:title' content='{TITLE}'>",
        heading=f"<h1><span>Animals: </span>{TITLE}</h1>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE
