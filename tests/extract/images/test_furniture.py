"""Which pictures between headline and last line are the article's, and which are the page's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article

Build = Callable[..., bytes]
TEXT, MORE = (
    "".join(
        f"<p>The lamp of Grindholm was carried up its steps on day {n}, and everybody on the quay had come to watch "
        "it, for it had been away for forty years.</p>"
        for n in days
    )
    for days in (range(1, 5), range(5, 9))
)


def pictures(body: bytes) -> list[str]:
    found = extract_article(body, url="https://harbour-times.example/lamp").images
    return [image.url.rpartition("/")[2] for image in found]


@pytest.mark.parametrize(
    "furniture",
    [
        '<img src="/wp-content/themes/quay/img/stars.png">',
        '<img src="/eng/images/default.png">',
        '<img src="/static/no-image.jpg">',
        '<img src="/wp-content/plugins/print/images/printer.gif">',
        '<img src="/_next/static/media/zoom.e2a1.svg">',
        '<img src="/media/77123/ada?height=32&amp;width=32">',
        '<img src="/media/loader_40x40.gif">',
        '<img src="/media/socialicons/4711.png">',
        '<h1><img src="/media/lamp-77.jpg" alt="">Lamps</h1>',
        '<p><img src="/media/96/f.png" alt="letter icon"></p>',
        '<form><div><img src="/media/wait-77.gif"><button>Log in</button></div></form>',
        '<div><img src="/media/morning-77.png"><form><p>The morning letter of Grindholm, each day at six</p>'
        '<input type="email"><p>I agree to be written to.</p></form></div>',
        '<div class="author-box"><div><img src="/media/ada-77.jpg"></div><p>Ada Winter, reporter</p></div>',
        '<div class="card"><div><img src="/media/seal-77.jpg"></div>'
        '<a href="/seal-in-the-bakery">A seal that would not leave the bakery</a></div>',
        '<article class="teaser"><figure><div><img src="/media/seal-77.jpg"></div></figure><div><a href="/seal">'
        "<span>Bakery</span><h3>A seal that would not leave the bakery</h3></a></div></article>",
    ],
    ids=[
        "theme", "stand-in", "none", "plugin", "framework", "small by its address", "small by its name", "sign",
        "headline",
        "sign by its words", "form", "beside a form",
        "writer", "card", "teaser",
    ],
)  # fmt: skip
def test_what_is_the_pages_is_left_out(story: Build, furniture: str) -> None:
    assert pictures(story(body=TEXT.replace("</p>", f"</p>{furniture}", 1))) == []


def test_a_page_that_is_one_form_keeps_its_pictures(story: Build) -> None:
    page = story(body=TEXT + '<figure><img src="/media/lamp.jpg"><figcaption>The lamp</figcaption></figure>' + MORE)
    page = page.replace(b"<body>", b"<body><form>").replace(b"</body>", b"</form></body>")
    assert pictures(page) == ["lamp.jpg"]


def test_a_variant_called_default_is_a_picture(story: Build) -> None:
    assert pictures(story(body=TEXT + '<p><img src="/media/77123/default.jpg"></p>' + MORE)) == ["default.jpg"]


@pytest.mark.parametrize("name", ["silicon-77.jpg", "catalogo-77.jpg", "iconic-77.jpg", "shareholders-77.jpg"])
def test_a_word_that_holds_another_is_no_furniture(story: Build, name: str) -> None:
    assert pictures(story(body=TEXT + f'<p><img src="/media/{name}"></p>' + MORE)) == [name]


@pytest.mark.parametrize("attribute", ["nitro-lazy-src", "data-pin-media", "data-wf-src", "lazy-srcset"])
def test_a_picture_whose_attribute_has_an_odd_name_is_found(story: Build, attribute: str) -> None:
    value = "/media/lamp-77.jpg 900w" if attribute.endswith("set") else "/media/lamp-77.jpg"
    picture = f'<p><img src="data:image/gif;base64,R0lGOD" {attribute}="{value}" alt="x.jpg"></p>'
    assert pictures(story(body=TEXT + picture + MORE)) == ["lamp-77.jpg"]


def test_an_address_without_a_files_ending_is_one_where_its_name_says_so(story: Build) -> None:
    picture = '<p><img src="data:image/gif;base64,R0lGOD" nitro-lazy-src="/media/lamp-4711"></p>'
    assert pictures(story(body=TEXT + picture + MORE)) == ["lamp-4711"]


@pytest.mark.parametrize("around", ["aside", "button"])
def test_a_figure_in_the_text_is_the_articles_in_any_box(story: Build, around: str) -> None:
    figure = f'<figure><{around}><img src="/media/lamp-77.jpg"></{around}><figcaption>The lamp</figcaption></figure>'
    assert pictures(story(body=TEXT + figure + MORE)) == ["lamp-77.jpg"]


def test_a_linked_credit_makes_no_teaser(story: Build) -> None:
    figure = (
        '<figure><img src="/media/lamp-77.jpg"><figcaption><a href="https://pictures.example/ada">Ada Winter of '
        "the picture desk</a></figcaption></figure>"
    )
    assert pictures(story(body=TEXT + figure + MORE)) == ["lamp-77.jpg"]


def test_a_linked_caption_and_a_picture_in_a_heading_are_the_articles(story: Build) -> None:
    figure = (
        '<figure><img src="/media/lamp-77.jpg"><figcaption><a href="/lamps">The lamp on its way up</a></figcaption>'
        '</figure><h2>The second day<img src="/media/quay-77.jpg" width="640"></h2>'
    )
    assert pictures(story(body=TEXT + figure + MORE)) == ["lamp-77.jpg", "quay-77.jpg"]


def test_pictures_between_the_place_in_the_site_and_the_headline_are_the_sites(story: Build) -> None:
    headline = "Lighthouse lamp returns to Grindholm after forty years"
    trail = f'<ul><li>News</li><li>{headline}</li></ul><div><img src="/media/shops-77.jpg"><p>Find a shop</p></div>'
    assert pictures(story(heading=f"{trail}<h1>{headline}</h1>")) == []


def test_a_picture_shown_twice_is_the_one_with_a_caption(story: Build) -> None:
    bare = '<div><img src="/media/lamp-4711-845x684.jpg"></div>'
    figure = '<figure><img src="/media/lamp-4711-640x480.jpg"><figcaption>The lamp</figcaption></figure>'
    (image,) = extract_article(story(body=bare + TEXT + figure + MORE), url="https://harbour-times.example/l").images
    assert (image.caption, image.role) == ("The lamp", "lead")


def test_a_picture_that_turns_the_page_is_the_articles(story: Build) -> None:
    turning, teasing = (
        f'<p><a href="/{address}"><img src="/media/{name}.jpg" width="600"></a></p>'
        for address, name in (("2024/lamp-home-2.html", "lamp-77"), ("2024/seal-home.html", "seal-12"))
    )
    body = story(body=TEXT + turning + teasing + MORE)
    found = extract_article(body, url="https://harbour-times.example/2024/lamp-home.html").images
    assert [image.url.rpartition("/")[2] for image in found] == ["lamp-77.jpg"]


@pytest.mark.parametrize("form", ["<button>Save this story</button>", "<p>Should it close?</p><label>Yes</label>"])
def test_a_form_that_asks_for_no_address_beside_a_picture_leaves_it_the_articles(story: Build, form: str) -> None:
    beside = f'<div><img src="/media/lamp.jpg" width=1200 height=800><form>{form}</form></div>'
    assert pictures(story(body=TEXT + beside + MORE)) == ["lamp.jpg"]
