from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.page import Page
from crawler.extract.publication.datings import read_datings
from crawler.extract.publication.days import find_days
from crawler.model import Article, Candidate
from tests.extract.conftest import PARAGRAPHS

Build = Callable[..., bytes]
CAPTURED = "2024-03-06T08:00:00+00:00"


def read(body: bytes, url: str = "https://harbour-times.example/lamp") -> Article:
    return extract_article(body, url=url, captured_at=CAPTURED)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-04T09:00:00Z">',
        '<meta name="parsely-pub-date" content="2024-03-04T09:00:00Z">',
        '<meta name="house-published-date" content="2024-03-04T09:00:00Z">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-04T09:00:00Z"}</script>',
        '<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2024-03-04T09:00:00Z"}</script>',
        '<script id="__NEXT_DATA__" type="application/json">{"props": {"story": {"title": "Lighthouse lamp returns to '
        'Grindholm after forty years", "publishedAt": "2024-03-04T09:00:00Z"}}}</script>',
    ],
)
def test_day_from_the_pages_data(story: Build, head: str) -> None:
    assert (read(story(head=f"<title>x</title>{head}", date="")).date_published or "")[:10] == "2024-03-04"


@pytest.mark.parametrize("path", ["/2024/03/04/lamp", "/news/20240304-lamp", "/2024/mar/04/lamp", "/a/2024-03-04-lamp"])
def test_day_from_the_address(story: Build, path: str) -> None:
    article = read(story(date=""), url=f"https://harbour-times.example{path}")
    assert article.date_published == "2024-03-04"


def test_a_day_after_the_capture_is_none(story: Build) -> None:
    assert read(story(date=""), url="https://harbour-times.example/2025/01/01/lamp").date_published is None


@pytest.mark.parametrize(
    "line", ["4 March 2024", "March 4, 2024", "04.03.2024", "Veröffentlicht am 4. März 2024", "Publié le 4 mars 2024"]
)
def test_printed_day_beside_the_title(story: Build, line: str) -> None:
    language = "de" if "am" in line or "." in line else "fr" if "mars" in line else "en"
    assert (read(story(date=f"<div>{line}</div>", language=language)).date_published or "")[:10] == "2024-03-04"


def test_dates_of_other_stories_are_not_taken(story: Build) -> None:
    cards = "".join(
        f"<div><a href='/{n}'>Another story of the week</a><time>{n} January 2024</time></div>" for n in range(1, 9)
    )
    assert read(story(date="", after=cards)).date_published is None


def test_the_day_of_a_post_that_is_quoted_is_not_taken(story: Build) -> None:
    post = '<blockquote class="twitter-tweet"><p>Lit!</p>Ada Winter <a href="/s/7">August 22, 2013</a></blockquote>'
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    signed = '<p><time pubdate="pubdate" datetime="2013-09-29">2013-09-29</time> in Harbour</p>'
    article = extract_article(story(date="", body=post + text + signed), url="https://harbour-times.example/lamp")
    assert str(article.date_published)[:10] == "2013-09-29"


def test_modified_is_not_taken_for_published(story: Build) -> None:
    head = '<title>x</title><meta property="article:modified_time" content="2024-03-05T09:00:00Z">'
    article = read(story(head=head, date="<p>4 March 2024</p>"))
    assert ((article.date_published or "")[:10], (article.date_modified or "")[:10]) == ("2024-03-04", "2024-03-05")


def test_a_change_known_only_from_data_says_nothing_of_publication(story: Build) -> None:
    head = '<title>x</title><meta property="article:modified_time" content="2024-03-05T09:00:00Z">'
    assert read(story(head=head, date="")).date_published is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>This offer is valid until 31 December 2023</p>",
        "<p>Copyright 31 December 2023 by the harbour office</p>",
    ],
)
def test_a_printed_day_of_something_else_does_not_outweigh_the_given(story: Build, line: str) -> None:
    head = '<title>x</title><meta name="parsely-pub-date" content="2020-02-10">'
    assert (read(story(head=head, date=line)).date_published or "")[:10] == "2020-02-10"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Posted on 4 March 2024 in Events</p>",
        "<p>Published 4 March 2024 | Copyright Harbour Times</p>",
        "<p>4 March 2024 | 5 comments</p>",
        "<p>4 March 2024 · Leave a comment</p>",
        "<p>4. März 2024 · 3 Kommentare</p>",
    ],
)
def test_what_a_dateline_tells_besides_makes_its_day_no_others(story: Build, line: str) -> None:
    head = '<title>x</title><meta name="parsely-pub-date" content="2020-02-10">'
    assert (read(story(head=head, date=line)).date_published or "")[:10] == "2024-03-04"


def test_a_relative_date_has_bounds_and_its_phrase(story: Build) -> None:
    article = read(story(date="<div>Published 3 hours ago</div>"))
    assert article.date_published_earliest is not None and "3 hours ago" in (article.date_published_raw or "")


def test_no_date_is_none(story: Build) -> None:
    assert read(story(date="")).date_published is None


def test_dates_of_other_stories_cards_do_not_outvote_the_articles_own(story: Build) -> None:
    head = '<title>x</title><meta property="article:published_time" content="2024-03-01T09:00:00Z">'
    cards = "".join(
        f'<p><span itemprop="datePublished" content="2024-03-0{day}">Lamp</span></p>' for day in (5, 5, 5, 4, 3)
    )
    assert (read(story(head=head, date=cards)).date_published or "")[:10] == "2024-03-01"


def test_the_newsrooms_own_day_wins_over_the_day_in_utc(story: Build) -> None:
    head = '<title>x</title><meta property="article:published_time" content="2024-03-05T02:41:00+00:00">'
    article = read(story(head=head, date="<p>Posted on March 4, 2024</p>"))
    assert (article.date_published or "")[:10] == "2024-03-04"


def test_a_day_the_system_stamped_yields_to_the_one_printed(story: Build, json_ld: Callable[..., str]) -> None:
    script = json_ld(datePublished="Mar 5, 2024", dateModified="Mar 5, 2024")
    article = read(story(head=f"<title>x</title>{script}", date="<div>October 4, 2023</div>"))
    assert article.date_published == "2023-10-04"


def test_a_change_printed_alone_is_the_day_and_says_so(story: Build) -> None:
    article = read(story(date="<div>Updated March 4, 2024</div>"))
    assert article.date_published == "2024-03-04"
    assert "change" in (article.evidence["date_published"].reason or "")


def test_a_printed_change_does_not_replace_a_given_publication(story: Build) -> None:
    head = '<title>x</title><meta property="article:published_time" content="2024-02-01T09:00:00Z">'
    article = read(story(head=head, date="<div>Updated March 4, 2024</div>"))
    assert (article.date_published or "")[:10] == "2024-02-01"


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>By Ada Winter-Moss</span><span>March 4, 2024</span></div>",
        "<div><span>Lamps</span><span>March 4, 2024</span><span>Updated: March 5, 2024</span></div>",
        "<div><b>Mar</b><b>04</b><b>2024</b></div>",
    ],
)
def test_what_stands_in_elements_of_its_own_is_not_read_as_one_word(story: Build, line: str) -> None:
    assert (read(story(date=line)).date_published or "")[:10] == "2024-03-04"


@given(
    st.lists(
        st.tuples(
            st.text(max_size=40) | st.dates().map(str) | st.datetimes().map(str),
            st.sampled_from(["json-ld", "meta", "microdata", "app-state", "url"]),
            st.sampled_from(["date_published", "date_modified"]),
        ),
        max_size=6,
    )
)
def test_every_day_has_somebody_who_gives_it_and_grounds(said: list[tuple[str, str, str]]) -> None:
    page = Page(b"<p>x</p>", url="https://harbour-times.example/lamp", captured_at=CAPTURED)
    candidates: dict[str, list[Candidate]] = {}
    for value, source, field in said:
        candidates.setdefault(field, []).append(Candidate(value, source, "place", 0.5))
    for day in find_days(page, read_datings(page, candidates)):
        assert day.grounds and any(dating.reading.value for dating in day.datings)


@pytest.mark.parametrize(
    "after",
    [
        '<div>Filed under harbours, <time datetime="2024-03-04">4 March 2024</time></div>',
        '<div data-published="2024-03-04T09:00:00Z"></div>',
        '<script>window.page = {kind: "story", "publishDate": "2024-03-04"};</script>',
    ],
)
def test_a_day_that_only_the_foot_an_attribute_or_a_script_tells(story: Build, after: str) -> None:
    assert (read(story(date="", after=after)).date_published or "")[:10] == "2024-03-04"


def test_days_of_publication_in_a_script_that_names_many_are_other_stories(story: Build) -> None:
    script = ", ".join(f'{{"publishDate": "2024-01-0{n}"}}' for n in range(1, 9))
    assert read(story(date="", after=f"<script>var cards = [{script}];</script>")).date_published is None


def test_a_date_in_a_sentence_under_the_title_is_not_that_of_the_line_above(story: Build) -> None:
    body = "<p>The lamp was taken down on 7 June 1984 and sold to a collector who kept it in a barn by the sea.</p>"
    after = "<p>It came home in a crate that was larger than the boat, and nobody had measured the tower door.</p>"
    page = story(heading="<p>4 March 2024</p><h1>Lighthouse lamp returns</h1>", date="", body=body + after)
    assert (read(page).date_published or "")[:10] == "2024-03-04"


def test_a_change_shown_alone_is_no_publication_where_json_ld_gives_one(
    story: Build, json_ld: Callable[..., str]
) -> None:
    script = json_ld(datePublished="2019-10-02T09:00:00Z", dateModified="2024-03-04T09:00:00Z")
    article = read(story(head=f"<title>x</title>{script}", date="<p>Updated March 4, 2024</p>"))
    assert ((article.date_published or "")[:10], (article.date_modified or "")[:10]) == ("2019-10-02", "2024-03-04")


def test_nor_where_article_published_time_does(story: Build) -> None:
    head = (
        '<title>x</title><meta property="article:published_time" content="2019-10-02T09:00:00Z">'
        '<meta property="article:modified_time" content="2024-03-04T09:00:00Z">'
    )
    article = read(story(head=head, date="<p>Updated March 4, 2024</p>"))
    assert (article.date_published or "")[:10] == "2019-10-02"


def test_a_day_with_its_month_in_letters_between_hyphens(story: Build) -> None:
    assert (read(story(date="<p>04-mar-2024 5:11:10</p>")).date_published or "")[:10] == "2024-03-04"


def test_data_escaped_inside_an_attribute_is_read(story: Build) -> None:
    state = '<div data-state="{&quot;publishedAt&quot;:&quot;2024-03-04T09:00:00Z&quot;}"></div>'
    assert (read(story(date="", after=state)).date_published or "")[:10] == "2024-03-04"


@pytest.mark.parametrize(
    ("host", "printed", "day"),
    [
        ("zeitung.de", "23.02.24", "2024-02-23"),
        ("paper.co.uk", "04/02/2023", "2023-02-04"),
        ("paper.us", "04/02/2023", "2023-04-02"),
    ],
)
def test_the_hosts_country_tells_how_numerals_are_read_where_the_page_does_not(
    story: Build, host: str, printed: str, day: str
) -> None:
    page = story(date=f"<p>{printed}</p>", language="" if host.endswith("de") else "en")
    assert (read(page, url=f"https://www.{host}/lamp").date_published or "")[:10] == day


def test_a_day_without_a_year_inside_a_line_yields_to_a_whole_date(story: Build) -> None:
    page = story(date="<p>Only until 1 March in the museum shop</p><p>By Ada Winter</p><p>4 March 2024, 14:07</p>")
    assert (read(page).date_published or "")[:10] == "2024-03-04"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("mardi 27 juin 2023", "fr"),
        ("3 décembre 2023", "fr"),
        ("12 de outubro de 2023", "pt"),
        ("4 maart 2023", "nl"),
        ("2023. április 2.", "hu"),
        ("2023. gada 12. marts", "lv"),
        ("15 Ağustos 2023", "tr"),
        ("12 березня 2023", "uk"),
        ("3 أغسطس 2023", "ar"),
        ("15 सितंबर 2023", "hi"),
        ("15 สิงหาคม 2566", "th"),
        ("15 tháng 8, 2023", "vi"),
        ("12. tammikuuta 2023", "fi"),
        ("令和5年5月3日", "ja"),
    ],
)
def test_printed_day_in_other_languages(story: Build, line: str, language: str) -> None:
    assert (read(story(date=f"<div>{line}</div>", language=language)).date_published or "")[:4] == "2023"


def test_a_printed_day_has_the_year_that_the_data_give_the_same_day(story: Build) -> None:
    body = story(head='<title>x</title><meta name="dateUpdate" content="2019-01-08 12:00:57">', date="<p>Jan. 8</p>")
    assert (read(body).date_published or "")[:10] == "2019-01-08"


@pytest.mark.parametrize(
    "path", ["/2013/harbour/08/03/lamp/index.html", "/2013/POLITICS/8/3/lamp.story/", "/2013/world/08/03/lamp"]
)
def test_day_from_an_address_with_the_section_in_it(story: Build, path: str) -> None:
    assert read(story(date=""), url=f"https://harbour-times.example{path}").date_published == "2013-08-03"


def test_the_day_of_a_photograph_from_the_files_is_not_the_articles(story: Build) -> None:
    line = "<div>FILE - In this March 2, 2023 file photo, a keeper stands beside the lamp of Grindholm.</div>"
    assert read(story(date=line)).date_published is None


def test_day_at_the_end_of_the_title_element(story: Build) -> None:
    head = "<title>Lighthouse lamp returns to Grindholm | HT | 04.03.2024</title>"
    assert (read(story(head=head, date="", language="de")).date_published or "")[:10] == "2024-03-04"


@pytest.mark.parametrize("name", ["apub:time", "pub_time"])
def test_day_without_leading_zeros_in_a_meta_element(story: Build, name: str) -> None:
    head = f'<title>x</title><meta name="{name}" content="2024-3-4 21:30:50">'
    assert (read(story(head=head, date="")).date_published or "")[:10] == "2024-03-04"


def test_day_in_the_title_of_an_abbreviation(story: Build) -> None:
    line = '<p><abbr class="published" title="2024-03-04T09:05:00Z">Monday</abbr></p>'
    assert read(story(date=line)).date_published == "2024-03-04T09:05:00Z"


def test_a_day_without_a_year_in_a_sentence_is_no_day_of_publication(story: Build) -> None:
    line = (
        "<p>On <b>15 January</b> the keepers of the islands met and spoke for hours of the lamp, its glass and "
        "its price, and went home in the dark without having come to any end.</p>"
    )
    assert read(story(date=line)).date_published is None


@pytest.mark.parametrize("value", ["1709542800", "1709542800000", '"1709542800"', '["2024-03-04T09:00:00Z"]'])
def test_a_day_of_the_data_in_unix_time_or_in_a_list(story: Build, value: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": {value}}}</script>'
    assert read(story(head=f"<title>x</title>{script}", date="")).date_published == "2024-03-04T09:00:00Z"


def test_of_several_articles_in_the_data_the_one_with_the_pages_title_is_its_own(story: Build) -> None:
    others = "".join(
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}", '
        f'"datePublished": "{day}", "author": "{author}"}}</script>'
        for headline, day, author in (
            ("Boats leave the old harbour for the winter", "2021-01-02", "Mira Sund"),
            ("Lighthouse lamp returns to Grindholm after forty years", "2024-03-04", "Ada Winter"),
        )
    )
    head = f"<title>Lighthouse lamp returns to Grindholm after forty years | Harbour Times</title>{others}"
    article = read(story(head=head, date="", byline=""))
    assert (article.date_published, article.authors) == ("2024-03-04", ("Ada Winter",))


@pytest.mark.parametrize(
    ("line", "language"),
    [("09.10.2023", "de"), ("09/10/2023", "en"), ("10/09/2023", "en-gb"), ("10/09/2023 18:30", "en-us")],
)
def test_numerals_of_two_readings_are_read_as_the_pages_data_read_them(
    story: Build, json_ld: Callable[..., str], line: str, language: str
) -> None:
    """A site in German that prints the month first says so by its data, and 9/10 in English says nothing without."""
    given = "2023-10-09" if language == "en-us" else "2023-09-10"
    head = f"<title>x</title>{json_ld(datePublished=f'{given}T12:00:00Z')}"
    page = Page(story(head=head, date=f"<p>{line}</p>", language=language), url="https://harbour-times.example/lamp")
    said = {
        "date_published": [
            Candidate(f"{given}T12:00:00Z", "json-ld", "NewsArticle.datePublished", 0.95),
            Candidate(line, "text", "block 6, dated, printed", 0.6),
        ]
    }
    days = find_days(page, read_datings(page, said))
    assert [day.value.isoformat() for day in days] == [given]


@pytest.mark.parametrize("line", ["09/10/2023", "12/10/2023"])
def test_numerals_that_nothing_settles_give_no_day(story: Build, line: str) -> None:
    assert read(story(date=f"<p>{line}</p>")).date_published is None


def test_a_time_that_its_class_calls_updated_is_that_of_a_change(story: Build) -> None:
    line = (
        '<p>Posted on <time class="entry-date published" datetime="2023-06-29T15:00:23-05:00">June 29, 2023</time>'
        '<time class="updated" datetime="2023-11-12T10:41:18-06:00">November 12, 2023</time></p>'
    )
    article = read(story(date=line))
    assert ((article.date_published or "")[:10], (article.date_modified or "")[:10]) == ("2023-06-29", "2023-11-12")


def test_a_hidden_time_that_its_class_calls_updated_is_that_of_a_change(story: Build) -> None:
    line = '<span class="updated hidden">2024-03-05T10:00:00+00:00</span><span>March 2nd, 2024</span>'
    article = read(story(date=f"<div>{line} | By Ada</div>"))
    assert ((article.date_published or "")[:10], (article.date_modified or "")[:10]) == ("2024-03-02", "2024-03-05")


def test_a_long_line_with_two_times_side_by_side_says_published_of_the_first(story: Build) -> None:
    topics = ", ".join(f"<a href='/t/{n}'>Topic number {n}</a>" for n in range(12))
    times = "<time>March 2, 2024</time><time class='updated'>March 5, 2024</time>"
    article = read(story(date=f"<p>Posted on <a href='/lamp'>{times}</a> in {topics}</p>"))
    assert (article.date_published or "")[:10] == "2024-03-02"


def test_the_day_in_the_title_is_what_the_story_is_about(story: Build) -> None:
    title = "Minutes of the harbour board of 10 October 2023"
    article = read(
        story(
            head=f"<title>{title}</title>",
            heading=f"<h1>{title}</h1>",
            date='<p><time datetime="2023-12-26T23:07:45+00:00">26/12/2023</time></p>',
        )
    )
    assert (article.date_published or "")[:10] == "2023-12-26"


def test_of_two_days_printed_the_one_not_of_a_change_is_that_of_publication(story: Build) -> None:
    head = '<title>x</title><meta property="article:modified_time" content="2023-10-28T22:26:10+00:00">'
    article = read(story(head=head, date="<p>April 26, 2023</p><p>Updated on: October 28, 2023</p>"))
    assert ((article.date_published or "")[:10], (article.date_modified or "")[:10]) == ("2023-04-26", "2023-10-28")


def test_the_day_that_a_chinese_sentence_tells_of_yields_to_the_line_that_says_published() -> None:
    sentence = (
        "2024年2月27日下午，港口的灯塔在大风之后重新亮起，值班员说整个修复工作一共用了七个小时，渔船都在等着这一束光。"
    )
    body = (
        "<html lang='zh'><head><meta charset='utf-8'><title>大风之后灯塔重新亮起</title></head><body>"
        "<h1>大风之后灯塔重新亮起</h1>"
        f"<p>{sentence}</p><p>{sentence[12:] * 3}</p><p>发布日期：2024-03-04 责任编辑：杨帆</p></body></html>"
    ).encode()
    assert read(body).date_published == "2024-03-04"


@pytest.mark.parametrize("kind", ["NewsArticle", "http://schema.org/NewsArticle", "schema:NewsArticle"])
def test_an_article_of_the_data_however_its_type_is_written(story: Build, kind: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "{kind}", "datePublished": "2024-03-04"}}</script>'
    assert read(story(head=f"<title>x</title>{script}", date="")).date_published == "2024-03-04"


def test_a_change_printed_below_is_the_day_where_only_a_sentence_tells_of_another(story: Build) -> None:
    line = "<p>The season of the lamp ends for most of the islands on April 15, 2023. Who has not seen it may wait.</p>"
    page = Page(story(date=line), url="https://harbour-times.example/lamp")
    said = {
        "date_published": [Candidate("April 15, 2023", "text", "block 6, dated, printed, in a paragraph", 0.5)],
        "date_modified": [Candidate("March 4, 2023", "text", "block 20, said updated, printed", 0.5)],
    }
    days = {day.value.isoformat() for day in find_days(page, read_datings(page, said))}
    assert days == {"2023-04-15", "2023-03-04"}


@pytest.mark.parametrize("path", ["/2024/03/lamp", "/a/2024-03/lamp", "/2024/3/lamp"])
def test_the_month_of_the_address_bounds_a_day_that_nothing_tells(story: Build, path: str) -> None:
    article = read(story(date=""), url=f"https://harbour-times.example{path}")
    assert article.date_published is None
    assert (article.date_published_earliest, article.date_published_latest) == ("2024-03-01", "2024-03-31")


def test_a_publication_and_a_change_in_one_line_are_no_cards(story: Build) -> None:
    line = (
        '<div><span datetime="2024-03-01T10:59:48+00:00">1 March 2024</span>'
        '<span datetime="2024-03-04T15:36:24+00:00">4 March 2024</span> by Anna Berg</div>'
    )
    assert (read(story(date=line)).date_published or "")[:10] == "2024-03-01"


def test_the_title_of_an_element_spells_out_how_long_ago_it_was(story: Build) -> None:
    body = story(date='<div><span title="2024-03-01">Posted: 5 days ago</span></div>')
    assert extract_article(body, url="https://harbour-times.example/lamp").date_published == "2024-03-01"


def test_a_day_in_the_paragraph_that_tells_where_the_article_is_filed(story: Build) -> None:
    filed = (
        "<p>This entry was posted on Friday, March 1st, 2024 at 10:41 am and is filed under Harbour. You can follow "
        "any responses to this entry through the RSS 2.0 feed. Both comments and pings are currently closed.</p>"
    )
    assert (read(story(date="", after=filed)).date_published or "")[:10] == "2024-03-01"


def test_a_month_between_slashes(story: Build) -> None:
    assert read(story(date="<div>1 / März / 2024</div>", language="de")).date_published == "2024-03-01"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("3 часа назад", "ru"),
        ("3 uur geleden", "nl"),
        ("3 godziny temu", "pl"),
        ("3時間前", "ja"),
        ("3小時前", "zh"),
        ("منذ 3 ساعات", "ar"),
        ("3 घंटे पहले", "hi"),
        ("Há 3 horas", "pt"),
        ("3 ore fa", "it"),
        ("il y a trois heures", "fr"),
        ("πριν από 3 ώρες", "el"),
        ("3 jam yang lalu", "id"),
    ],
)
def test_how_long_ago_it_was_printed_beside_the_title(story: Build, line: str, language: str) -> None:
    article = read(story(date=f"<p>{line}</p>", language=language))
    assert (article.date_published, article.date_published_raw) == ("2024-03-06T05:00:00Z", line)
    assert article.date_published_earliest == "2024-03-06T04:00:00Z"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Hier à 18h30", "fr"),
        ("ayer, 18:30", "es"),
        ("вчера в 18:30", "ru"),
        ("昨天 18:30", "zh"),
        ("i går kl. 18:30", "no"),
        ("5 มี.ค. 67 เวลา 18:30 น.", "th"),
        ("۱۵ اسفند ۱۴۰۲ - ۱۸:۳۰", "fa"),
    ],
)
def test_a_day_said_by_its_name_or_of_another_calendar(story: Build, line: str, language: str) -> None:
    assert read(story(date=f"<p>{line}</p>", language=language)).date_published == "2024-03-05T18:30:00"


@pytest.mark.parametrize("line", ["Oggi", "Mehr hier", "Hoje no ar", "Today in the harbour"])
def test_a_word_for_the_day_alone_is_no_date(story: Build, line: str) -> None:
    assert read(story(date=f"<p>{line}</p>")).date_published is None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Uppdaterad 2024-03-05 18:30 Publicerad 2024-03-04 09:00", "sv"),
        ("Julkaistu 4.3.2024 9:00 Päivitetty 5.3.2024 18:30", "fi"),
        ("Yayınlanma: 04.03.2024 - 09:00 Güncelleme: 05.03.2024 - 18:30", "tr"),
        ("Publicat: 04 martie 2024, 09:00. Actualizat: 05 martie 2024, 18:30", "ro"),
        ("Publisert 4. mars 2024 kl. 09:00 Oppdatert 5. mars 2024 kl. 18:30", "no"),
        ("Опубліковано: 4 березня 2024, 09:00 Оновлено: 5 березня 2024, 18:30", "uk"),
        ("Δημοσίευση: 04/03/2024 09:00 Τελευταία ενημέρωση: 05/03/2024 18:30", "el"),
        ("نشر: 4 مارس 2024 09:00 آخر تحديث: 5 مارس 2024 18:30", "ar"),
        ("פורסם: 4 במרץ 2024, 09:00 עודכן: 5 במרץ 2024, 18:30", "he"),
        ("प्रकाशित: 4 मार्च 2024 09:00 अपडेट: 5 मार्च 2024 18:30", "hi"),
        ("เผยแพร่: 4 มีนาคม 2567 09:00 อัปเดต: 5 มีนาคม 2567 18:30", "th"),
        ("2024年3月4日 9:00公開 2024年3月5日 18:30更新", "ja"),
        ("2024年3月4日 9:00 最終更新 2024年3月5日 18:30", "ja"),
    ],
)
def test_a_line_tells_of_the_publication_and_of_a_change(story: Build, line: str, language: str) -> None:
    article = read(story(date=f"<p>{line}</p>", language=language))
    assert (article.date_published, article.date_modified) == ("2024-03-04T09:00:00", "2024-03-05T18:30:00")


@pytest.mark.parametrize(
    ("cards", "day"), [(("28/02/2024", "25/02/2024"), "2024-03-02"), (("02/28/2024",), "2024-02-03")]
)
def test_numerals_of_the_page_with_one_reading_show_the_order_of_its_others(
    story: Build, cards: tuple[str, ...], day: str
) -> None:
    after = "".join(f"<p><a href='/{n}'>Another story of the week</a> {card}</p>" for n, card in enumerate(cards))
    assert read(story(date="<p>02/03/2024</p>", after=after)).date_published == day


@pytest.mark.parametrize(
    "line",
    [
        "Open until 25 July 2024",
        "Anmeldung bis zum 25.07.2024",
        "Inscripción hasta el 25 de julio de 2024",
        "Jusqu'au 25/07/2024",
    ],
)
def test_the_day_by_which_something_ends_is_no_day_of_publication(story: Build, line: str) -> None:
    assert read(story(date=f"<p>{line}</p>")).date_published is None


@pytest.mark.parametrize(
    "line",
    [
        "OSLO, March 5, 2024 (Lampwick) - The lamp will stay dark until 3 April, the council said in a letter.",
        "Grindholm, 5 March 2024 - Nobody may go to the lighthouse until 3 April.",
    ],
)
def test_a_dateline_whose_story_tells_until_when_something_is_gives_the_day(story: Build, line: str) -> None:
    assert (read(story(date=f"<p>{line}</p>")).date_published or "")[:10] == "2024-03-05"


def test_the_end_with_a_year_that_a_story_tells_is_no_day_of_publication(story: Build) -> None:
    line = "5 March 2024 - The lamp can be seen in the museum until 3 April 2024"
    assert (read(story(date=f"<p>{line}</p>")).date_published or "2024-03-05")[:10] == "2024-03-05"


def test_a_day_of_publication_beside_a_deadline_is_read(story: Build) -> None:
    assert read(story(date="<p>Published 5 March 2024, open until 25 July 2024</p>")).date_published is not None


def test_an_embargo_is_no_day_of_publication(story: Build) -> None:
    assert read(story(date="<p>Embargoed until 7 March 2024 00:01 GMT</p>")).date_published is None


@pytest.mark.parametrize(
    ("line", "earliest", "latest"),
    [("Week of 26 – 29 February 2024", "2024-02-26", "2024-02-29"), ("02/03/2024", "2024-02-03", "2024-03-02")],
)
def test_a_date_at_the_title_that_leaves_the_day_open_does_not_yield_to_another_storys(
    story: Build, line: str, earliest: str, latest: str
) -> None:
    card = "<p><a href='/1'>Another story of the harbour</a> 12 January 2024</p>"
    article = read(story(date=f"<p>{line}</p>", after=card))
    assert article.date_published is None
    assert (article.date_published_earliest, article.date_published_latest) == (earliest, latest)


@pytest.mark.parametrize(
    "object_",
    [
        '{"title": "A seal that would not leave the bakery", "publishedAt": "2024-02-20"}',
        '{"publishedAt": "2024-02-20", "author": {"name": "x"}, "headline": "A seal that would not leave the bakery"}',
    ],
)
def test_a_day_in_an_object_with_another_title_is_another_storys(story: Build, object_: str) -> None:
    after = f'<script>go({{"related": [{object_}]}})</script>'
    assert read(story(date="", after=after)).date_published is None


def test_a_day_beside_the_title_of_its_section_is_the_articles(story: Build) -> None:
    after = '<script>go({"section": {"title": "All about the harbour"}, "publishedAt": "2024-03-05"})</script>'
    assert read(story(date="", after=after)).date_published == "2024-03-05"


OTHER = (
    '{"@type": "NewsArticle", "headline": "A seal that would not leave the bakery", "datePublished": "2024-02-20", '
    '"url": "https://harbour-times.example/seal", "author": {"@type": "Person", "name": "Tor Brannock"}}'
)


def test_an_article_of_the_data_with_another_address_and_headline_is_another_story(story: Build) -> None:
    head = f'<title>Lighthouse lamp returns</title><script type="application/ld+json">{OTHER}</script>'
    article = read(story(head=head, byline="", date=""))
    assert (article.date_published, article.authors) == (None, ())


def test_an_article_of_the_data_with_another_address_and_the_pages_headline_is_its_own(story: Build) -> None:
    own = OTHER.replace("A seal that would not leave the bakery", "Lighthouse lamp returns to Grindholm")
    head = f'<title>Lighthouse lamp returns</title><script type="application/ld+json">{own}</script>'
    assert read(story(head=head, byline="", date="")).date_published == "2024-02-20"


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Posted 2h ago | Updated 5m ago", "2024-03-06T06:00:00Z", "2024-03-06T07:55:00Z"),
        ("Publicado há 2 horas · Atualizado há 5 minutos", "2024-03-06T06:00:00Z", "2024-03-06T07:55:00Z"),
        ("Опубликовано 2 часа назад, обновлено 5 минут назад", "2024-03-06T06:00:00Z", "2024-03-06T07:55:00Z"),
    ],
)
def test_how_long_ago_it_was_published_and_changed(story: Build, line: str, published: str, modified: str) -> None:
    article = read(story(date=f"<p>{line}</p>", language="pt" if "há" in line else "en"))
    assert (article.date_published, article.date_modified) == (published, modified)


@pytest.mark.parametrize(
    ("line", "language"), [("منذ يومين", "ar"), ("לפני יומיים", "he"), ("il y a deux jours", "fr")]
)
def test_two_days_ago_in_words(story: Build, line: str, language: str) -> None:
    assert read(story(date=f"<p>{line}</p>", language=language)).date_published == "2024-03-04"


@pytest.mark.parametrize(
    "after",
    [
        "<section><h2>1 reply</h2><div><b>Tor Brannock</b> <span>2 hours ago</span><p>What a day.</p></div></section>",
        "<ul><li><a href='/1'>A seal at home</a> 2 часа назад</li><li><a href='/2'>A choir</a> 3 часа назад</li></ul>",
    ],
)
def test_how_long_ago_comments_and_other_stories_below_the_text_are_from_says_nothing(story: Build, after: str) -> None:
    assert read(story(date="", after=after)).date_published is None


@pytest.mark.parametrize(
    "line",
    [
        "The old lamp was sold to a collector on March 2, 2019.",
        "In a letter dated March 2, 2019, the keeper asked for a new glass.",
        "Der Turm wird vom 24. April bis 2. Oktober 2019 gesperrt. Lesen Sie mehr dazu hier",
        "Mittwochs, ab 29.03.2019",
        "until 2 March 2019",
    ],
)
def test_a_day_that_the_text_tells_of_or_a_term_is_none_of_publication(story: Build, line: str) -> None:
    body = f"<p>The lighthouse lamp of Grindholm came home in a crate.</p><div>{line}</div>" * 2
    assert read(story(date="", body=body)).date_published is None


def test_a_day_told_is_that_of_publication_where_the_address_gives_it_too(story: Build) -> None:
    page = story(date="", body="<p>The lamp came home to its tower on March 4, 2024.</p>")
    address = "https://harbour-times.example/2024/03/04/lamp"
    assert (read(page, url=address).date_published or "")[:10] == "2024-03-04"


@pytest.mark.parametrize("line", ["letzte Aktualisierung 04.03.2024", "Aktualisierung: 4. März 2024"])
def test_a_line_of_the_last_change_in_a_noun(story: Build, line: str) -> None:
    assert (read(story(date=f"<p>{line}</p>", language="de")).date_modified or "")[:10] == "2024-03-04"


@pytest.mark.parametrize(
    "line",
    [
        "Cookie declaration last updated on 3/2/24 by Consentworks:",
        "Die Cookie-Erklärung wurde das letzte Mal am 02.03.2024 aktualisiert",
        "Déclaration relative aux cookies mise à jour le 02/03/2024 par Consentworks",
    ],
)
def test_when_a_list_of_cookies_was_changed_is_no_day_of_the_article(story: Build, line: str) -> None:
    article = read(story(date="", after=f"<p>{line}</p>"))
    assert (article.date_published, article.date_modified) == (None, None)


COMMENTS = "".join(
    f'<li><p class="name">{name}</p><p class="date">4 March 2024<br>{time}</p><p>I saw it too, from the pier.</p></li>'
    for name, time in (("seal_of_grind", "12:10"), ("lampwick7", "12:20"), ("ferry-man", "12:24"))
)


def test_the_time_of_day_is_none_that_comments_were_written_at(story: Build) -> None:
    article = read(story(date="<p><b>Monday 4 March 2024</b> | online</p>", after=f"<ul>{COMMENTS}</ul>"))
    assert article.date_published == "2024-03-04"


@pytest.mark.parametrize(
    ("date", "after"),
    [
        ("<p>4 March 2024, 9:30</p>", f"<ul>{COMMENTS}</ul>"),
        ('<p class="date">4 March 2024 9:30</p>', '<div><p class="date">4 March 2024 9:30</p></div>'),
        ('<p class="date">4 March 2024 9:30</p>', ""),
    ],
    ids=["above comments", "told twice", "alone"],
)
def test_the_time_of_day_is_that_of_the_article(story: Build, date: str, after: str) -> None:
    assert (read(story(date=date, after=after)).date_published or "")[:16] == "2024-03-04T09:30"
