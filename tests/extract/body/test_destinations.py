"""Where links lead."""

import pytest

from crawler.extract.body.destinations import Destinations, leads_away
from crawler.extract.page import Page
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html


@pytest.mark.parametrize(
    ("address", "away"),
    [
        ("https://harbour.example/ferry", True),
        ("//harbour.example/ferry", True),
        ("https://www.paper.example/ferry", False),
        ("https://shop.paper.example/mugs", False),
        ("/ferry", False),
        ("#notes", False),
        ("mailto:desk@paper.example", False),
        ("https://web.archive.org/web/20260102/https://paper.example/ferry", False),
        ("https://web.archive.org/web/20260102/https://harbour.example/ferry", True),
        ("http://[", True),
    ],
)
def test_link_leads_away_from_the_site(address: str, away: bool) -> None:
    assert leads_away(address, "paper.example") is away


def test_site_that_the_page_is_part_of_is_its_own() -> None:
    assert not leads_away("https://paper.example/", "blog.paper.example")


def test_nothing_leads_away_from_a_site_that_is_not_known() -> None:
    assert not leads_away("https://harbour.example/", "")


def test_links_of_a_block_and_of_the_box_around_it_are_told_by_where_they_lead() -> None:
    html = """<div><p>The <a href="https://harbour.example/">harbour</a> and the <a href="#ferry">ferry</a></p>
              <p>No link here</p><p><a href="/news">News</a> and <a href="/sport">sport</a></p></div>"""
    page = Page(html, url="https://paper.example/a")
    destinations = Destinations(page.layout)
    assert [destinations.of(number) for number in range(3)] == [(0.5, 0.5), (-1.0, -1.0), (0.0, 0.0)]
    first, second, third = (block.box for block in page.layout.blocks)
    assert destinations.around(first) == (0.5, 0.25)
    assert destinations.around(second) == (-1.0, 0.25)
    assert destinations.around(third) == (0.0, 0.25)


def test_link_around_several_blocks_counts_for_each() -> None:
    layout = lay_out(parse_html('<a href="https://harbour.example/"><p>Ferry</p><p>Bridge</p></a>'), "paper.example")
    destinations = Destinations(layout)
    assert [destinations.of(number) for number in range(2)] == [(1.0, 0.0), (1.0, 0.0)]
