"""Whatever the bytes, extraction ends, and says what it found."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_article, find_requisites
from crawler.extract.feeds import find_feeds, read_listing
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

Build = Callable[..., bytes]
TAGS = (
    "p", "div", "h1", "a href=/x", "script", "script type=application/ld+json", "time", "ul", "li", "table", "td", "br",
    "img src=x", "meta name=author content=x", "span class=author", "nav", "title", "svg", "!--", "base href=:",
    "template",
)  # fmt: skip


@given(st.binary(max_size=400))
def test_any_bytes(body: bytes) -> None:
    extract_article(body, url="https://harbour-times.example/x", captured_at="2024-03-06T08:00:00Z").to_dict()


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS]),
            st.sampled_from(["</p>", "</div>", "</a>"]),
            st.text(max_size=30),
        )
    )
)
def test_any_soup_of_tags(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    extract_article(body, url="https://harbour-times.example/x").to_dict()
    find_requisites(body, url="https://harbour-times.example/x")


@pytest.mark.parametrize(
    "url",
    [
        "", "::", "http://[", "https://harbour-times.example:99999/", "x" * 5000, "ftp://a.example/",
        "https://web.archive.org/web/2020/https://[x", "https://a\u2100.example/lamp",
    ],
)  # fmt: skip
def test_any_url(story: Build, url: str) -> None:
    assert extract_article(story(), url=url).text


@pytest.mark.parametrize("address", ["https://[x/publishers/feed", "https://a\u2100.example/publishers/feed"])
def test_links_whose_host_is_none(story: Build, address: str) -> None:
    link = f"<p><a href='{address}'>RSS feed</a></p>"
    body = story(date=link, after=link).replace(b"href='/", f"href='{address}/".encode())
    assert extract_article(body, url="https://a.example/x").text
    assert find_feeds(body, url="https://a.example/x") == ()
    assert not any(address in entry.url for entry in read_listing(body, url="https://a.example/x").entries)
    assert not any(address in needed.url for needed in find_requisites(body, url="https://a.example/x"))


@pytest.mark.parametrize("cut", range(0, 2500, 125))
def test_a_page_cut_anywhere(story: Build, cut: int) -> None:
    extract_article(story()[:cut], url="https://harbour-times.example/x")


@pytest.mark.parametrize(
    "opening", ["<div>", "<b>", "<p>", "<ul><li>", "<table><tr><td>", "<a href=/x>", "<blockquote>"]
)
def test_a_hundred_thousand_nested_tags(opening: str) -> None:
    start = time.process_time()
    article = extract_article(
        (f"<html><body>{opening * 100_000}hello" + "</div>" * 10).encode(), url="https://a.example/x"
    )
    assert article.outcome and time.process_time() - start < 120


def test_a_page_of_five_megabytes(story: Build) -> None:
    filler = "<p>The lamp was lit and put out again, and the island watched it do so.</p>" * 70_000
    article = extract_article(story(after=f"<div>{filler}</div>"), url="https://a.example/x")
    assert article.text


@pytest.mark.parametrize(
    "piece",
    [
        f"<p>{', ' * 5000}x</p><p>Anna Berg</p>",
        f"<p>Author</p><p>Anna Berg</p><p>{'and ' * 5000}x</p>",
        f'<script type="application/ld+json">{{}}-->{" " * 500_000}x></script>',
        f'<img src="/lamp-4711.jpg" srcset="{"," * 500_000}">',
        "<p>archive.org</p>" + "<!-- BEGIN WAYBACK TOOLBAR INSERT -->" * 100_000,
    ],
    ids=(
        "signs before a name",
        "words behind a name",
        "room in data",
        "commas for addresses",
        "a toolbar's beginnings",
    ),
)
def test_what_looks_ahead_for_an_end_that_never_comes_ends(story: Build, piece: str) -> None:
    assert extract_article(story(heading=f"{piece}<h1>The lamp is back</h1>"), url="https://a.example/x").text


def test_of_millions_of_tags_only_so_many_are_parsed(story: Build) -> None:
    root = parse_html(story().decode() + "<p>" * 4_000_000)
    assert 100_000 < sum(1 for _ in root.iter("p")) <= 400_000


@pytest.mark.parametrize("many, value", [(30_000, ""), *((300_000, value) for value in ("", '="1"', "='>'", "=/"))])
def test_of_countless_attributes_of_a_tag_the_first_count(many: int, value: str) -> None:
    countless = " ".join(f"a{n}{value}" for n in range(many))
    (tag,) = parse_html(f'<html><body><div id="x" {countless} class="y"><p>Lamp</p>').iter("div")
    assert tag.get("id") == "x" and tag.get("class") is None and 1000 < len(tag.keys()) <= 2000
    assert tag.text_content().endswith("Lamp")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "utf-8-sig", "koi8-r", "shift_jis"])
def test_any_encoding(story: Build, encoding: str) -> None:
    body = story().decode().encode(encoding, "replace")
    assert (
        extract_article(body, url="https://a.example/x").headline
        == "Lighthouse lamp returns to Grindholm after forty years"
    )


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": ["NewsArticle", 5, null], "headline": {"@value": ["x"]}, "author": [[["A B"]]], "image": [[1]]}',
        '{"@type": "NewsArticle", "datePublished": 5, "dateModified": {}, "description": [[]], "inLanguage": [{}]}',
        '{"@type": "NewsArticle", "author": {"name": {"name": {"name": 1}}}, "keywords": [1, {}]}',
        '{"@type": "NewsArticle", "publisher": [1, {"name": []}], "author": {"@id": {}}, "@id": []}',
        '{"@graph": [{"@graph": [{"@graph": 5}]}], "@type": 5}',
        '{"@type": "NewsArticle", "articleBody": ' + '"' + "x" * 200 + '", "isAccessibleForFree": [false]}',
        "[" * 5000 + "]" * 5000,
    ],
)
def test_json_ld_of_any_form(story: Build, script: str) -> None:
    head = f'<title>x</title><script type="application/ld+json">{script}</script>'
    extract_article(story(head=head), url="https://a.example/x").to_dict()


@pytest.mark.parametrize("piece", ["𝐀A1:", '記者1K "'])
def test_what_may_be_told_of_some_day_is_looked_through_once(story: Build, piece: str) -> None:
    line = f"<div>{piece * 2000}</div><time>{piece * 2000}</time>"
    assert extract_article(story(byline=line), url="https://a.example/x").text


@pytest.mark.parametrize(
    ("parts", "url"),
    [
        ({"after": f'<div class="comment{"_a" * 60}!"><p>So it is.</p></div>'}, "https://a.example/x"),
        ({"after": "<form><input><input></form>"}, f"https://a.example/contact{'1' * 60}!"),
        ({"byline": f"<figure><img src=/lamp-4711.jpg><figcaption>AFP{'-' * 90}!</figcaption></figure>"}, "x"),
    ],
    ids=["a name", "an address", "a caption"],
)
def test_what_could_be_parted_in_countless_ways_ends(story: Build, parts: dict[str, str], url: str) -> None:
    assert extract_article(story(**parts), url=url).text


@pytest.mark.parametrize("name", ["image-", "x_accessible_"])
def test_names_of_a_box_are_looked_through_once(story: Build, name: str) -> None:
    names = name * (200_000 // len(name))
    line = "The lamp that went out in the winter is lit again, and nobody on the island knows who did it."
    inline = f'<p class="{names}x">{line} <b class="{names}y">It is.</b></p>'
    start = time.process_time()
    article = extract_article(story(after=f'<div class="{names}z"><p>So it is.</p></div>', body=inline * 2), url="x")
    assert article.outcome and time.process_time() - start < 15


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<x-a>", "<blockquote>"])
def test_paragraphs_below_the_deepest_box_stay_apart(opening: str) -> None:
    page = parse_html(f"<html><body><article>{opening * 5_000}<p>one</p><p>two</p><ul><li>three</ul></article>")
    assert [block.text for block in lay_out(page).blocks] == ["one", "two", "three"]


def test_a_name_of_a_tag_that_never_ends_is_looked_through_once_where_boxes_nest_too_deep() -> None:
    page = parse_html("<p>Lamp</p>" + "<div>" * 5_000 + "<t" + "ß" * 300_000)
    assert page.text_content().startswith("Lamp")


@pytest.mark.parametrize("sign", ["?", "…"])
def test_a_run_of_stops_in_a_title_is_looked_through_once(story: Build, sign: str) -> None:
    head = f"<title>{sign * 300_000}The lamp is back</title>"
    assert extract_article(story(head=head), url="https://a.example/x").text


def test_what_is_said_of_a_logo_is_looked_through_once(story: Build) -> None:
    logo = f'<img class="logo" src="/courier.png" alt="{"- " * 50_000}x">'
    start = time.process_time()
    assert extract_article(story(date=logo), url="https://a.example/x").text
    assert time.process_time() - start < 15
