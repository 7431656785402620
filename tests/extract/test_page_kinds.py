"""Pages of shops, boards and services, which are no articles, and articles that share a sign with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.model import Outcome

Build = Callable[..., bytes]

SITE = "https://www.grindholm-lamps.example"
TEXT = "".join(
    f"<p>A lamp of brushed {metal} for desk and window sill, made by hand in the old lighthouse of Grindholm, with two "
    "metres of cord, a switch and a shade of thick glass that gives a warm and even light.</p>"
    for metal in ("brass", "copper", "steel")
)
PRICE, BASKET = "<p>€ 129,00</p>", "<button>Add to cart</button>"
LETTER = "<form><label>Name <input name=name></label><label>Mail <input type=email></label><textarea></textarea></form>"


def page(body: str, head: str = "", title: str = "The lamp of Grindholm") -> bytes:
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/a>Lamps</a> <a href=/b>Shades</a></nav><main><h1>{title}</h1>{body}</main></body></html>"
    ).encode()


def reason(body: bytes, path: str = "/lamps/of-grindholm", site: str = SITE) -> str:
    article = extract_article(body, url=site + path)
    assert article.outcome is Outcome.NOT_ARTICLE
    return article.outcome_reason or ""


@pytest.mark.parametrize("words", ["Add to cart", "In den Warenkorb", "Ajouter au panier", "В корзину", "» Buy now!"])
def test_a_price_and_a_button_to_buy_make_a_product(words: str) -> None:
    assert words.strip(" »!") in reason(page(TEXT + PRICE + f"<button>{words}</button>"))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="product">',
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Lamp"}</script>',
    ],
)
def test_data_that_call_a_page_a_product_are_believed(head: str) -> None:
    assert "product" in reason(page(TEXT, head))


def test_a_price_in_the_markup_of_a_product_is_enough() -> None:
    offer = '<div itemscope itemtype="http://schema.org/Product"><span itemprop="price">129</span></div>'
    assert "product" in reason(page(TEXT + offer))


def test_many_prices_and_no_date_make_a_list_of_goods() -> None:
    rows = "".join(f"<li>Lamp {number} <b>€ {number}9,00</b></li>" for number in range(1, 12))
    assert "11 lines with a price" in reason(page(TEXT + f"<ul>{rows}</ul>"))


@pytest.mark.parametrize(
    "path",
    [
        "/contact-us",
        "/kontakt.html",
        "/warenkorb",
        "/index.php?action=callback",
        "/customer/write_review",
    ],
)
def test_a_form_at_the_address_of_an_errand_is_no_article(path: str) -> None:
    assert "errand" in reason(page(TEXT + LETTER), path)


@pytest.mark.parametrize("title", ["Contact us", "Passwort vergessen?", "Registrierung"])
def test_a_form_under_the_headline_of_an_errand_is_no_article(title: str) -> None:
    assert "its headline" in reason(page(TEXT + LETTER, title=title), "/p/17")


@pytest.mark.parametrize("path", ["/", "/index.php", "/en/", "/home"])
def test_a_front_with_many_links_is_none_though_somebody_signs_it(path: str) -> None:
    links = "".join(
        f'<p><a href="/lamps/{number}">A lamp for the number {number} of the quay</a></p>' for number in range(9)
    )
    author = '<meta name="author" content="Ada Winter">'
    assert "front" in reason(page(TEXT + links, author), path)


@pytest.mark.parametrize(
    ("site", "path", "head"),
    [
        (SITE, "/viewtopic.php?f=16&t=11585", ""),
        ("https://forum.grindholm.example", "/lamps-of-brass", ""),
        (SITE, "/lamps-of-brass", '<meta name="generator" content="vBulletin 4.2.2">'),
        (SITE, "/lamps-of-brass", '<script type="application/ld+json">{"@type":"DiscussionForumPosting"}</script>'),
    ],
)
def test_a_thread_of_a_forum_is_no_article(site: str, path: str, head: str) -> None:
    assert "forum" in reason(page(TEXT, head), path, site)


@pytest.mark.parametrize(
    "url",
    [
        "https://forum.example/news/lighthouse-lamp-returns",
        "https://www.harbour-times.example/news/forum-on-the-quay",
        "https://www.harbour-times.example/news/contact-with-the-lighthouse",
    ],
)
def test_an_article_whose_address_shares_a_word_with_them_stays_one(url: str, story: Build) -> None:
    assert extract_article(story(after=LETTER), url=url).outcome is Outcome.ARTICLE


@pytest.mark.parametrize("after", [PRICE, BASKET, '<meta name="generator" content="WordPress 6">'])
def test_an_article_with_one_of_their_signs_stays_one(after: str, story: Build) -> None:
    url = "https://www.harbour-times.example/news/lamp"
    assert extract_article(story(after=after), url=url).outcome is Outcome.ARTICLE


def test_an_article_that_its_data_declare_is_one_on_a_forum_too(story: Build) -> None:
    head = '<title>Lamp</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Lamp"}</script>'
    assert extract_article(story(head=head), url="https://forum.grindholm.example/lamp").outcome is Outcome.ARTICLE


def test_a_long_dated_text_with_an_offer_beside_it_stays_an_article(story: Build) -> None:
    text = "".join(f"<p>{f'The lamp was carried up on day {n}, and the keeper smiled. ' * 12}</p>" for n in range(5))
    html = story(body=text, after=PRICE + BASKET)
    assert extract_article(html, url="https://www.harbour-times.example/news/lamp").outcome is Outcome.ARTICLE


ROOMS = {
    "teaching": "Our courses lead to a degree in three years and are taught in small groups.",
    "research": "Forty groups ask how people live with the sea, with partners in industry.",
    "museum": "The museum shows two thousand lamps and is open on every day but Monday.",
    "joining": "Members receive the yearbook and are asked to the talks we hold in winter.",
}
INTRODUCTION = (
    "<p>The Institute for Lighthouses is a place of research and teaching. Since 1951 it has brought together "
    "historians and engineers who study lamps.</p>"
)


def boxes(host: str = "", rooms: dict[str, str] = ROOMS) -> str:
    return "".join(
        f"<div class=box><h3><a href='{host}/{name}/'>{name.title()} at the institute</a></h3><p>{text}</p></div>"
        for name, text in rooms.items()
    )


def outcome(body: bytes) -> Outcome:
    return extract_article(body, url=f"{SITE}/en/institute/").outcome


def test_an_institutions_front_is_no_article() -> None:
    assert outcome(page(INTRODUCTION + boxes())) is Outcome.NOT_ARTICLE


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (INTRODUCTION + boxes("https://other.example"), ""),
        (INTRODUCTION + TEXT + boxes(), ""),
        (INTRODUCTION + boxes(), "<meta property='article:published_time' content='2024-03-05T08:00:00Z'>"),
        (INTRODUCTION + boxes() + TEXT, ""),
    ],
    ids=["of other sites", "above a story's other stories", "dated", "with text of its own"],
)
def test_a_story_with_linked_headings_is_an_article(body: str, head: str) -> None:
    assert outcome(page(body, head)) is Outcome.ARTICLE


MORE_ROOMS = ROOMS | {
    f"house {n}": f"In house {n} the lamps of century {n} are kept, cleaned and lent." for n in range(5)
}
DAY = "<p class=date>5 March 2024</p>"


def test_a_dated_front_is_none_where_all_its_text_stands_under_such_headings() -> None:
    assert outcome(page(DAY + boxes(rooms=MORE_ROOMS))) is Outcome.NOT_ARTICLE


@pytest.mark.parametrize(
    "body", [INTRODUCTION + boxes(rooms=MORE_ROOMS), boxes() + TEXT], ids=["with an introduction", "with a text"]
)
def test_a_dated_page_with_more_text_is_an_article(body: str) -> None:
    assert outcome(page(DAY + body)) is Outcome.ARTICLE


def entries(count: int = 4) -> str:
    return "".join(
        f"<li><a href='/2024/{n}/lamp.html'>The lamp of pier {n}</a><br>… and was carried up its hundred and twelve "
        "steps on Tuesday, forty years after it had been taken down and sold to a collector on the mainland …</li>"
        for n in range(count)
    )


@pytest.mark.parametrize(
    "title",
    [
        "Search results for “lamp”",
        "4 results found",
        "Suchergebnisse für lampe",
        "Résultats de recherche pour lampe",
        "Resultados de la búsqueda: lámpara",
        "Risultati della ricerca",
        "Результаты поиска: лампа",
        "「灯台」の検索結果",
        "Category: Lamps",
        "Schlagwort: Lampe",
        "Étiquette : phares",
        "Рубрика: Лампы",
    ],
)
def test_what_is_titled_like_a_list_and_holds_entries_is_no_article(title: str) -> None:
    assert outcome(page(f"<ol>{entries()}</ol>", title=title)) is Outcome.NOT_ARTICLE


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (TEXT, "Search results for “lamp”"),
        (
            TEXT + TEXT + f"<ol>{entries(3)}</ol>",
            "Category: the lamp that nobody wanted to have on the quay",
        ),
        (f"<ol>{entries()}</ol>", "Search for the lamp ends after forty years"),
        (f"<ol>{entries()}</ol>", "From the archive: the lamp"),
    ],
    ids=["one text", "a long title", "a search", "of an archive"],
)
def test_a_story_titled_much_like_a_list_is_an_article(body: str, title: str) -> None:
    assert outcome(page(body, title=title)) is Outcome.ARTICLE
