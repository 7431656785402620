from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from crawler.extract import extract_article
from crawler.extract.page import Page
from crawler.extract.resolve import Resolver

Build = Callable[..., bytes]
TITLE = "Seal refuses to leave the bakery"


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


def test_a_heading_that_the_data_repeat_is_kept_whole_though_it_begins_with_a_word_of_the_sites_name(
    story: Build,
) -> None:
    title = "Harbour walks: where the seals are"
    page = story(
        head=f"<title>{title}</title><meta property='og:title' content='{title}'>", heading=f"<h1>{title}</h1>"
    )
    assert extract_article(page, url="https://harbour-walks.example/x").headline == title


def test_a_kicker_on_a_line_of_its_own_is_no_headline(story: Build) -> None:
    page = story(
        head=f"<title>Animals of the old town: {TITLE}</title>",
        heading=f"<p>Animals of the old town</p><h1>{TITLE}</h1>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_without_headings_the_line_that_says_the_title_is_shown_as_printed(story: Build) -> None:
    page = story(head=f"<title>{TITLE} - Harbour</title>", heading=f"<div>Local</div><div>{TITLE}!</div>")
    assert extract_article(page, url="https://harbour-times.example/x").headline == f"{TITLE}!"


def test_of_two_spellings_the_one_without_soft_hyphens_is_kept(story: Build) -> None:
    page = story(head=f"<title>{TITLE}</title>", heading=f"<h1>{TITLE.replace('bakery', 'bak&shy;ery')}</h1>")
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_the_name_of_an_archived_site_is_taken_from_the_address_inside_the_archives(story: Build) -> None:
    page = story(head=f"<title>Harbourtimes » {TITLE}</title>", heading="")
    url = "https://web.archive.org/web/20140226054445/http://harbourtimes.example/2013/seal"
    assert extract_article(page, url=url).headline == TITLE


def test_without_headings_a_line_above_the_text_that_the_address_repeats_is_the_headline(story: Build) -> None:
    page = story(
        head="<title>All about seals in shops | Harbour Times</title>",
        heading=f"<div>Town</div><div>{TITLE}</div><div>All they want is bread</div>",
    )
    url = "https://harbour-times.example/seal-refuses-to-leave-the-bakery"
    assert extract_article(page, url=url).headline == TITLE


def test_without_headings_a_linked_line_that_says_the_title_is_the_headline(story: Build) -> None:
    page = story(
        head=f"<title>{TITLE} - Harbour Times</title>",
        heading=f"<div><a href='/'>The Harbour Times of Grindholm</a></div><div><a href='/x'>{TITLE}!</a></div>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == f"{TITLE}!"


def test_a_sites_name_that_nothing_betrays_is_cut_off_where_the_address_repeats_the_rest(story: Build) -> None:
    page = story(head=f"<title>{TITLE} | Tidings of the Coast</title>", heading="")
    url = "https://paper.example/seal-refuses-to-leave-the-bakery"
    assert extract_article(page, url=url).headline == TITLE


def test_a_kicker_in_the_same_line_is_no_headline(story: Build) -> None:
    page = story(
        head=f"<title>{TITLE} | Harbour Times</title>",
        heading=f"<div><span>Animals of the town</span> <span>{TITLE}</span></div>",
    )
    url = "https://harbour-times.example/seal-refuses-to-leave-the-bakery"
    assert extract_article(page, url=url).headline == TITLE


def test_what_follows_a_bar_in_the_heading_is_no_part_of_it_where_the_title_leaves_it_out(story: Build) -> None:
    page = story(head=f"<title>{TITLE}</title>", heading=f"<h1>{TITLE} | Opinion</h1>")
    assert extract_article(page, url="https://paper.example/seal-refuses-to-leave-the-bakery").headline == TITLE


def test_a_title_for_search_with_a_motto_after_a_bar_loses_to_the_heading(story: Build) -> None:
    search = "Seal in the bakery | All You Need to Know"
    page = story(
        head=f"<title>{search}</title><meta property='og:title' content='{search}'>"
        f"<meta name='twitter:title' content='{search}'>",
        heading=f"<h1>{TITLE}</h1>",
    )
    assert extract_article(page, url="https://paper.example/seal-bakery").headline == TITLE


def test_a_day_in_the_heading_is_left_out_where_the_data_leave_it_out(story: Build) -> None:
    page = story(
        head=f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'>",
        heading=f"<h1><time>Jun 17</time> {TITLE}</h1>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_a_kicker_that_only_the_title_for_sharing_leaves_out_is_left_out(
    story: Build, json_ld: Callable[..., str]
) -> None:
    whole = f"Animals of the town: {TITLE}"
    page = story(
        head=f"<title>{whole} - Harbour Times</title><meta property='og:title' content='{TITLE}'>"
        f"{json_ld(headline=whole)}",
        heading=f"<h1>{whole}</h1>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_of_two_spellings_the_one_without_a_colon_at_its_end_is_kept(story: Build) -> None:
    page = story(head=f"<title>{TITLE} | Harbour Times</title>", heading=f"<h1>{TITLE.upper()}:</h1><h1>{TITLE}</h1>")
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_a_headline_that_ends_in_an_ellipsis_is_not_cut_short_where_nothing_goes_on(story: Build) -> None:
    page = story(head=f"<title>{TITLE}… | Tidings of the Coast</title>", heading="")
    assert extract_article(page, url="https://paper.example/x").headline == f"{TITLE}…"


def test_a_title_that_another_goes_on_from_is_cut_short(story: Build) -> None:
    start = "Seal refuses to leave…"
    page = story(head=f"<title>{TITLE}</title><meta property='og:title' content='{start}'>", heading="")
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


def test_without_headings_a_kicker_that_the_title_for_sharing_leaves_out_is_left_out(story: Build) -> None:
    page = story(
        head=f"<title>{TITLE} - Harbour Times</title><meta property='og:title' content='{TITLE}'>",
        heading=f"<div>Animals of the town</div><div>Animals of the town: {TITLE}</div>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == TITLE


@pytest.mark.parametrize(
    "address",
    [
        "https://twitter.com/intent/tweet?text={}&amp;url=https%3A%2F%2Fharbour-times.example%2Fx&amp;via=harbour",
        "https://twitter.com/intent/tweet?text={}%20https%3A%2F%2Fharbour-times.example%2Fx%20via%20%40harbour",
        "mailto:?subject={}&amp;body=https%3A%2F%2Fharbour-times.example%2Fx",
        "https://api.whatsapp.com/send?text=Read%20this%3A%20{}%20https%3A%2F%2Fharbour-times.example%2Fx",
    ],
)
@pytest.mark.parametrize("shared", ["heading", "title for sharing"])
def test_what_links_to_other_networks_call_the_page_tells_heading_from_title_for_sharing(
    story: Build, address: str, shared: str
) -> None:
    titles = {"heading": TITLE, "title for sharing": "Bakery owner talks to the seal"}
    other = titles["title for sharing"]
    page = story(
        head=f"<title>{other} - Harbour Times</title><meta property='og:title' content='{other}'>"
        f"<meta name='twitter:title' content='{other}'>",
        heading=f"<h1>{TITLE}</h1><a href='{address.format(quote(titles[shared]))}'>Share</a>",
    )
    assert extract_article(page, url="https://harbour-times.example/x").headline == titles[shared]


def test_a_link_of_the_site_itself_shares_nothing(story: Build) -> None:
    page = story(
        head=f"<title>{TITLE}</title><meta property='og:title' content='Bakery owner talks to the seal'>",
        heading=f"<h1>{TITLE}</h1><a href='/search?text=Bakery%20owner%20talks%20to%20the%20seal'>Search</a>",
    )
    found = Resolver(Page(page, url="https://harbour-times.example/x")).said["headline"]
    assert "share link" not in {candidate.place for candidate in found}


def test_a_badge_before_the_headline_is_none_of_it(story: Build) -> None:
    title = "大风之后灯塔重新亮起，渔民终于能够出海"
    page = story(head=f"<title>{title}</title>", heading=f"<h2><span>原创</span>{title}</h2>", language="zh")
    assert extract_article(page, url="https://gangkou.example/x").headline == title


@pytest.mark.parametrize("href", ["/", "https://harbour-times.example", "/en/", "/index.html"])
@pytest.mark.parametrize("own", [f"<h3>{TITLE}</h3>", f"<p><b>{TITLE}</b></p>"])
def test_a_heading_that_leads_to_the_front_is_the_sites_name(story: Build, href: str, own: str) -> None:
    page = story(head="<title>The Old Pier</title>", heading=f"<h1><a href='{href}'>The Old Pier</a></h1>{own}")
    assert extract_article(page, url="https://harbour-times.example/2021/x.html").headline == TITLE


@pytest.mark.parametrize("href", ["/2021/x.html", "/en/news", "https://other.example/", "/?p=12", "#top"])
def test_a_heading_that_leads_elsewhere_is_a_headline(story: Build, href: str) -> None:
    page = story(
        head=f"<title>{TITLE}</title>", heading=f"<h1><a href='{href}'>{TITLE}</a></h1><h2>The oven stays cold</h2>"
    )
    assert extract_article(page, url="https://harbour-times.example/2021/x.html").headline == TITLE


def test_on_the_front_itself_the_linked_heading_stays(story: Build) -> None:
    page = story(
        head=f"<title>{TITLE}</title>", heading=f"<h1><a href='/'>{TITLE}</a></h1><h2>The oven stays cold</h2>"
    )
    assert extract_article(page, url="https://harbour-times.example/").headline == TITLE


def test_a_heading_that_is_the_sites_name_behind_the_title_is_no_headline(story: Build) -> None:
    page = story(head=f"<title>{TITLE} – The Old Pier</title>", heading="<h1>The Old Pier Weekly</h1>")
    assert extract_article(page, url="https://www.the-old-pier.example/2021/x.html").headline == TITLE


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (f"{TITLE} – The Old Pier", TITLE),
        ("New lamps for all – The Old Pier", "The Old Pier turns ninety"),
        ("The Old Pier | Seal leaves", "Seal leaves the bakery"),
        ("Seals in bakeries, a history – Seal", "A seal in the bakery"),
    ],
    ids=["its own", "a section before it", "the site first", "a word in it"],
)
def test_a_heading_with_words_of_the_sites_name_is_a_headline(story: Build, title: str, heading: str) -> None:
    page = story(head=f"<title>{title}</title>", heading=f"<h1>{heading}</h1>")
    assert extract_article(page, url="https://www.the-old-pier.example/2021/x.html").headline == heading


@pytest.mark.parametrize(
    ("title", "named", "headline"),
    [
        (f"Dockside Notes: {TITLE}", "post-title", TITLE),
        (f"{TITLE} | Dockside Notes", "entry-title", TITLE),
        ("Dockside Notes", "post-title", "Dockside Notes"),
    ],
)
def test_a_weblogs_name_as_only_heading_of_first_rank_is_no_headline(
    story: Build, title: str, named: str, headline: str
) -> None:
    heading = f"<h1>Dockside Notes</h1><h3 class='{named}'>{TITLE}</h3>"
    page = story(head=f"<title>{title}</title>", heading=heading)
    assert extract_article(page, url="https://dockside.example/2021/x.html").headline == headline


def test_a_sites_name_and_motto_above_a_short_headline_is_none(story: Build) -> None:
    motto = "The Dockside: news from the island, its harbour and the sea"
    page = story(
        head=f"<title>Ferry sinks | {motto}</title>",
        heading=f"<div class='site-title'>{motto}</div><h1>Ferry sinks</h1>",
    )
    assert extract_article(page, url="https://dockside.example/2021/x.html").headline == "Ferry sinks"
